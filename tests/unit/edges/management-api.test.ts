import { describe, expect, it } from 'vitest';
import type { RequestNote } from '../../../lib/core/history.ts';
import type { ExtraHeader } from '../../../lib/core/ports.ts';
import { fail, ok } from '../../../lib/core/result.ts';
import type { Secret } from '../../../lib/core/secrets.ts';
import { createManagementApi } from '../../../lib/edges/management-api.ts';
import { createCliproxyapi } from '../../stand-ins/cliproxyapi/cliproxyapi.ts';
import { createRelay } from '../../stand-ins/relay/create-relay.ts';
import { answering, fakeNetwork, type Host, type HostReply, reply } from '../fakes/fake-network.ts';

const SERVER = 'http://nas.local:8317';
const RELAY = 'https://relay.example';
const KEY = 'management-key-1' as Secret;
const VERSIONS = ['7.2.140', '7.0.12', '6.5.65'];

const CONFIG = `api-keys: [client-key-1]
openai-compatibility:
  - name: Relay
    base-url: ${RELAY}/v1
    headers: { X-Team: red }
    api-key-entries: [{ api-key: sk-1, proxy-url: socks5://proxy.local }]
    models: [{ name: m, alias: fast }]
`;

interface Options {
  version?: string;
  config?: string;
  key?: Secret;
  headers?: ExtraHeader[];
  prefix?: string;
  host?: Host;
}

function setUp({
  version = '7.2.140',
  config = CONFIG,
  key = KEY,
  headers = [],
  prefix = '',
  host,
}: Options = {}) {
  const network = fakeNetwork();
  const env = { MANAGEMENT_PASSWORD: KEY };
  const server = createCliproxyapi({ version, config, env, fetch: network.ask });
  network.hosts.set(SERVER, host ?? ((request) => server.handle(request)));
  const relay = createRelay({ site: 'plain', keys: ['sk-1'] });
  network.hosts.set(RELAY, (request) => relay.handle(request));
  const notes: RequestNote[] = [];
  const access = {
    managementBaseUrl: `${SERVER}${prefix}/v0/management`,
    managementKey: key,
    headers,
  };
  const edges = { ...network, now: () => 1000, note: (note: RequestNote) => void notes.push(note) };
  return { api: createManagementApi(access, edges), network, notes, server };
}

const shown = {
  name: 'Relay',
  'base-url': `${RELAY}/v1`,
  headers: { 'X-Team': 'red' },
  'api-key-entries': [{ 'api-key': 'sk-1', 'proxy-url': 'socks5://proxy.local' }],
  models: [{ name: 'm', alias: 'fast' }],
};

describe.each(VERSIONS)('the management API of version %s', (version) => {
  it('accepts the key, and shows its lists whole', async () => {
    const { api } = setUp({ version });
    expect(await api.checkKey()).toMatchObject({ ok: true });
    const read = await api.readProviders('openai-compatibility');
    expect(read).toMatchObject({ value: { wasNull: false, entries: [shown] } });
  });

  it('shows a list that is empty', async () => {
    const { api } = setUp({ version, config: '' });
    expect(await api.readProviders('openai-compatibility')).toEqual(
      ok({ entries: [], wasNull: version.startsWith('6.') }),
    );
    expect(await api.readClientKeys()).toEqual(ok([]));
  });

  it('takes a list in the place of another, and nothing in the place of all', async () => {
    const { api } = setUp({ version });
    const more = { ...shown, name: 'More' };
    expect(await api.replaceProviders('openai-compatibility', [shown, more])).toEqual(
      ok(undefined),
    );
    const read = await api.readProviders('openai-compatibility');
    expect(read).toMatchObject({ value: { entries: [{ name: 'Relay' }, { name: 'More' }] } });
    expect(await api.replaceProviders('openai-compatibility', [])).toEqual(ok(undefined));
    const emptied = await api.readProviders('openai-compatibility');
    expect(emptied).toMatchObject({ value: { entries: [] } });
  });

  it('changes one provider by its name, and says when it is gone', async () => {
    const { api } = setUp({ version });
    const whole = { ...shown, models: [{ name: 'm', alias: 'other' }] };
    expect(await api.patchProvider('openai-compatibility', 'Relay', whole)).toEqual(ok(undefined));
    expect(await api.readProviders('openai-compatibility')).toMatchObject({
      value: { entries: [{ models: [{ alias: 'other' }], headers: { 'X-Team': 'red' } }] },
    });
    expect(await api.patchProvider('openai-compatibility', 'Gone', whole)).toEqual(
      fail({ code: 'server/item-gone' }),
    );
  });

  it('tells by its ways whether PATCH is partial', async () => {
    const { api } = setUp({ version });
    expect(await api.probePatch()).toEqual(ok(version === '6.5.65' ? 'whole' : 'partial'));
  });

  it('asks a relay for us, where it can', async () => {
    const { api } = setUp({ version });
    const asked = await api.askUpstream(`${RELAY}/v1/models`, 'sk-1' as Secret);
    expect(asked).toMatchObject(
      version === '6.5.65'
        ? fail({ code: 'server/not-found', method: 'POST', path: 'api-call' })
        : ok({ status: 200, contentType: 'application/json' }),
    );
  });

  it('shows what it offers to clients, and to whom', async () => {
    const { api } = setUp({ version });
    expect(await api.readOffers()).toEqual(
      ok({
        clientKeys: ['client-key-1'],
        offers: [
          expect.objectContaining({ provider: 'Relay', baseUrl: `${RELAY}/v1`, aliases: ['fast'] }),
        ],
        hasHidden: false,
      }),
    );
    const [key] = ['client-key-1' as Secret];
    expect(await api.readServedModels(key)).toEqual(ok([{ id: 'fast', ownedBy: 'Relay' }]));
    expect(await api.readServedModels('wrong' as Secret)).toEqual(
      fail({ code: 'server/forbidden', status: 401 }),
    );
  });

  it('refuses a wrong key in the same words', async () => {
    const { api } = setUp({ version, key: 'wrong' as Secret });
    expect(await api.checkKey()).toEqual(fail({ code: 'server/wrong-management-key' }));
  });
});

describe('a management request', () => {
  it('carries the key in its own header, and the headers of the person', async () => {
    const headers = [{ name: 'CF-Access-Client-Id', value: 'me' }];
    const { api, network } = setUp({ headers });
    await api.readProviders('openai-compatibility');
    expect(network.sent[0]?.headers).toEqual({
      'x-management-key': KEY,
      'cf-access-client-id': 'me',
    });
  });

  it('goes below the prefix of a reverse proxy, and so does what clients would ask', async () => {
    const { api, network } = setUp({ prefix: '/cpa', host: answering(reply(404, '')) });
    await api.checkKey();
    await api.readServedModels(undefined);
    expect(network.sent.map(({ path }) => path)).toEqual([
      '/cpa/v0/management/debug',
      '/cpa/v1/models',
    ]);
  });

  it('leaves the person’s Authorization alone, also where a client key is sent', async () => {
    const headers = [{ name: 'authorization', value: 'Basic proxy' }];
    const { api, network } = setUp({ headers });
    await api.readServedModels('client-key-1' as Secret);
    expect(network.sent[0]?.headers).toEqual({
      authorization: 'Basic proxy',
      'x-api-key': 'client-key-1',
    });
  });

  it('is noted without anything secret', async () => {
    const { api, notes } = setUp();
    await api.checkKey();
    await api.askUpstream(`${RELAY}/v1/models?key=sk-secret`, 'sk-1' as Secret);
    await api.patchProvider('openai-compatibility', 'Relay', shown);
    expect(notes).toEqual([
      { method: 'GET', path: 'debug', status: 200, ms: 0 },
      { method: 'POST', path: 'api-call', status: 200, ms: 0 },
      { method: 'PATCH', path: 'openai-compatibility', status: 200, ms: 0 },
    ]);
  });

  it('is noted without a status where no answer came', async () => {
    const { api, network, notes } = setUp();
    network.hosts.clear();
    expect(await api.checkKey()).toEqual(fail({ code: 'server/unreachable' }));
    expect(notes).toEqual([{ method: 'GET', path: 'debug', ms: 0 }]);
  });

  it('sends back a provider with every field that was read, known or not', async () => {
    const odd = { ...shown, 'x-new': { of: ['a', 'newer', 'server'] }, priority: 3 };
    const { api, network } = setUp({
      host: async ({ method }) =>
        reply(200, method === 'GET' ? { 'openai-compatibility': [odd] } : { status: 'ok' }),
    });
    const read = await api.readProviders('openai-compatibility');
    await api.replaceProviders('openai-compatibility', read.ok ? read.value.entries : []);
    expect(JSON.parse(network.sent[1]?.body ?? '')).toEqual({ items: [odd] });
  });
});

describe('an answer that is not understood', () => {
  const answered = (body: unknown, status = 200) =>
    setUp({ host: answering(reply(status, body)) }).api;

  it.each<[string, HostReply['body'] | object]>([
    ['nothing', ''],
    ['no JSON', 'ok'],
    ['nothing of the list', {}],
    ['the list of another kind', { 'claude-api-key': [] }],
    ['no list', { 'openai-compatibility': {} }],
    ['a provider without an address', { 'openai-compatibility': [{ name: 'Relay' }] }],
    [
      'a key that is none',
      {
        'openai-compatibility': [
          { name: 'R', 'base-url': 'x', 'api-key-entries': [{ 'api-key': { secret: 'sk-1' } }] },
        ],
      },
    ],
  ])('is a failure and never an empty list: %s', async (_, body) => {
    const read = await answered(body).readProviders('openai-compatibility');
    expect(read).toMatchObject({ failure: { code: 'server/unexpected-reply', status: 200 } });
    expect(JSON.stringify(read)).not.toContain('sk-1');
  });

  it.each([
    [
      'a page',
      '<html>login</html>',
      { code: 'server/not-cliproxyapi', found: 'html', status: 200 },
    ],
    [
      'another success',
      { done: true },
      { code: 'server/unexpected-reply', status: 200, at: 'status' },
    ],
    [
      'an error with status 200',
      { status: 'ok', error: 'no' },
      { code: 'server/unexpected-reply', status: 200, at: 'status' },
    ],
    ['nothing', '', { code: 'server/unexpected-reply', status: 200, at: 'status' }],
  ])('is no success of a write: %s', async (_, body, failure) => {
    const api = answered(body);
    expect(await api.replaceProviders('openai-compatibility', [shown])).toEqual(fail(failure));
  });

  it.each([
    ['a page', 200, '<html>'],
    ['a guard that wants something else', 400, { error: 'bad request' }],
    ['an error', 502, ''],
  ])('says nothing of how PATCH behaves: %s', async (_, status, body) => {
    expect(await answered(body, status).probePatch()).toMatchObject({ ok: false });
  });
});
