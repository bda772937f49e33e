import type { Failure } from '../core/failures/failure.ts';
import type { RequestNote } from '../core/history.ts';
import type { Holding, ImportStage } from '../core/keys/relay-key.ts';
import type { Clock, ManagementApi, RelaySites, ServerAccess } from '../core/ports.ts';
import type { Preferences } from '../core/preferences.ts';
import type { Announcement } from '../core/protocol.ts';
import type { Result } from '../core/result.ts';
import type { ServerCheck } from '../core/server/server.ts';
import type {
  AttemptStore,
  HistoryStore,
  KeyStore,
  ServerStore,
  SessionStore,
  Stored,
} from '../core/stores.ts';
import type { Gate } from './guard-api.ts';
import type { ServerMemory } from './server-memory.ts';

/** The edges that the worker's workflows stand on. */
export interface WorkerEdges {
  clock: Clock;
  newId(): string;
  fingerprint(secret: string): Promise<string>;
  servers: ServerStore;
  attempts: AttemptStore;
  keys: KeyStore;
  history: HistoryStore;
  session: SessionStore;
  preferences: { read(): Promise<Preferences>; save(preferences: Preferences): Stored<void> };
  relays: RelaySites;
  createApi(access: ServerAccess, note: (request: RequestNote) => void): ManagementApi;
  /** Whether the person allowed everything of that address to be read. */
  hasAccess(address: string): Promise<boolean>;
  /** Tells all pages; whether anybody saw it. */
  announce(announcement: Announcement): Promise<boolean>;
  /** One holder of a name at a time. */
  withLock<Value>(name: string, work: () => Promise<Value>): Promise<Value>;
  toolbar: Toolbar;
}

/** The button in the browser's toolbar. */
interface Toolbar {
  show(state: ToolbarState): Promise<void>;
}

export interface ToolbarState {
  /** Results that nobody has seen. */
  unseen: number;
  /** One of them is a failure. */
  attention: boolean;
  running: number;
}

/** Where a server holds which keys, by fingerprint. */
type Holdings = ReadonlyMap<string, readonly Holding[]>;

/** What the worker knows as long as it lives. */
export interface WorkerState {
  /** By management base URL. */
  memories: Map<string, ServerMemory>;
  /** By management base URL. */
  gates: Map<string, Gate>;
  /** By server. */
  holdings: Map<string, Holdings>;
  /** Imports under way, by key and server. */
  running: Map<string, ImportStage>;
  /** The connection test that is running. A server that is just being set up has no id. */
  test?: { serverId: string | undefined; abort: AbortController } | undefined;
  /** What the last test found, and how it went in: a server that is saved after it was tested need not be tested again. */
  tested?: { access: ServerAccess; outcome: ServerCheck } | undefined;
}

export const newWorkerState = (): WorkerState => ({
  memories: new Map(),
  gates: new Map(),
  holdings: new Map(),
  running: new Map(),
});

export interface Worker {
  edges: WorkerEdges;
  state: WorkerState;
}

export type Done = Promise<Result<void, Failure>>;
