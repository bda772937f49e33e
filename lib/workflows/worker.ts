import type { ProviderKind } from '../core/changes/provider.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { RequestNote } from '../core/history.ts';
import type { Job } from '../core/jobs.ts';
import type { Holding, ImportStage } from '../core/keys/relay-key.ts';
import type { Clock, ManagementApi, RelaySites, ServerAccess } from '../core/ports.ts';
import type { Preferences } from '../core/preferences.ts';
import type { Announcement, RunningJob } from '../core/protocol.ts';
import type { Result } from '../core/result.ts';
import type { ServerCheck } from '../core/server/server.ts';
import type {
  AttemptStore,
  BackupStore,
  HistoryStore,
  JournalStore,
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
  journal: JournalStore;
  backups: BackupStore;
  /** Starts a worker that was ended while something was under way. */
  alarm: { setAhead(): Promise<void>; clear(): Promise<void> };
  /** Takes the update that the browser has ready. */
  restartForUpdate(): void;
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
  /** By server, for each list that was read. */
  holdings: Map<string, Map<ProviderKind, Holdings>>;
  /** What is under way, by job. */
  jobs: Map<string, ActiveJob>;
  /** An update of the extension waits until nothing is under way. */
  updateWaits?: boolean;
  /** The connection test that is running. A server that is just being set up has no id. */
  test?: { serverId: string | undefined; abort: AbortController } | undefined;
  /** What the last test found, and how it went in: a server that is saved after it was tested need not be tested again. */
  tested?: { access: ServerAccess; outcome: ServerCheck } | undefined;
}

/** A job that this worker is carrying out. */
interface ActiveJob {
  job: Job;
  keyIds: ReadonlySet<string>;
  stage: ImportStage;
  isStopping: boolean;
  /** What pages show of it. */
  view: Pick<RunningJob, 'server' | 'keyName'>;
}

export const newWorkerState = (): WorkerState => ({
  memories: new Map(),
  gates: new Map(),
  holdings: new Map(),
  jobs: new Map(),
});

export interface Worker {
  edges: WorkerEdges;
  state: WorkerState;
}

export type Done = Promise<Result<void, Failure>>;
