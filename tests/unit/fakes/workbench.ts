import { DEFAULT_PREFERENCES, type Preferences } from '../../../lib/core/preferences.ts';
import type { Announcement, Handlers } from '../../../lib/core/protocol.ts';
import { ok, type Result } from '../../../lib/core/result.ts';
import type { SessionStore } from '../../../lib/core/stores.ts';
import { fingerprint } from '../../../lib/edges/fingerprint.ts';
import { createHistoryStore } from '../../../lib/edges/history-store.ts';
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
import { type Cliproxyapi, createCliproxyapi } from '../../stand-ins/cliproxyapi/cliproxyapi.ts';
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

export interface WorkbenchOptions {
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
export interface Workbench {
  worker: Worker;
  handlers: Handlers;
  clock: VirtualClock;
  network: FakeNetwork;
  server: Cliproxyapi;
  relay: Relay<'plain'>;
  store: MemoryStore;
  session: MemorySession;
  announced: Announcement[];
  toolbar: ToolbarState[];
  preferences: Preferences;
  /** Whether a page that shows announcements is open. */
  someoneLooks: boolean;
  /** What the server was asked to do, and the relay by the browser: `GET openai-compatibility`, `POST api-call`, … */
  asked(): string[];
  /** The worker is ended, and another one starts on what is stored. */
  restart(): void;
}

export function workbench(options: WorkbenchOptions = {}): Workbench {
  const { version = '7.2.140', clientKeys = [CLIENT_KEY], config = '' } = options;
  const clock = virtualClock();
  const network = fakeNetwork();
  const server = createCliproxyapi({
    version,
    config: `api-keys: ${JSON.stringify(clientKeys)}\n${config}`,
    env: { MANAGEMENT_PASSWORD: MANAGEMENT_KEY },
    clock,
    fetch: (url, request) => network.ask(url, request),
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
    asked: () => network.sent.map(wordsOf),
    restart() {
      bench.worker = { edges: edgesOf(bench), state: newWorkerState() };
      bench.handlers = createHandlers(bench.worker);
    },
  } as unknown as Workbench;
  bench.restart();
  return bench;
}

/** Over all benches and restarts, so that no id comes twice. */
let ids = 0;

function edgesOf(bench: Workbench): WorkerEdges {
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
  };
}

const wordsOf = ({ origin, method, path }: FakeNetwork['sent'][number]) =>
  `${method} ${origin === SERVER ? path.replace('/v0/management/', '') : `${origin}${path}`}`;

/** The value of a result, in a test that is about something later. */
export function valueIn<Value>(result: Result<Value, unknown>): Value {
  if (result.ok) return result.value;
  throw new Error(`a failure: ${JSON.stringify(result.failure)}`);
}

/** Sets the stand-in server up, as a person would. Gives its id. */
export async function addServer(
  { handlers }: Workbench,
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
  { handlers }: Workbench,
  over: Partial<Parameters<Handlers['saveKey']>[0]> = {},
): Promise<string> {
  const form = { name: 'Relay', baseUrl: RELAY, apiKey: 'sk-test0001', plainHttpAccepted: false };
  return valueIn(await handlers.saveKey({ ...form, ...over })).id;
}
