import '../unit/fakes/fake-browser.ts';
import type { RelayKey } from '../../lib/core/keys/relay-key.ts';
import type { Announcement, Handlers } from '../../lib/core/protocol.ts';
import { maskSecret, type Secret } from '../../lib/core/secrets.ts';
import { openDatabase } from '../../lib/edges/database.ts';
import { createSealedStore } from '../../lib/edges/sealed-store.ts';
import { createSessionStore } from '../../lib/edges/session-store.ts';
import { createProfileVault } from '../../lib/edges/vault.ts';
import { createHandlers } from '../../lib/workflows/handlers.ts';
import { memoryOf } from '../../lib/workflows/open-server.ts';
import { learnTraits } from '../../lib/workflows/server-memory.ts';
import { type Clock, realClock } from '../stand-ins/clock.ts';
import { resetBrowser } from '../unit/fakes/fake-browser.ts';
import type { Host } from '../unit/fakes/fake-network.ts';
import { useFreshIndexedDb } from '../unit/fakes/fresh-indexed-db.ts';
import {
  addServer,
  CLIENT_KEY,
  MANAGEMENT_KEY,
  SERVER,
  type Workbench,
  workbenchOn,
} from '../unit/fakes/workbench.ts';
import { startServerThread } from './server-thread.ts';

/** Where the keys go: all to one provider that is there, each to its own, or each to one that is not there yet. */
export type Shape = 'one provider' | 'N providers' | 'N new providers';

export interface ImportCase {
  count: number;
  /** Of every request, on top of what loopback takes. */
  latencyMs: number;
  shape: Shape;
}

/** What one click came to. */
export interface ImportRun {
  /** Management requests until the change was proved. */
  requests: number;
  /** In their bodies. */
  sentBytes: number;
  /** From the click until the change was proved: the cards then say that it is asked what is served. */
  importedMs: number;
  /** Of that, what the server took to answer, without latency. */
  serverMs: number;
  /** What it took of a processor until then: our own work, that of the browser's fakes and of the HTTP client. */
  cpuMs: number;
  /** From the click until the result was told, with what is served. */
  toldMs: number;
  requestsInAll: number;
}

const VERSION = '7.2.140';
const OTHERS = 10;
/** A check of the key of the file by the real server, of bcrypt's cost 10 (WRITING.md section 1). */
const KEY_CHECK_MS = 60;
/** Few: the stand-in takes far longer over its YAML than the real server does. */
const MODELS = Array.from({ length: 5 }, (_, at) => `vendor/model-${at}`);

/**
 * One click on N cards: our worker with its sealed storage, over HTTP to a server in a thread of its own, in real
 * time. What comes before it is done: a popup has looked at the server, its way with PATCH is known, and the models of
 * the relays have been read in this session.
 */
export async function runImport(asCase: ImportCase): Promise<ImportRun> {
  const server = await startServerThread({
    version: VERSION,
    config: configOf(asCase),
    switches: { keyCheckMs: KEY_CHECK_MS, reload: 'recorded' },
  });
  const bench = openBench();
  const asked: Asked[] = [];
  bench.network.hosts.set(SERVER, hostAt(server.url, asCase.latencyMs, asked));
  const serverId = await addServer(bench);
  const keyIds = await storeKeys(asCase, bench);
  await bench.handlers.lookAtServer({ serverId });
  learnTraits(memoryOf(`${SERVER}/v0/management`, bench.worker), { patch: 'partial' });

  asked.length = 0;
  const from = performance.now();
  const cpu = process.threadCpuUsage();
  const run = await clickAndHear(bench, { keyIds, serverIds: [serverId] }, () => {
    const { user, system } = process.threadCpuUsage(cpu);
    return { at: performance.now() - from, asked: asked.length, cpuMs: (user + system) / 1000 };
  });
  await server.close();
  const upToImported = asked.slice(0, run.proved.asked);
  return {
    requests: run.proved.asked,
    sentBytes: sum(upToImported.map(({ bytes }) => bytes)),
    importedMs: run.proved.at,
    serverMs: sum(upToImported.map(({ ms }) => ms)),
    cpuMs: run.proved.cpuMs,
    toldMs: run.told.at,
    requestsInAll: run.told.asked,
  };
}

/** Imports, and notes when the pages hear that the change is proved, and when they hear the result. Throws if a key is not saved. */
async function clickAndHear<Moment>(
  { worker }: Workbench<Clock>,
  click: Parameters<Handlers['startImport']>[0],
  now: () => Moment,
): Promise<{ proved: Moment; told: Moment }> {
  let proved: Moment | undefined;
  let told: Moment | undefined;
  let saved = 0;
  const announce = async (news: Announcement) => {
    structuredClone(news);
    if (news.event === 'running' && news.running[0]?.stage === 'serving') proved ??= now();
    if (news.event !== 'result') return true;
    told ??= now();
    saved = news.entry.keys.filter(({ result }) => result.outcome !== 'failed').length;
    return true;
  };
  const handlers = createHandlers({ ...worker, edges: { ...worker.edges, announce } });
  await handlers.startImport(click);
  if (!proved || !told || saved < click.keyIds.length) {
    throw new Error(`${saved} of ${click.keyIds.length} keys were imported`);
  }
  return { proved, told };
}

/** A worker with the real storage on the fakes of the browser, each time a fresh one. */
function openBench(): Workbench<Clock> {
  useFreshIndexedDb();
  resetBrowser();
  const database = openDatabase();
  const vault = createProfileVault(database);
  const storage = {
    store: createSealedStore(database, vault),
    session: createSessionStore(vault),
  };
  return workbenchOn(realClock, { storage });
}

/** A request to the server. */
interface Asked {
  bytes: number;
  /** Until it was answered, without latency. */
  ms: number;
}

/** The server at another address, so far away. */
const hostAt =
  (url: string, latencyMs: number, asked: Asked[]): Host =>
  async ({ method, path, headers, body }) => {
    if (latencyMs > 0) await realClock.sleep(latencyMs);
    const from = performance.now();
    const answer = await fetch(`${url}${path}`, { method, headers, body: body || null });
    const text = await answer.text();
    asked.push({ bytes: Buffer.byteLength(body), ms: performance.now() - from });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: text };
  };

const siteOf = (nth: number, shape: Shape): number => (shape === 'one provider' ? 0 : nth);
const baseUrlOf = (site: number): string => `https://relay-${site}.example/v1`;

/** Puts the keys onto cards, and the models of their relays into the session. Gives the ids of the keys. */
async function storeKeys(
  { count, shape }: ImportCase,
  { worker }: Workbench<Clock>,
): Promise<string[]> {
  const { edges } = worker;
  const apiKeys = Array.from({ length: count }, (_, nth) => secretAt(nth));
  const keys = await Promise.all(
    apiKeys.map(
      async (apiKey, nth): Promise<RelayKey> => ({
        id: `key-${nth}`,
        name: `Relay ${siteOf(nth, shape)}`,
        baseUrl: baseUrlOf(siteOf(nth, shape)),
        mask: maskSecret(apiKey),
        fingerprint: await edges.fingerprint(apiKey),
        addedAt: edges.clock.now(),
        results: {},
      }),
    ),
  );
  const secrets = apiKeys.map((apiKey, nth) => [`key-${nth}`, apiKey]);
  await edges.keys.save(keys, Object.fromEntries(secrets));
  const lists = keys.map(({ baseUrl, fingerprint }) => [
    `${baseUrl} ${fingerprint}`,
    { state: 'read', upstream: MODELS, way: 'direct', baseUrl, readAt: edges.clock.now() },
  ]);
  await edges.session.write('models', Object.fromEntries(lists));
  return keys.map(({ id }) => id);
}

const secretAt = (nth: number): Secret =>
  `sk-bench-${String(nth).padStart(5, '0')}-0123456789abcdef0123456789abcdef` as Secret;

/** A server that holds ten providers of others, and those that the keys go to if they are there. */
function configOf({ count, shape }: ImportCase): string {
  const wanted = { 'one provider': 1, 'N providers': count, 'N new providers': 0 }[shape];
  const entries = [
    ...Array.from({ length: OTHERS }, (_, at) => providerAt(`Other ${at}`, `other-${at}`)),
    ...Array.from({ length: wanted }, (_, at) => providerAt(`Relay ${at}`, `relay-${at}`)),
  ];
  const config = {
    'remote-management': { 'secret-key': MANAGEMENT_KEY },
    'api-keys': [CLIENT_KEY],
    'openai-compatibility': entries,
  };
  return JSON.stringify(config);
}

const providerAt = (name: string, host: string) => ({
  name,
  'base-url': `https://${host}.example/v1`,
  'api-key-entries': [{ 'api-key': `sk-of-${host}-0123456789abcdef` }],
  models: MODELS.map((model) => ({ name: model, alias: model })),
});

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
