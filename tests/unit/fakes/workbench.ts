import { createHash } from 'node:crypto';
import type { HistoryEntry } from '../../../lib/core/history.ts';
import type { ImportResult } from '../../../lib/core/keys/relay-key.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../../lib/core/preferences.ts';
import type { Announcement, Handlers } from '../../../lib/core/protocol.ts';
import { ok, type Result } from '../../../lib/core/result.ts';
import type { SessionStore } from '../../../lib/core/stores.ts';
import { createBackupStore } from '../../../lib/edges/backup-store.ts';
import { createHistoryStore } from '../../../lib/edges/history-store.ts';
import { createJournalStore } from '../../../lib/edges/journal-store.ts';
import { createKeyStore } from '../../../lib/edges/key-store.ts';
import { createManagementApi } from '../../../lib/edges/management-api.ts';
import { createRelaySites } from '../../../lib/edges/relay-sites.ts';
import type { SealedStore } from '../../../lib/edges/sealed-store.ts';
import { createAttemptStore, createServerStore } from '../../../lib/edges/server-store.ts';
import { createHandlers } from '../../../lib/workflows/handlers.ts';
import {
  newWorkerState,
  type ToolbarState,
  type Worker,
  type WorkerEdges,
} from '../../../lib/workflows/worker.ts';
import {
  type Cliproxyapi,
  type CliproxyapiOptions,
  createCliproxyapi,
} from '../../stand-ins/cliproxyapi/cliproxyapi.ts';
import type { Clock } from '../../stand-ins/clock.ts';
import { createRelay, type Relay } from '../../stand-ins/relay/create-relay.ts';
import type { PlainOptions } from '../../stand-ins/relay/plain/create-plain.ts';
import { type FakeNetwork, fakeNetwork } from './fake-network.ts';
import { type MemorySession, memorySession } from './memory-session.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';
import { queueingLocks } from './queueing-locks.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

export const SERVER = 'http://127.0.0.1:8317';
export const RELAY = 'https://relay.example';
export const MANAGEMENT_KEY = 'key-of-the-nas-3e9d51';
export const CLIENT_KEY = 'client-key-1';

export interface WorkbenchOptions extends Pick<CliproxyapiOptions, 'switches' | 'seed'> {
  version?: string;
  clientKeys?: readonly string[];
  /** The rest of config.yaml. */
  config?: string;
  relay?: PlainOptions;
  /** The real storage of the browser's fakes in the place of that in memory. */
  storage?: { store: SealedStore; session: SessionStore };
}

/**
 * A worker on stand-ins: the real workflows, stores and HTTP edges, over a network and a
 * storage in memory and a clock on which waiting takes no time.
 */
export interface Workbench<Time extends Clock = VirtualClock> {
  worker: Worker;
  handlers: Handlers;
  clock: Time;
  network: FakeNetwork;
  server: Cliproxyapi;
  relay: Relay<'plain'>;
  store: MemoryStore;
  session: MemorySession;
  announced: Announcement[];
  toolbar: ToolbarState[];
  preferences: Preferences;
  /** Whether an alarm would start a worker that was ended. */
  alarm: boolean;
  /** How often an update of the extension was taken. */
  updates: number;
  /** Whether a page that shows announcements is open. */
  someoneLooks: boolean;
  /** What the server was asked to do, and the relay by the browser: `GET openai-compatibility`, `POST api-call`, … */
  asked(): string[];
  /** The worker is ended, and another one starts on what is stored. */
  restart(): void;
}

export const workbench = (options: WorkbenchOptions = {}): Workbench =>
  workbenchOn(virtualClock(), options);

/** The same on any clock. */
export function workbenchOn<Time extends Clock>(
  clock: Time,
  options: WorkbenchOptions = {},
): Workbench<Time> {
  const { version = '7.2.140', clientKeys = [CLIENT_KEY], config = '', ...more } = options;
  const network = fakeNetwork();
  const server = createCliproxyapi({
    version,
    config: `api-keys: ${JSON.stringify(clientKeys)}\n${config}`,
    env: { MANAGEMENT_PASSWORD: MANAGEMENT_KEY },
    clock,
    fetch: (url, request) => network.ask(url, request),
    switches: more.switches ?? {},
    seed: more.seed ?? 1,
  });
  const relay = createRelay({ site: 'plain', ...options.relay });
  network.hosts.set(SERVER, (request) => server.handle(request));
  network.hosts.set(RELAY, (request) => relay.handle(request));

  const bench = {
    clock,
    network,
    server,
    relay,
    store: memoryStore(),
    session: memorySession(),
    ...options.storage,
    announced: [],
    toolbar: [],
    preferences: DEFAULT_PREFERENCES,
    someoneLooks: true,
    alarm: false,
    updates: 0,
    asked: () => network.sent.map(wordsOf),
    restart() {
      bench.worker = { edges: edgesOf(bench), state: newWorkerState() };
      bench.handlers = createHandlers(bench.worker);
    },
  } as unknown as Workbench<Time>;
  bench.restart();
  return bench;
}

/** As the edge's, but done at once: a digest that takes real time lets a virtual clock run on meanwhile. */
const fingerprint = async (secret: string): Promise<string> =>
  createHash('sha256').update(secret).digest('hex').slice(0, 32);

/** Over all benches and restarts, so that no id comes twice. */
let ids = 0;

function edgesOf(bench: Workbench<Clock>): WorkerEdges {
  const { clock, network, store, session } = bench;
  return {
    clock,
    newId: () => `id-${ids++}`,
    fingerprint,
    servers: createServerStore(store, clock.now),
    attempts: createAttemptStore(store),
    keys: createKeyStore(store, clock.now),
    history: createHistoryStore(store),
    session,
    preferences: {
      read: async () => bench.preferences,
      save: async (preferences) => {
        bench.preferences = preferences;
        return ok(undefined);
      },
    },
    relays: createRelaySites(network),
    createApi: (access, note) => createManagementApi(access, { ...network, now: clock.now, note }),
    hasAccess: network.hasAccess,
    async announce(announcement) {
      bench.announced.push(structuredClone(announcement));
      return bench.someoneLooks;
    },
    withLock: queueingLocks(),
    toolbar: { show: async (state) => void bench.toolbar.push(state) },
    journal: createJournalStore(store),
    backups: createBackupStore(store),
    alarm: {
      async setAhead() {
        bench.alarm = true;
      },
      async clear() {
        bench.alarm = false;
      },
    },
    restartForUpdate() {
      bench.updates += 1;
    },
  };
}

const wordsOf = ({ origin, method, path }: FakeNetwork['sent'][number]) =>
  `${method} ${origin === SERVER ? path.replace('/v0/management/', '') : `${origin}${path}`}`;

/** What one click on the card of a key asks. */
export const clickOn = ({ keyId, serverId }: { keyId: string; serverId: string }) => ({
  keyIds: [keyId],
  serverIds: [serverId],
});

/** What became of the one key that an entry is about. */
export function resultOf(entry: HistoryEntry | undefined): ImportResult {
  const result = entry?.keys[0]?.result;
  if (!result) throw new Error('the entry is about no key');
  return result;
}

/** The value of a result, in a test that is about something later. */
export function valueIn<Value>(result: Result<Value, unknown>): Value {
  if (result.ok) return result.value;
  throw new Error(`a failure: ${JSON.stringify(result.failure)}`);
}

/** Sets the stand-in server up, as a person would. Gives its id. */
export async function addServer(
  { handlers }: Pick<Workbench, 'handlers'>,
  over: Partial<Parameters<Handlers['saveServer']>[0]> = {},
): Promise<string> {
  const form = {
    name: 'Home NAS',
    address: SERVER,
    managementKey: MANAGEMENT_KEY,
    headers: [],
    plainHttpAccepted: false,
  };
  return valueIn(await handlers.saveServer({ ...form, ...over })).id;
}

/** Adds a key of the stand-in relay, as a person would. Gives its id. */
export async function addKey(
  { handlers }: Pick<Workbench, 'handlers'>,
  over: Partial<Parameters<Handlers['saveKey']>[0]> = {},
): Promise<string> {
  const form = { name: 'Relay', baseUrl: RELAY, apiKey: 'sk-test0001', plainHttpAccepted: false };
  return valueIn(await handlers.saveKey({ ...form, ...over })).id;
}
