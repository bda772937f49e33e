import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { answering, reply } from '../fakes/fake-network.ts';
import {
  addKey,
  addServer,
  RELAY,
  valueIn,
  type Workbench,
  type WorkbenchOptions,
  workbench,
} from '../fakes/workbench.ts';

const READ = 'GET openai-compatibility';
const OTHER_SERVER = 'http://192.168.1.20:8317';

const CONFIG = `
openai-compatibility:
  - name: Theirs
    base-url: ${RELAY}/v1
    api-key-entries: [{ api-key: sk-there-0123456789abcdef }]
    models: [{ name: theirs, alias: theirs }]
`;

async function setUp(options: WorkbenchOptions = {}) {
  const bench = workbench(options);
  const serverId = await addServer(bench);
  const key = (name: string, baseUrl = RELAY) =>
    addKey(bench, { name, baseUrl, apiKey: `sk-${name}-0123456789abcdef` });
  return { bench, serverId, key };
}

const preview = async ({ handlers }: Workbench, keyIds: string[], serverIds: string[]) =>
  valueIn(await handlers.previewBatch({ keyIds, serverIds }));

describe('the preview of several keys', () => {
  it('tells what would be created, extended and left alone, and writes nothing', async () => {
    const { bench, serverId, key } = await setUp({ config: CONFIG });
    const before = bench.server.configText();
    const keyIds = [await key('there'), await key('new')];
    const [told] = await preview(bench, keyIds, [serverId]);
    expect(told).toMatchObject({
      server: { id: serverId, name: 'Home NAS' },
      counts: { created: 0, added: 1, there: 1 },
      lists: [{ kind: 'openai-compatibility', write: 'PATCH' }],
      waiting: [],
    });
    expect(bench.asked().filter((one) => !one.startsWith('GET'))).toEqual([]);
    expect(bench.server.configText()).toBe(before);
  });

  it('is what the import does then', async () => {
    const { bench, serverId, key } = await setUp({ config: CONFIG });
    const keyIds = [await key('one'), await key('two')];
    const [told] = await preview(bench, keyIds, [serverId]);
    await bench.handlers.startImport({ keyIds, serverIds: [serverId] });
    const [entry] = valueIn(await bench.handlers.readHistory({})).entries;
    expect(told?.lists).toMatchObject([{ lines: entry?.lines, diff: entry?.diff }]);
    expect(parse(bench.server.configText())['openai-compatibility'][0]).toMatchObject({
      'api-key-entries': [{}, {}, {}],
    });
  });

  it('asks a relay once for the models of a new provider, and not for those of one that has some', async () => {
    const { bench, serverId, key } = await setUp();
    const keyIds = [await key('one'), await key('two')];
    await preview(bench, keyIds, [serverId]);
    expect(bench.asked().filter((one) => one.startsWith(`GET ${RELAY}`))).toHaveLength(1);

    const known = await setUp({ config: CONFIG });
    await preview(known.bench, [await known.key('one')], [known.serverId]);
    expect(known.bench.asked()).toEqual([READ]);
  });

  it('names the keys that wait, and for what', async () => {
    const { bench, serverId, key } = await setUp({ config: CONFIG });
    const deaf = 'https://deaf.example';
    const other = 'https://other.example';
    bench.network.hosts.set(deaf, answering(reply(500, {})));
    bench.network.hosts.set(other, answering(reply(200, { data: [{ id: 'm' }] })));
    const keyIds = [await key('Stuck', deaf), await key('Theirs', other), 'gone'];
    const [told] = await preview(bench, keyIds, [serverId]);
    expect(told?.waiting).toMatchObject([
      { name: 'Stuck', host: 'deaf.example', failure: { reason: 'models-unavailable' } },
      { name: 'Theirs', decisions: [{ code: 'same-name' }] },
      { id: 'gone', failure: { code: 'storage/gone' } },
    ]);
    expect(told?.lists).toEqual([]);
  });

  it('tells of a server that is down, and of the others', async () => {
    const { bench, serverId, key } = await setUp();
    const down = await addServer(bench, { name: 'NAS', address: OTHER_SERVER });
    const told = await preview(bench, [await key('one')], [down, serverId]);
    expect(told).toMatchObject([
      { server: { name: 'NAS' }, failure: { code: 'server/unreachable' }, lists: [] },
      { server: { name: 'Home NAS' }, counts: { created: 1 } },
    ]);
  });

  it('shows no key', async () => {
    const { bench, serverId, key } = await setUp({ config: CONFIG });
    const told = await preview(bench, [await key('one')], [serverId]);
    expect(JSON.stringify(told)).not.toContain('sk-one-0123456789abcdef');
  });
});
