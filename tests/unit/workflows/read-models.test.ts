import { describe, expect, it } from 'vitest';
import type { ModelsState } from '../../../lib/core/import-view.ts';
import { webPageReply } from '../../stand-ins/relay/troubles.ts';
import { answering, reply } from '../fakes/fake-network.ts';
import {
  addKey,
  addServer,
  CLIENT_KEY,
  MANAGEMENT_KEY,
  RELAY,
  SERVER,
  valueIn,
  type WorkbenchOptions,
  workbench,
} from '../fakes/workbench.ts';

const MODELS = ['model-0001', 'model-0002', 'model-0003'];
const DIRECT = `GET ${RELAY}/v1/models`;
const THROUGH_SERVER = 'POST api-call';

async function setUp(options: WorkbenchOptions = {}, baseUrl = RELAY) {
  const bench = workbench(options);
  const [serverId, keyId] = [await addServer(bench), await addKey(bench, { baseUrl })];
  const read = async (over: { baseUrl?: string; refresh?: boolean } = {}): Promise<ModelsState> =>
    valueIn(await bench.handlers.readModels({ keyId, serverId, baseUrl, refresh: false, ...over }));
  return { bench, read, keyId, serverId };
}

/** Which way failed, and with what. */
const triesIn = (models: ModelsState) =>
  models.state === 'failed'
    ? models.failure.tries.map(({ way, failure }) => [way, failure.code])
    : models.state;

describe('the model list of a relay', () => {
  it('is asked of the relay itself first, which needs no permission where the relay allows it', async () => {
    const { bench, read } = await setUp();
    expect(await read()).toEqual({
      state: 'read',
      upstream: MODELS,
      way: 'direct',
      baseUrl: `${RELAY}/v1`,
      readAt: bench.clock.now(),
    });
    expect(bench.asked()).toEqual([DIRECT]);
    expect(bench.relay.log).toMatchObject([{ path: '/v1/models', status: 200 }]);
  });

  it('is asked through the server where the browser may not read it', async () => {
    const { bench, read } = await setUp({ relay: { cors: false } });
    expect(await read()).toMatchObject({ state: 'read', upstream: MODELS, way: 'server' });
    expect(bench.asked()).toEqual([DIRECT, THROUGH_SERVER]);
  });

  it.each([
    ['a bot check', { kind: 'bot-check', status: 403 } as const],
    ['a bot check that answers 200', { kind: 'bot-check', status: 200 } as const],
    ['a redirect', { kind: 'redirect', status: 302, to: 'https://login.example' } as const],
  ])(
    'is asked through the server where the browser gets %s and the server does not',
    async (_, trouble) => {
      const { bench, read } = await setUp();
      bench.relay.switches.trouble = ({ headers }) =>
        headers['user-agent'] === undefined ? trouble : undefined;
      expect(await read()).toMatchObject({ state: 'read', way: 'server' });
    },
  );

  it('is read with a permission, once the person gave it', async () => {
    const { bench, read } = await setUp({ relay: { cors: false } });
    bench.network.allowed.add(RELAY);
    expect(await read()).toMatchObject({ state: 'read', way: 'access' });
    expect(bench.asked()).toEqual([DIRECT]);
  });

  it('says of each way why it failed: an older server cannot ask', async () => {
    const { read } = await setUp({ relay: { cors: false }, version: '6.5.65' });
    expect(triesIn(await read())).toEqual([
      ['direct', 'relay/unreadable'],
      ['server', 'server/not-found'],
    ]);
  });

  it('says of each way why it failed: nobody is there', async () => {
    const { bench, read } = await setUp();
    bench.network.hosts.delete(RELAY);
    expect(triesIn(await read())).toEqual([
      ['direct', 'relay/unreadable'],
      ['server', 'relay/unreachable'],
    ]);
  });

  it('sends nothing to a server that refused the key', async () => {
    const { bench, read, serverId } = await setUp({ relay: { cors: false } });
    const refusal = reply(401, { error: 'invalid management key' });
    bench.network.hosts.set(SERVER, answering(refusal));
    await bench.handlers.lookAtServer({ serverId });
    expect(triesIn(await read())).toEqual([
      ['direct', 'relay/unreadable'],
      ['server', 'server/held'],
    ]);
    expect(bench.asked()).toEqual(['GET openai-compatibility', DIRECT]);
  });

  it.each([
    ['relay/wrong-key', 401],
    ['relay/rate-limited', 429],
    ['relay/error', 500],
    ['relay/not-found', 404],
  ])(
    'is not asked for again by the server after %s, which would be the same',
    async (code, status) => {
      const { bench, read } = await setUp({}, `${RELAY}/v1`);
      bench.network.hosts.set(RELAY, answering(reply(status, { error: {} })));
      expect(triesIn(await read())).toEqual([['direct', code]]);
      expect(bench.asked()).toEqual([DIRECT]);
    },
  );

  it('is none where the relay lists no model', async () => {
    const { read } = await setUp({ relay: { models: 0 } });
    expect(triesIn(await read())).toEqual([['direct', 'relay/no-models']]);
  });

  it('never brings a key of the server to the relay', async () => {
    const { bench, read } = await setUp({ relay: { cors: false } });
    await read();
    const toRelay = bench.network.sent.filter(({ origin }) => origin === RELAY);
    expect(toRelay).toHaveLength(1);
    expect(JSON.stringify(toRelay)).not.toContain(MANAGEMENT_KEY);
    expect(JSON.stringify(toRelay)).not.toContain(CLIENT_KEY);
    expect(bench.relay.log.map(({ key }) => key)).not.toContain('none');
  });
});

describe('a relay that may answer with or without /v1', () => {
  it('is asked without it where nothing is found under /v1', async () => {
    const { bench, read } = await setUp({ relay: { basePaths: [''] } });
    expect(await read()).toMatchObject({ state: 'read', upstream: MODELS, baseUrl: RELAY });
    expect(bench.asked()).toEqual([DIRECT, `GET ${RELAY}/models`]);
  });

  it('is asked without it where a page answers under /v1', async () => {
    const { bench, read } = await setUp();
    bench.network.hosts.set(RELAY, async (request) =>
      request.path === '/models' ? reply(200, { data: [{ id: 'm' }] }) : webPageReply,
    );
    bench.network.allowed.add(RELAY);
    expect(await read()).toMatchObject({ state: 'read', upstream: ['m'], baseUrl: RELAY });
  });

  it('says what is wrong with the key, wherever it was said', async () => {
    const { read } = await setUp({ relay: { basePaths: [''], keys: [] } });
    expect(triesIn(await read())).toEqual([['direct', 'relay/wrong-key']]);
  });

  it('says that nothing was found where neither answers', async () => {
    const { read } = await setUp({ relay: { basePaths: ['/api/v3'] } });
    expect(triesIn(await read())).toEqual([['direct', 'relay/not-found']]);
  });

  it('is asked only there when it answers with a version', async () => {
    const { bench, read } = await setUp({ relay: { basePaths: ['/api/v3'] } }, `${RELAY}/api/v3`);
    expect(await read()).toMatchObject({ state: 'read', baseUrl: `${RELAY}/api/v3` });
    expect(bench.asked()).toEqual([`GET ${RELAY}/api/v3/models`]);
  });
});

describe('a model list that was read', () => {
  it('is not asked for again in this session, also by another worker', async () => {
    const { bench, read } = await setUp();
    const first = await read();
    bench.restart();
    expect(await read()).toEqual(first);
    expect(await read({ baseUrl: 'relay.example/v1/' })).toEqual(first);
    expect(bench.asked()).toHaveLength(1);
  });

  it('is asked for again when the person wants it', async () => {
    const { bench, read } = await setUp();
    await read();
    bench.relay.switches.models = ['new-model'];
    expect(await read({ refresh: true })).toMatchObject({ upstream: ['new-model'] });
    expect(await read()).toMatchObject({ upstream: ['new-model'] });
  });

  it('is that of one key: another key of the relay may see other models', async () => {
    const { bench, read, serverId } = await setUp();
    await read();
    const keyId = await addKey(bench, { apiKey: 'sk-test0002' });
    await bench.handlers.readModels({ keyId, serverId, baseUrl: RELAY, refresh: false });
    expect(bench.asked()).toEqual([DIRECT, DIRECT]);
  });

  it('gives way when twenty others were read since', async () => {
    const { bench, read, serverId } = await setUp();
    await read();
    for (let nth = 0; nth < 20; nth += 1) {
      const keyId = await addKey(bench, { apiKey: `sk-test-more-${nth}` });
      await bench.handlers.readModels({ keyId, serverId, baseUrl: RELAY, refresh: false });
    }
    await read();
    expect(bench.asked()).toHaveLength(22);
  });

  it('is shown also where the session cannot keep it', async () => {
    const { bench, read } = await setUp();
    bench.session.faults.writes = { code: 'storage/full' };
    expect(await read()).toMatchObject({ state: 'read' });
  });
});
