import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ModelsRead } from '../../../lib/core/stores.ts';
import { answering, reply } from '../fakes/fake-network.ts';
import {
  addKey,
  addServer,
  RELAY,
  SERVER,
  valueIn,
  type Workbench,
  type WorkbenchOptions,
  workbench,
} from '../fakes/workbench.ts';

const READ = 'GET openai-compatibility';
const OTHER_SERVER = 'http://192.168.1.20:8317';

async function setUp(count: number, options: WorkbenchOptions = {}) {
  const bench = workbench(options);
  const serverId = await addServer(bench);
  const keyIds: string[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    keyIds.push(await addKey(bench, { name: `Key ${nth}`, apiKey: `sk-batch-${nth}-0123456789` }));
  }
  return { bench, serverId, keyIds };
}

/** One key of each of so many relays, which all list the same models. */
async function setUpRelays(count: number) {
  const { bench, serverId, keyIds } = await setUp(0);
  for (let nth = 0; nth < count; nth += 1) {
    const baseUrl = `https://relay-${nth}.example/v1`;
    bench.network.hosts.set(new URL(baseUrl).origin, (asked) => bench.relay.handle(asked));
    const name = `Relay ${nth}`;
    keyIds.push(await addKey(bench, { name, baseUrl, apiKey: `sk-pool-${nth}-0123456789` }));
  }
  return { bench, serverId, keyIds };
}

const listOn = ({ server }: Workbench): { name: string; 'api-key-entries': unknown[] }[] =>
  parse(server.configText())['openai-compatibility'] ?? [];
const entriesOf = async ({ handlers }: Workbench) =>
  valueIn(await handlers.readHistory({})).entries;

describe('an import of many keys', () => {
  it('[I-09] is one read, one write and one read-back for each server, and one list of models', async () => {
    const { bench, serverId, keyIds } = await setUp(40);
    await bench.handlers.startImport({ keyIds, serverIds: [serverId] });
    const [provider, ...more] = listOn(bench);
    expect(more).toEqual([]);
    expect(provider?.['api-key-entries']).toHaveLength(40);
    const asked = bench.asked();
    expect(asked.filter((one) => one.endsWith('/models') && !one.includes('/v1/models'))).toEqual(
      [],
    );
    expect(asked.filter((one) => one === `GET ${RELAY}/v1/models`)).toHaveLength(1);
    const [told] = await entriesOf(bench);
    const upToImported = told?.requests.slice(0, 3).map(({ method, path }) => `${method} ${path}`);
    expect(upToImported).toEqual([READ, 'PUT openai-compatibility', READ]);
    expect(told?.keys.map(({ result }) => result.outcome)).toEqual(Array(40).fill('created'));
  });

  it('opens the cards and the lists of models as often for many relays as for few', async () => {
    const opened = async (count: number) => {
      const { bench, serverId, keyIds } = await setUpRelays(count);
      const { keys, session } = bench.worker.edges;
      const reads: string[] = [];
      const [list, read] = [keys.list, session.read];
      keys.list = () => {
        reads.push('cards');
        return list();
      };
      session.read = (name) => {
        reads.push(name);
        return read(name);
      };
      const lists = keyIds.map((_, nth) => ({ baseUrl: `https://relay-${nth}.example/v1`, nth }));
      const models = await Promise.all(
        lists.map(async ({ baseUrl, nth }) => {
          const print = await bench.worker.edges.fingerprint(`sk-pool-${nth}-0123456789`);
          const found = { state: 'read', upstream: ['m'], way: 'direct', baseUrl, readAt: 0 };
          return [`${baseUrl} ${print}`, found as ModelsRead] as const;
        }),
      );
      await session.write('models', Object.fromEntries(models));
      await bench.handlers.startImport({ keyIds, serverIds: [serverId] });
      expect(listOn(bench)).toHaveLength(count);
      return reads.length;
    };
    expect(await opened(12)).toBe(await opened(4));
  });

  it('keeps a receipt that grows with the keys, however many relays share their models', async () => {
    const receiptOf = async (count: number) => {
      const { bench, serverId, keyIds } = await setUpRelays(count);
      await bench.handlers.startImport({ keyIds, serverIds: [serverId] });
      const [told] = await entriesOf(bench);
      expect(told?.keys).toHaveLength(count);
      return JSON.stringify(told?.keys).length / count;
    };
    expect(await receiptOf(80)).toBeLessThan(1.1 * (await receiptOf(20)));
  });

  it('leaves the keys that wait for a decision, and imports the others', async () => {
    const { bench, serverId, keyIds } = await setUp(2);
    const deaf = 'https://deaf.example';
    bench.network.hosts.set(deaf, answering(reply(500, {})));
    const stuck = await addKey(bench, { name: 'Stuck', baseUrl: deaf, apiKey: 'sk-stuck-012345' });
    await bench.handlers.startImport({ keyIds: [...keyIds, stuck], serverIds: [serverId] });
    const [told] = await entriesOf(bench);
    expect(told?.keys.map(({ name, result }) => [name, result.outcome])).toEqual([
      ['Key 0', 'created'],
      ['Key 1', 'created'],
      ['Stuck', 'failed'],
    ]);
    expect(told?.keys[2]?.result).toMatchObject({
      failure: { code: 'import/needs-decision', reason: 'models-unavailable' },
    });
    expect(listOn(bench)).toHaveLength(1);
  });

  it('goes to several servers, and one that is down does not stop the others', async () => {
    const { bench, serverId, keyIds } = await setUp(3);
    const down = await addServer(bench, { name: 'NAS', address: OTHER_SERVER });
    await bench.handlers.startImport({ keyIds, serverIds: [down, serverId] });
    const told = await entriesOf(bench);
    expect(new Set(told.map(({ runId }) => runId)).size).toBe(1);
    const outcomes = told.map(({ server, keys }) => `${server.name} ${keys[0]?.result.outcome}`);
    expect(new Set(outcomes)).toEqual(new Set(['Home NAS created', 'NAS failed']));
    expect(listOn(bench)[0]?.['api-key-entries']).toHaveLength(3);
  });

  it('is stopped before its next write, and says so', async () => {
    const { bench, serverId, keyIds } = await setUp(3);
    const server = bench.network.hosts.get(SERVER);
    bench.network.hosts.set(SERVER, async (request) => {
      // While the list is being read, the person stops it.
      const [running] = valueIn(await bench.handlers.readHistory({})).running;
      await bench.handlers.cancelRun({ runId: running?.runId ?? '' });
      return server?.(request) ?? reply(500, {});
    });
    await bench.handlers.startImport({ keyIds, serverIds: [serverId] });
    expect(listOn(bench)).toEqual([]);
    const [told] = await entriesOf(bench);
    expect(told?.keys.map(({ result }) => result)).toMatchObject(
      Array(3).fill({ outcome: 'failed', failure: { code: 'change/cancelled' } }),
    );
    expect(valueIn(await bench.worker.edges.journal.list())).toEqual([]);
  });

  it('tells how far it is, with how many keys to which server', async () => {
    const { bench, serverId, keyIds } = await setUp(3);
    await bench.handlers.startImport({ keyIds, serverIds: [serverId] });
    const running = bench.announced.flatMap((news) =>
      news.event === 'running' ? news.running.slice(0, 1) : [],
    );
    expect(running.map(({ stage }) => stage)).toEqual([
      'models',
      'reading',
      'writing',
      'verifying',
      'serving',
    ]);
    const shown = { keys: 3, server: { id: serverId, name: 'Home NAS' }, isStopping: false };
    expect(running[0]).toMatchObject(shown);
    expect(bench.toolbar.map((state) => state.running)).toContain(3);
    expect(bench.toolbar.at(-1)).toMatchObject({ running: 0 });
  });

  it('is not begun a second time while it is under way', async () => {
    const { bench, serverId, keyIds } = await setUp(3);
    const serverIds = [serverId];
    await Promise.all([
      bench.handlers.startImport({ keyIds, serverIds }),
      bench.handlers.startImport({ keyIds: keyIds.slice(0, 2), serverIds }),
    ]);
    expect(await entriesOf(bench)).toHaveLength(1);
    expect(bench.asked().filter((one) => one.startsWith('PUT'))).toHaveLength(1);
  });

  it('tries the next key of a relay for its models where the first is refused', async () => {
    const { bench, serverId, keyIds } = await setUp(3, {
      relay: { keys: ['sk-batch-2-0123456789', 'sk-batch-1-0123456789'] },
    });
    await bench.handlers.startImport({ keyIds, serverIds: [serverId] });
    const [told] = await entriesOf(bench);
    expect(told?.keys.map(({ result }) => result.outcome)).toEqual(Array(3).fill('created'));
  });
});

describe('an update of the extension', () => {
  it('waits until nothing is under way', async () => {
    const { takeUpdate } = await import('../../../lib/workflows/run-jobs.ts');
    const { bench, serverId, keyIds } = await setUp(1);
    const server = bench.network.hosts.get(SERVER);
    bench.network.hosts.set(SERVER, async (request) => {
      if (request.method === 'PUT') takeUpdate(bench.worker);
      expect(bench.updates).toBe(0);
      return server?.(request) ?? reply(500, {});
    });
    await bench.handlers.startImport({ keyIds, serverIds: [serverId] });
    expect(bench.updates).toBe(1);
    takeUpdate(bench.worker);
    expect(bench.updates).toBe(2);
  });
});
