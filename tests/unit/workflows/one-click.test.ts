import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Announcement } from '../../../lib/core/protocol.ts';
import { answering, reply, silent } from '../fakes/fake-network.ts';
import {
  addKey,
  addServer,
  clickOn,
  RELAY,
  resultOf,
  SERVER,
  valueIn,
  type Workbench,
  type WorkbenchOptions,
  workbench,
} from '../fakes/workbench.ts';

const KEY = 'sk-relay-0123456789abcd';
const MODELS = 'GET https://relay.example/v1/models';
const READ = 'GET openai-compatibility';
const SERVING = ['GET config', 'GET auth-files', `GET /v1/models`];

const provider = (name: string, over: { baseUrl?: string; key?: string; models?: string } = {}) => `
  - name: ${name}
    base-url: ${over.baseUrl ?? `${RELAY}/v1`}
    headers:
      X-Team: red
    api-key-entries:
      - api-key: ${over.key ?? 'sk-of-somebody-else'}
        weight: 3
    models: ${over.models ?? '[{ name: gpt, alias: gpt }]'}
`;
const providers = (...entries: string[]) => `openai-compatibility:${entries.join('')}`;

async function setUp(options: WorkbenchOptions = {}, baseUrl = RELAY) {
  const bench = workbench(options);
  const serverId = await addServer(bench);
  const keyId = await addKey(bench, { name: 'team-shared', baseUrl, apiKey: KEY });
  const ids = { keyId, serverId };
  bench.announced.length = 0;
  return { bench, ids, click: () => bench.handlers.startImport(clickOn(ids)) };
}

interface Shown {
  name: string;
  'base-url': string;
  'api-key-entries': { 'api-key': string }[];
  [field: string]: unknown;
}

/** The provider list in the server's file. */
const listOn = ({ server }: Workbench): Shown[] =>
  parse(server.configText())['openai-compatibility'] ?? [];
const holdersOf = (bench: Workbench, apiKey: string) =>
  listOn(bench).flatMap((entry) =>
    entry['api-key-entries'].filter((held) => held['api-key'] === apiKey).map(() => entry.name),
  );

const historyOf = async ({ handlers }: Workbench) =>
  valueIn(await handlers.readHistory({})).entries;
const stateOf = async ({ handlers }: Workbench) => valueIn(await handlers.readCards({}))[0]?.state;
const dialogIn = (announced: readonly Announcement[]) =>
  announced.flatMap((news) => (news.event === 'dialog' ? [news.reason] : []));

describe('one click on a key', () => {
  it('creates a provider with all that the relay lists, and says what serves', async () => {
    const { bench, click } = await setUp();
    expect(await click()).toMatchObject({ ok: true });
    expect(listOn(bench)).toEqual([
      {
        name: 'team-shared',
        'base-url': `${RELAY}/v1`,
        'api-key-entries': [{ 'api-key': KEY }],
        models: [
          { name: 'model-0001', alias: 'model-0001' },
          { name: 'model-0002', alias: 'model-0002' },
          { name: 'model-0003', alias: 'model-0003' },
        ],
      },
    ]);
    const serving = ['model-0001', 'model-0002', 'model-0003'];
    expect((await historyOf(bench))[0]).toMatchObject({
      server: { name: 'Home NAS' },
      keys: [
        {
          name: 'team-shared',
          mask: 'sk-rel••••abcd',
          host: 'relay.example',
          result: {
            outcome: 'created',
            provider: 'team-shared',
            loading: false,
            serving: { serving },
          },
        },
      ],
      write: 'PUT',
      repeats: 0,
      gone: [],
    });
    expect(bench.asked()).toEqual([
      MODELS,
      READ,
      'PUT openai-compatibility',
      READ,
      ...SERVING,
      READ,
    ]);
  });

  it('adds the key to the provider of that base URL, and changes nothing else', async () => {
    const { bench, click } = await setUp({ config: providers(provider('Mine')) });
    const [before] = listOn(bench);
    await click();
    expect(listOn(bench)).toEqual([
      {
        ...before,
        'api-key-entries': [...(before?.['api-key-entries'] ?? []), { 'api-key': KEY }],
      },
    ]);
    expect((await historyOf(bench))[0]).toMatchObject({
      keys: [{ result: { outcome: 'added', provider: 'Mine', serving: { serving: ['gpt'] } } }],
      write: 'PATCH',
    });
  });

  it('does not ask the relay where the provider is known to have models', async () => {
    const { bench, ids, click } = await setUp({ config: providers(provider('Mine')) });
    await bench.handlers.lookAtServer({ serverId: ids.serverId });
    await click();
    expect(bench.asked()).not.toContain(MODELS);
    expect(holdersOf(bench, KEY)).toEqual(['Mine']);
  });

  it('asks the relay after all where that provider has gone meanwhile', async () => {
    const { bench, ids, click } = await setUp({
      config: providers(provider('Mine'), provider('Other', { baseUrl: 'https://other.example' })),
    });
    await bench.handlers.lookAtServer({ serverId: ids.serverId });
    bench.server.editConfig(providers(provider('Mine', { models: '[]' })));
    await bench.clock.sleep(1000);
    await click();
    expect(resultOf((await historyOf(bench))[0])).toMatchObject({
      failure: { code: 'import/server-changed', gone: ['Other'] },
    });
    await click();
    expect(dialogIn(bench.announced)).toEqual(['decision']);
    expect(bench.asked()).toContain(MODELS);
  });

  it('writes nothing where the key stands already, and says so', async () => {
    const { bench, click } = await setUp({ config: providers(provider('Mine', { key: KEY })) });
    const before = bench.server.configText();
    await click();
    expect(bench.server.configText()).toBe(before);
    const [entry] = await historyOf(bench);
    expect(resultOf(entry)).toMatchObject({ outcome: 'already-there', provider: 'Mine' });
    expect(entry).not.toHaveProperty('write');
    expect(bench.asked()).toEqual([MODELS, READ, ...SERVING]);
  });

  it('[I-31] a second time leaves exactly one entry', async () => {
    const { bench, click } = await setUp();
    await click();
    await click();
    expect(holdersOf(bench, KEY)).toEqual(['team-shared']);
    const outcomes = (await historyOf(bench)).map((told) => resultOf(told).outcome);
    expect(outcomes).toEqual(['already-there', 'created']);
  });

  it('pressed twice, or in two windows, is one import, and both windows see it', async () => {
    const { bench, click } = await setUp();
    expect(await Promise.all([click(), click(), click()])).toMatchObject([
      { ok: true },
      { ok: true },
      { ok: true },
    ]);
    expect(bench.asked().filter((asked) => asked.startsWith('PUT'))).toHaveLength(1);
    expect(await historyOf(bench)).toHaveLength(1);
    const shown = bench.announced.flatMap((news) =>
      news.event === 'states-changed' ? Object.values(news.states) : [],
    );
    expect(shown.slice(0, 2)).toEqual([
      { phase: 'running', stage: 'models' },
      { phase: 'running', stage: 'models' },
    ]);
  });

  it('shows each stage on every page, and at the end what the server holds', async () => {
    const { bench, ids, click } = await setUp();
    await click();
    const states = bench.announced.flatMap((news) =>
      news.event === 'states-changed' ? [news.states[ids.keyId]] : [],
    );
    expect(
      states.map((state) => (state?.phase === 'running' ? state.stage : state?.phase)),
    ).toEqual(['models', 'reading', 'writing', 'verifying', 'serving', 'held']);
    expect(await stateOf(bench)).toMatchObject({
      phase: 'held',
      holding: { provider: 'team-shared', hasModels: true },
    });
  });
});

describe('instead of an import the dialog opens', () => {
  it('when the person wants to be asked always', async () => {
    const { bench, click } = await setUp();
    bench.preferences = { ...bench.preferences, oneClick: 'ask' };
    await click();
    expect(dialogIn(bench.announced)).toEqual(['asked']);
    expect(bench.network.sent).toEqual([]);
  });

  it.each([
    ['models-unavailable', { relay: { keys: [] } }],
    ['no-models', { relay: { models: 0 } }],
    ['many-models', { relay: { models: 301 } }],
    [
      'decision',
      { config: providers(provider('Team-Shared', { baseUrl: 'https://else.example' })) },
    ],
    ['decision', { config: providers(provider('One'), provider('Two')) }],
    ['decision', { config: providers(provider('Empty', { models: '[]' })) }],
    [
      'decision',
      {
        config: providers(
          provider('Else', {
            baseUrl: 'https://else.example/v1',
            models: '[{ name: another, alias: model-0001 }]',
          }),
        ),
      },
    ],
  ] satisfies [string, WorkbenchOptions][])(
    'for the reason “%s”, and nothing is written: %o',
    async (reason, options) => {
      const { bench, click } = await setUp(options);
      const before = bench.server.configText();
      await click();
      expect(dialogIn(bench.announced)).toEqual([reason]);
      expect(bench.server.configText()).toBe(before);
      expect(await historyOf(bench)).toEqual([]);
      expect((await stateOf(bench))?.phase).not.toBe('running');
    },
  );

  it('for an Anthropic-style address, without asking anybody', async () => {
    const { bench, click } = await setUp({}, 'https://relay.example/anthropic');
    await click();
    expect(dialogIn(bench.announced)).toEqual(['anthropic-style']);
    expect(bench.network.sent).toEqual([]);
  });

  it('but not for 300 models', async () => {
    const { bench, click } = await setUp({ relay: { models: 300 } });
    await click();
    expect(dialogIn(bench.announced)).toEqual([]);
    expect(listOn(bench)[0]?.models).toHaveLength(300);
  });

  it('in the next popup, with the badge on until then, when nobody looks', async () => {
    const { bench, ids, click } = await setUp({ relay: { models: 0 } });
    bench.someoneLooks = false;
    await click();
    expect(bench.toolbar.at(-1)).toEqual({ unseen: 0, attention: true, running: 0 });
    bench.restart();
    const { dialog } = valueIn(await bench.handlers.readPopup({ first: 10 }));
    expect(dialog).toEqual({ ...ids, reason: 'no-models' });
  });
});

describe('an import that fails', () => {
  it('says so when the server cannot be reached', async () => {
    const { bench, click } = await setUp();
    bench.network.hosts.delete(SERVER);
    await click();
    const failure = { code: 'server/unreachable' };
    expect(resultOf((await historyOf(bench))[0])).toMatchObject({ outcome: 'failed', failure });
  });

  it('does not begin where no server is set up', async () => {
    const { bench, ids, click } = await setUp();
    await bench.handlers.removeServer({ serverId: ids.serverId });
    expect(await click()).toEqual({ ok: false, failure: { code: 'server/not-configured' } });
    expect(await historyOf(bench)).toEqual([]);
  });

  it('is told, kept with the key and in History, with what had been asked', async () => {
    const { bench, ids, click } = await setUp();
    const refusal = reply(401, { error: 'invalid management key' });
    bench.network.hosts.set(SERVER, answering(refusal));
    await click();
    const failure = { code: 'server/wrong-management-key' };
    expect(bench.announced).toContainEqual(
      expect.objectContaining({ event: 'result', entry: (await historyOf(bench))[0] }),
    );
    expect(await historyOf(bench)).toMatchObject([
      {
        keys: [{ id: ids.keyId, result: { outcome: 'failed', failure } }],
        requests: [{ method: 'GET', path: 'openai-compatibility', status: 401 }],
        lines: [],
      },
    ]);
    bench.restart();
    expect(await stateOf(bench)).toEqual({ phase: 'failed', failure });
  });

  it('is shown by the badge when nobody looked, until the next popup tells it', async () => {
    const { bench, click } = await setUp();
    bench.someoneLooks = false;
    bench.network.hosts.delete(SERVER);
    await click();
    expect(bench.toolbar.at(-1)).toEqual({ unseen: 1, attention: true, running: 0 });
    bench.restart();
    const { unseen } = valueIn(await bench.handlers.readPopup({ first: 10 }));
    expect(unseen).toMatchObject([{ keys: [{ result: { outcome: 'failed' } }] }]);
    expect(bench.toolbar.at(-1)).toEqual({ unseen: 0, attention: false, running: 0 });
    expect(valueIn(await bench.handlers.readPopup({ first: 10 })).unseen).toEqual([]);
  });

  it('can be started again at once', async () => {
    const { bench, click } = await setUp();
    const server = bench.network.hosts.get(SERVER) ?? silent;
    bench.network.hosts.delete(SERVER);
    await click();
    bench.network.hosts.set(SERVER, server);
    await click();
    expect(holdersOf(bench, KEY)).toEqual(['team-shared']);
    expect(await stateOf(bench)).toMatchObject({ phase: 'held' });
  });

  it('does not begin where it cannot be kept in the journal', async () => {
    const { bench, click } = await setUp();
    bench.store.faults.writes = { code: 'storage/full' };
    bench.session.faults.writes = { code: 'storage/full' };
    expect(await click()).toEqual({ ok: false, failure: { code: 'storage/full' } });
    expect(bench.network.sent).toEqual([]);
  });

  it('leaves nothing running behind it when it ends in a bug', async () => {
    const { bench, ids, click } = await setUp();
    bench.worker.edges.preferences.read = () => Promise.reject(new Error('a bug'));
    await expect(click()).rejects.toThrow('a bug');
    expect(bench.worker.state.jobs.size).toBe(0);
    expect(bench.announced.at(-1)).toEqual({ event: 'running', running: [] });
    expect(bench.announced.at(-2)).toEqual({
      event: 'states-changed',
      serverId: ids.serverId,
      states: { [ids.keyId]: { phase: 'unknown' } },
    });
  });
});
