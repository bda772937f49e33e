import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { createHandlers } from '../../../lib/workflows/handlers.ts';
import { reportInterrupted } from '../../../lib/workflows/import-run.ts';
import { newWorkerState } from '../../../lib/workflows/worker.ts';
import { silent } from '../fakes/fake-network.ts';
import { type Death, mortalEdges } from '../fakes/mortal-edges.ts';
import {
  addKey,
  addServer,
  RELAY,
  valueIn,
  type Workbench,
  workbench,
} from '../fakes/workbench.ts';

const KEY = 'sk-relay-0123456789abcd';
const OTHERS = `openai-compatibility:
  - name: Others
    base-url: https://others.example/v1
    api-key-entries:
      - api-key: sk-of-somebody-else
    models: [{ name: m, alias: m }]
`;

async function setUp() {
  const bench = workbench({ config: OTHERS });
  bench.someoneLooks = false;
  const serverId = await addServer(bench);
  const keyId = await addKey(bench, { apiKey: KEY });
  return { bench, ids: { serverId, keyId } };
}

/** Clicks on Import, and ends the worker. Gives the call at which that was, or nothing if the import was over before. */
async function dieWhileImporting(
  bench: Workbench,
  ids: { serverId: string; keyId: string },
  death: Death,
) {
  const { edges, died } = mortalEdges(bench.worker.edges, death);
  const worker = { edges, state: newWorkerState() };
  const ended = createHandlers(worker)
    .startImport(ids)
    .then(() => undefined);
  return Promise.race([died, ended]);
}

const keysOn = ({ server }: Workbench): string[] =>
  parse(server.configText())['openai-compatibility'].flatMap(
    (entry: { 'api-key-entries': { 'api-key': string }[] }) =>
      entry['api-key-entries'].map((held) => held['api-key']),
  );

/** What the person gets to see of an import, once they look. */
async function toldOf(bench: Workbench) {
  const { unseen } = valueIn(await bench.handlers.readPopup({ first: 10 }));
  const history = valueIn(await bench.handlers.readHistory({})).entries;
  return { unseen: unseen.map(({ id }) => id), history: history.map(({ id }) => id) };
}

async function deathsOfAnImport(): Promise<(Death & { call: string })[]> {
  const deaths = [];
  for (const before of [true, false]) {
    for (let atCall = 1; ; atCall += 1) {
      const { bench, ids } = await setUp();
      const call = await dieWhileImporting(bench, ids, { atCall, before });
      if (call === undefined) break;
      deaths.push({ atCall, before, call });
    }
  }
  return deaths;
}

const deaths = await deathsOfAnImport();

describe('a worker that is ended', () => {
  it('can be ended in many places', () => {
    expect(deaths.length).toBeGreaterThan(80);
  });

  it.each(deaths)(
    'at call $atCall ($call, before: $before) says so at its next start, and doubles nothing',
    async (death) => {
      const { bench, ids } = await setUp();
      await dieWhileImporting(bench, ids, death);
      const written = keysOn(bench).includes(KEY);
      const hadBegun = valueIn(await bench.session.read('running')).length > 0;

      bench.restart();
      await reportInterrupted(bench.worker);
      const { unseen, history } = await toldOf(bench);
      expect(history.length).toBeLessThanOrEqual(1);
      // Before that nothing was done that anybody could wait for.
      expect(history.length).toBeGreaterThanOrEqual(hadBegun || written ? 1 : 0);
      expect(unseen).toEqual(history);
      expect(valueIn(await bench.session.read('running'))).toEqual([]);
      expect(valueIn(await bench.handlers.readCards({}))[0]?.state.phase).not.toBe('running');

      bench.someoneLooks = true;
      await bench.handlers.startImport(ids);
      expect(keysOn(bench)).toEqual(['sk-of-somebody-else', KEY]);
      expect(bench.announced.at(-1)).toMatchObject({ event: 'result', entry: { gone: [] } });
    },
  );
});

describe('a worker that is started by the next click', () => {
  it('reports what the last one left, and not what it has just begun itself', async () => {
    const { bench, ids } = await setUp();
    const other = await addKey(bench, { name: 'Another', apiKey: 'sk-relay-another-0001' });
    await dieWhileImporting(bench, { ...ids, keyId: other }, { atCall: 20, before: true });
    bench.restart();
    await Promise.all([reportInterrupted(bench.worker), bench.handlers.startImport(ids)]);
    const history = valueIn(await bench.handlers.readHistory({})).entries;
    const outcomes = history.map(({ key, result }) => `${key.name} ${result.outcome}`);
    expect(outcomes.toSorted()).toEqual(['Another failed', 'Relay created']);
    bench.restart();
    await reportInterrupted(bench.worker);
    expect(valueIn(await bench.handlers.readHistory({})).entries).toHaveLength(2);
  });

  it('says nothing of an import that is under way', async () => {
    const { bench, ids } = await setUp();
    bench.network.hosts.set(RELAY, silent);
    void bench.handlers.startImport(ids);
    await vi.waitFor(() => expect(bench.session.values.get('running')).toContain(ids.keyId));
    await reportInterrupted(bench.worker);
    expect(valueIn(await bench.handlers.readHistory({})).entries).toEqual([]);
    expect(valueIn(await bench.session.read('running'))).toHaveLength(1);
  });

  it('says nothing of a key that was removed meanwhile', async () => {
    const { bench, ids } = await setUp();
    await dieWhileImporting(bench, ids, { atCall: 20, before: true });
    bench.restart();
    await bench.handlers.removeKey(ids);
    await reportInterrupted(bench.worker);
    expect(valueIn(await bench.handlers.readHistory({})).entries).toEqual([]);
    expect(valueIn(await bench.session.read('running'))).toEqual([]);
  });
});
