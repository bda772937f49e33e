import { describe, expect, it } from 'vitest';
import type { ServerFailure } from '../../../lib/core/failures/failure.ts';
import type { Asker } from '../../../lib/core/protocol.ts';
import type { CheckStop, ConnectionCheck, ServerForm } from '../../../lib/core/server/server.ts';
import { createCliproxyapi } from '../../stand-ins/cliproxyapi/cliproxyapi.ts';
import { answering, type HostReply, reply, silent } from '../fakes/fake-network.ts';
import {
  addServer,
  CLIENT_KEY,
  MANAGEMENT_KEY,
  SERVER,
  valueIn,
  type Workbench,
  type WorkbenchOptions,
  workbench,
} from '../fakes/workbench.ts';

const HTTPS_SERVER = SERVER.replace('http:', 'https:');
const TEMPLATE_KEYS = ['your-api-key-1', 'your-api-key-2'];
const PROVIDERS = `openai-compatibility:
  - name: Relay
    base-url: https://relay.example/v1
    api-key-entries:
      - api-key: sk-test0001
    models:
      - name: model-0001
        alias: model-0001
claude-api-key:
  - api-key: sk-ant-test0001
    models:
      - name: claude-x
        alias: claude-x
`;

const form: ServerForm = {
  name: 'Home NAS',
  address: '127.0.0.1:8317',
  managementKey: MANAGEMENT_KEY,
  headers: [],
  plainHttpAccepted: false,
};

async function test(
  bench: Workbench,
  over: Partial<ServerForm> = {},
  asker: Asker = 'person',
): Promise<ConnectionCheck> {
  return valueIn(await bench.handlers.testServer({ form: { ...form, ...over }, asker }));
}

/** Where the chain stopped, and why. */
async function failureOf(bench: Workbench, over?: Partial<ServerForm>) {
  const { failed, passed } = await test(bench, over);
  return { after: passed.map(({ stop }) => stop), at: failed?.stop, failure: failed?.failure };
}

const STOPS = ['service', 'key', 'version', 'providers', 'models'];

/** A server without any management key. */
const offServer = createCliproxyapi({ version: '7.2.140', config: '' });

const refused = (there: Workbench) =>
  there.server.log.filter(({ path, status }) => path.startsWith('/v0/') && status === 401).length;

/** Answers some requests in the server's place. */
function intercept(
  there: Workbench,
  answer: (path: string) => HostReply | Promise<never> | undefined,
) {
  const server = there.network.hosts.get(SERVER) ?? silent;
  there.network.hosts.set(SERVER, async (request) => answer(request.path) ?? server(request));
}

const bench = (options: WorkbenchOptions = {}) => workbench({ config: PROVIDERS, ...options });

describe('a connection test', () => {
  it('asks stop by stop: first without a key, then once with it, and the rest only after that', async () => {
    const { passed, failed } = await test(bench());
    expect(failed).toBeUndefined();
    expect(passed).toMatchObject([
      { stop: 'service', safeMode: false },
      { stop: 'key' },
      { stop: 'version', version: '7.2.140' },
      { stop: 'providers', counts: { 'openai-compatibility': 1, 'claude-api-key': 1 } },
      { stop: 'models', count: 2, clientKey: '••••' },
    ] satisfies Partial<CheckStop>[]);
  });

  it('sends no key before the service was found, and tests it by exactly one call', async () => {
    const there = bench();
    await test(there);
    expect(there.asked().slice(0, 3)).toEqual(['GET /', 'GET debug', 'GET openai-compatibility']);
    expect(there.asked().filter((asked) => asked === 'GET debug')).toHaveLength(1);
    expect(there.network.sent[0]?.headers).not.toHaveProperty('x-management-key');
  });

  it('shows each stop while it is asked, and what passed so far', async () => {
    const there = bench();
    await test(there);
    const checks = there.announced.flatMap((news) => (news.event === 'check' ? [news.check] : []));
    expect(checks.map(({ asking, passed }) => [asking, passed.length])).toEqual([
      ['service', 0],
      ['key', 1],
      ['version', 2],
      ['providers', 3],
      ['models', 4],
      [undefined, 5],
    ]);
  });

  it.each(['7.2.140', '7.0.12', '6.5.65'])('passes all stops of version %s', async (version) => {
    const { passed } = await test(bench({ version }));
    expect(passed.map(({ stop }) => stop)).toEqual(STOPS);
  });

  it('shows the version where the browser may read it, and always once the person allowed it', async () => {
    const older = bench({ version: '7.0.12' });
    expect((await test(older)).passed[2]).not.toHaveProperty('version', expect.anything());
    older.network.allowed.add(SERVER);
    expect((await test(older)).passed[2]).toMatchObject({ version: '7.0.12' });
  });

  it('counts the lists that an older server has, and minds no other', async () => {
    const there = bench();
    intercept(there, (path) => (path.endsWith('/codex-api-key') ? reply(404, '') : undefined));
    const { counts } = (await test(there)).passed[3] as { counts: object };
    expect(Object.keys(counts)).toEqual([
      'openai-compatibility',
      'claude-api-key',
      'gemini-api-key',
    ]);
  });

  it('needs no client key where the server asks for none', async () => {
    const { passed } = await test(bench({ clientKeys: [] }));
    expect(passed.at(-1)).toMatchObject({ stop: 'models', count: 2 });
    expect(passed.at(-1)).not.toHaveProperty('clientKey');
  });

  it('takes the first client key that is no example', async () => {
    const keys = [' ', 'your-api-key-1', 'sk-client-0123456789abcd'];
    const { passed } = await test(bench({ version: '7.0.12', clientKeys: keys }));
    expect(passed.at(-1)).toMatchObject({ count: 2, clientKey: 'sk-cli••••abcd' });
  });
});

describe('a connection test stops', () => {
  it('where nobody answers', async () => {
    const there = bench();
    there.network.hosts.clear();
    expect(await failureOf(there)).toEqual({
      after: [],
      at: 'service',
      failure: { code: 'server/unreachable' },
    });
    expect(there.network.sent).toEqual([]);
  });

  it('where it answers under the other scheme only, and says so before a key was sent', async () => {
    const there = bench();
    expect(await failureOf(there, { address: HTTPS_SERVER })).toMatchObject({
      at: 'service',
      failure: { code: 'server/unreachable', otherScheme: SERVER },
    });
    expect(JSON.stringify(there.network.sent)).not.toContain(MANAGEMENT_KEY);
  });

  it.each([
    ['html', reply(200, '<!doctype html><title>Jellyfin</title>')],
    ['json', reply(200, { product: 'Jellyfin' })],
  ])(
    'at a program that is not CLIProxyAPI and answers %s: it never sees the key',
    async (found, answer) => {
      const there = bench();
      there.network.hosts.set(SERVER, answering(answer));
      expect(await failureOf(there)).toMatchObject({
        at: 'service',
        failure: { code: 'server/not-cliproxyapi', found, status: 200 },
      });
      expect(JSON.stringify(there.network.sent)).not.toContain(MANAGEMENT_KEY);
    },
  );

  it('where a reverse proxy strips what lets a browser read, until the person allows that origin', async () => {
    const there = bench();
    there.server.switches.cors = false;
    expect(await failureOf(there)).toMatchObject({ failure: { code: 'server/unreadable' } });
    there.network.allowed.add(SERVER);
    expect((await test(there)).failed).toBeUndefined();
  });

  it('at a redirect, which only shows with that permission', async () => {
    const there = bench();
    const elsewhere = { status: 302, headers: { Location: 'https://login.example/' }, body: '' };
    there.network.hosts.set(SERVER, answering(elsewhere));
    there.network.hosts.set('https://login.example', answering(reply(200, 'log in')));
    expect(await failureOf(there)).toMatchObject({ failure: { code: 'server/unreadable' } });
    there.network.allowed.add(SERVER);
    expect(await failureOf(there)).toMatchObject({ failure: { code: 'server/redirect' } });
  });

  it.each<[string, number, unknown, ServerFailure]>([
    [
      'a wrong key',
      401,
      { error: 'invalid management key' },
      { code: 'server/wrong-management-key' },
    ],
    [
      'remote management off',
      403,
      { error: 'remote management disabled' },
      { code: 'server/remote-management-off' },
    ],
    [
      'no key set',
      403,
      { error: 'remote management key not set' },
      { code: 'server/management-key-unset' },
    ],
    ['management off', 404, '', { code: 'server/management-off' }],
    [
      'management off, as old versions say it',
      404,
      '404 page not found',
      { code: 'server/management-off' },
    ],
    ['a guard in front', 403, '<html>Forbidden</html>', { code: 'server/forbidden', status: 403 }],
    [
      'a guard in front that wants a login',
      401,
      '<html>',
      { code: 'server/forbidden', status: 401 },
    ],
    ['an error', 502, '<html>Bad gateway</html>', { code: 'server/error', status: 502 }],
    ['a page', 200, '<html>', { code: 'server/not-cliproxyapi', found: 'html', status: 200 }],
    [
      'something unknown',
      200,
      'yes',
      { code: 'server/unexpected-reply', status: 200, at: 'debug' },
    ],
  ])('at the key, when the answer is %s', async (_, status, body, failure) => {
    const there = bench();
    intercept(there, (path) => (path.startsWith('/v0/') ? reply(status, body) : undefined));
    expect(await failureOf(there)).toEqual({ after: ['service'], at: 'key', failure });
  });

  it('at a ban, and says until when', async () => {
    const there = bench();
    const said = 'IP banned due to too many failed attempts. Try again in 29m59s';
    intercept(there, (path) => (path.startsWith('/v0/') ? reply(403, { error: said }) : undefined));
    const until = there.clock.now() + (29 * 60 + 59) * 1000;
    expect((await failureOf(there)).failure).toEqual({ code: 'server/banned', until });
  });

  it('at a server that took no management key at all', async () => {
    const there = bench();
    there.network.hosts.set(SERVER, (request) => offServer.handle(request));
    expect((await failureOf(there)).failure).toEqual({ code: 'server/management-off' });
  });

  it('at the bcrypt hash of a key, which is not sent', async () => {
    const there = bench();
    const managementKey = `$2a$10$${'x'.repeat(53)}`;
    const tested = await there.handlers.testServer({
      form: { ...form, managementKey },
      asker: 'person',
    });
    expect(tested).toMatchObject({ failure: { code: 'input/secret', problem: 'hash' } });
    expect(there.network.sent).toEqual([]);
  });

  it('at a list of unknown shape', async () => {
    const there = bench();
    const odd = reply(200, { 'openai-compatibility': { Relay: {} } });
    intercept(there, (path) => (path.endsWith('/openai-compatibility') ? odd : undefined));
    expect(await failureOf(there)).toEqual({
      after: ['service', 'key', 'version'],
      at: 'providers',
      failure: { code: 'server/unexpected-reply', status: 200, at: 'openai-compatibility' },
    });
  });

  it('at the models, where the client keys are all examples', async () => {
    expect(await failureOf(bench({ clientKeys: TEMPLATE_KEYS }))).toMatchObject({
      at: 'models',
      failure: { code: 'server/safe-mode' },
    });
  });

  it('at the key, where examples switch everything off and only a page answers (v7.1.46 to v7.2.50)', async () => {
    const there = bench({ version: '7.1.76', clientKeys: TEMPLATE_KEYS });
    const page = { status: 200, headers: {}, body: '<html><h1>Example API key detected</h1>' };
    intercept(there, (path) => (path === '/' ? page : undefined));
    expect((await failureOf(there)).failure).toEqual({ code: 'server/unreadable' });
    there.network.allowed.add(SERVER);
    expect(await test(there)).toMatchObject({
      passed: [{ stop: 'service', safeMode: true }],
      failed: { stop: 'key', failure: { code: 'server/management-off' } },
    });
  });
});

describe('a key that is refused', () => {
  it('is told from a client key, which opens the other side of the server', async () => {
    const there = bench();
    expect((await failureOf(there, { managementKey: CLIENT_KEY })).failure).toEqual({
      code: 'server/is-client-key',
    });
    expect(refused(there)).toBe(1);
  });

  it('is called wrong where the server asks no client for a key: then nothing tells', async () => {
    const there = bench({ clientKeys: [] });
    expect((await failureOf(there, { managementKey: 'wrong' })).failure).toEqual({
      code: 'server/wrong-management-key',
    });
  });

  it('costs one try of the five, and the third asks first', async () => {
    const there = bench();
    const wrong = { managementKey: 'wrong' };
    expect(await test(there, wrong)).toMatchObject({ refusals: 1 });
    expect(await test(there, wrong)).toMatchObject({ refusals: 2 });
    expect(await failureOf(there, wrong)).toMatchObject({
      after: ['service'],
      at: 'key',
      failure: { code: 'server/few-tries', triesLeft: 3 },
    });
    expect(refused(there)).toBe(2);
    expect(await test(there, wrong, 'insists')).toMatchObject({ refusals: 3 });
    expect(await test(there, { managementKey: MANAGEMENT_KEY }, 'insists')).toMatchObject({
      refusals: 0,
    });
  });

  it('is still counted by another worker', async () => {
    const there = bench();
    await test(there, { managementKey: 'wrong' });
    there.restart();
    expect(await test(there, { managementKey: 'wrong' })).toMatchObject({ refusals: 2 });
  });

  it('lets the ban be told by the server itself when somebody insists to the end', async () => {
    const there = bench();
    for (let tries = 0; tries < 5; tries += 1) {
      await test(there, { managementKey: 'wrong' }, 'insists');
    }
    const until = there.clock.now() + 30 * 60_000;
    const { failed } = await test(there, {}, 'insists');
    expect(failed?.failure).toEqual({ code: 'server/banned', until });
    expect((await test(there)).failed?.failure).toEqual({ code: 'server/banned', until });
  });
});

describe('a test that is cancelled', () => {
  it('ends at once, at the stop where it was', async () => {
    const there = bench();
    intercept(there, (path) => {
      if (!path.endsWith('/debug')) return undefined;
      void there.handlers.cancelTest({});
      return new Promise(() => {});
    });
    expect(await failureOf(there)).toMatchObject({
      at: 'key',
      failure: { code: 'server/cancelled' },
    });
  });

  it('ends while it is found out which side a refused key is for', async () => {
    const there = bench();
    intercept(there, (path) => {
      if (path !== '/v1/models') return undefined;
      void there.handlers.cancelTest({});
      return new Promise(() => {});
    });
    expect((await test(there, { managementKey: 'wrong' })).failed?.stop).toBe('key');
  });

  it('is one that another test replaces', async () => {
    const there = bench();
    there.network.hosts.set('http://127.0.0.1:1', silent);
    const first = test(there, { address: 'http://127.0.0.1:1' });
    await new Promise((turn) => setImmediate(turn));
    const second = test(there);
    expect((await first).failed?.failure).toEqual({ code: 'server/cancelled' });
    expect((await second).failed).toBeUndefined();
  });
});

describe('the outcome of a test', () => {
  it('is kept with the server it was about', async () => {
    const there = bench();
    const id = await addServer(there);
    await test(there, { id, managementKey: undefined });
    const [server] = valueIn(await there.handlers.readServers({}));
    expect(server?.check).toEqual({ at: there.clock.now(), version: '7.2.140' });
    there.network.hosts.clear();
    await test(there, { id, managementKey: undefined });
    const [later] = valueIn(await there.handlers.readServers({}));
    expect(later?.check?.failure).toEqual({ code: 'server/unreachable' });
  });

  it.each([
    ['another address', { address: 'http://127.0.0.1:1' }],
    ['another key', { managementKey: 'other' }],
  ])('is not kept when it was about %s than the stored one', async (_, over) => {
    const there = bench();
    const id = await addServer(there);
    await test(there, { id, managementKey: undefined, ...over });
    expect(valueIn(await there.handlers.readServers({}))[0]).not.toHaveProperty('check');
  });

  it('does not undo what was saved while it ran', async () => {
    const there = bench();
    const id = await addServer(there);
    intercept(there, (path) => {
      if (path === '/v1/models') void addServer(there, { name: 'Tokyo VPS' });
      return undefined;
    });
    await test(there, { id, managementKey: undefined });
    const servers = valueIn(await there.handlers.readServers({}));
    expect(servers.map(({ name }) => name)).toEqual(['Home NAS', 'Tokyo VPS']);
  });
});
