import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { createHandlers } from '../../../lib/workflows/handlers.ts';
import { resumeJobs } from '../../../lib/workflows/resume-jobs.ts';
import { newWorkerState } from '../../../lib/workflows/worker.ts';
import { silent } from '../fakes/fake-network.ts';
import { type Death, mortalEdges } from '../fakes/mortal-edges.ts';
import {
  addKey,
  addServer,
  clickOn,
  RELAY,
  resultOf,
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
    .startImport(clickOn(ids))
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
    'at call $atCall ($call, before: $before) is followed by one that finishes its work, and doubles nothing',
    async (death) => {
      const { bench, ids } = await setUp();
      await dieWhileImporting(bench, ids, death);
      const journal = valueIn(await bench.worker.edges.journal.list());
      const written = keysOn(bench).includes(KEY);
      const hasBegun = journal.length > 0 || written;

      bench.restart();
      await resumeJobs(bench.worker);
      const { unseen, history } = await toldOf(bench);
      // Before it stood in the journal nothing was done that anybody could wait for.
      expect(history).toHaveLength(hasBegun ? 1 : 0);
      expect(unseen).toEqual(history);
      expect(keysOn(bench)).toEqual(
        hasBegun ? ['sk-of-somebody-else', KEY] : ['sk-of-somebody-else'],
      );
      expect(valueIn(await bench.worker.edges.journal.list())).toEqual([]);
      expect(bench.alarm).toBe(false);
      expect(valueIn(await bench.handlers.readCards({}))[0]?.state.phase).not.toBe('running');

      bench.someoneLooks = true;
      await bench.handlers.startImport(clickOn(ids));
      expect(keysOn(bench)).toEqual(['sk-of-somebody-else', KEY]);
      const told = bench.announced.findLast(({ event }) => event === 'result');
      expect(told).toMatchObject({ entry: { gone: [] } });
    },
  );
});

describe('a worker that is started by the next click', () => {
  it('takes up what the last one left, and not what it has just begun itself', async () => {
    const { bench, ids } = await setUp();
    const other = await addKey(bench, { name: 'Another', apiKey: 'sk-relay-another-0001' });
    await dieWhileImporting(bench, { ...ids, keyId: other }, { atCall: 20, before: true });
    bench.restart();
    await Promise.all([
      resumeJobs(bench.worker),
      bench.handlers.startImport(clickOn(ids)),
      resumeJobs(bench.worker),
    ]);
    const history = valueIn(await bench.handlers.readHistory({})).entries;
    const outcomes = history.flatMap(({ keys }) =>
      keys.map(({ name, result }) => `${name} ${result.outcome}`),
    );
    expect(outcomes.toSorted()).toEqual(['Another created', 'Relay added']);
    expect(keysOn(bench).toSorted()).toEqual(
      ['sk-of-somebody-else', KEY, 'sk-relay-another-0001'].toSorted(),
    );
  });

  it('says nothing of an import that is under way', async () => {
    const { bench, ids } = await setUp();
    bench.network.hosts.set(RELAY, silent);
    void bench.handlers.startImport(clickOn(ids));
    const journal = async () => valueIn(await bench.worker.edges.journal.list());
    await vi.waitFor(async () => expect(await journal()).toHaveLength(1));
    await resumeJobs(bench.worker);
    expect(valueIn(await bench.handlers.readHistory({})).entries).toEqual([]);
    expect(await journal()).toHaveLength(1);
  });

  it('tells of no key that was removed meanwhile', async () => {
    const { bench, ids } = await setUp();
    await dieWhileImporting(bench, ids, { atCall: 20, before: true });
    bench.restart();
    await bench.handlers.removeKey(ids);
    await resumeJobs(bench.worker);
    expect(keysOn(bench)).toEqual(['sk-of-somebody-else']);
    expect(valueIn(await bench.worker.edges.journal.list())).toEqual([]);
  });

  it('does not write again what is missing long after: somebody may have taken it out', async () => {
    const { bench, ids } = await setUp();
    const late = deaths.findLast(({ call }) => call === 'api.replaceProviders');
    await dieWhileImporting(bench, ids, late ?? { atCall: 1, before: true });
    bench.server.editConfig(bench.server.configText().replace(/openai-compat[\s\S]*/, OTHERS));
    await bench.clock.sleep(60_000);
    bench.restart();
    await resumeJobs(bench.worker);
    expect(keysOn(bench)).toEqual(['sk-of-somebody-else']);
    const [told] = valueIn(await bench.handlers.readHistory({})).entries;
    expect(resultOf(told)).toMatchObject({ failure: { code: 'import/interrupted' } });
  });
});
