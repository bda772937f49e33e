import type { Plan } from './changes/plan.ts';
import type { ProviderEntry, ProviderKind } from './changes/provider.ts';
import type { DialogCall } from './dialog-reason.ts';
import type { StoreFailure } from './failures/failure.ts';
import type { HistoryEntry } from './history.ts';
import type { ModelsState } from './import-view.ts';
import type { Job } from './jobs.ts';
import type { RelayKey } from './keys/relay-key.ts';
import type { ExtraHeader } from './ports.ts';
import type { AccessIntent, DraftForm } from './protocol.ts';
import type { Result } from './result.ts';
import type { Secret } from './secrets.ts';
import type { Attempts } from './server/attempts.ts';
import type { Server } from './server/server.ts';

export type Stored<Value> = Promise<Result<Value, StoreFailure>>;

/** What opens a server. */
export interface ServerSecrets {
  managementKey: Secret;
  headers: readonly ExtraHeader[];
}

/** The servers that the person set up, in their order. */
export interface ServerStore {
  list(): Stored<readonly Server[]>;
  secrets(serverId: string): Stored<ServerSecrets | undefined>;
  /** Saves the list, and with it what opens one of them where that changed. */
  save(servers: readonly Server[], secrets?: ServerSecrets & { serverId: string }): Stored<void>;
  /** Takes a server out, so that it can be put back for a while. */
  remove(serverId: string): Stored<void>;
  restore(serverId: string): Stored<void>;
}

/** What servers count against this address, by management base URL: the same server under two names is one. */
export interface AttemptStore {
  read(managementBaseUrl: string): Stored<Attempts>;
  save(managementBaseUrl: string, attempts: Attempts): Stored<void>;
}

/** The relay keys, newest first. */
export interface KeyStore {
  list(): Stored<readonly RelayKey[]>;
  apiKey(keyId: string): Stored<Secret | undefined>;
  save(keys: readonly RelayKey[], apiKeys?: Readonly<Record<string, Secret>>): Stored<void>;
  remove(keyId: string): Stored<void>;
  restore(keyId: string): Stored<void>;
}

/** What was changed, newest first. */
export interface HistoryStore {
  list(): Stored<readonly HistoryEntry[]>;
  read(entryId: string): Stored<HistoryEntry | undefined>;
  /** Adds an entry, or replaces the one of the same id; with it, what takes the change back. */
  save(entry: HistoryEntry, undo?: UndoRecord): Stored<void>;
  undoOf(entryId: string): Stored<UndoRecord | undefined>;
}

/** What takes a change back: it holds keys, so it never leaves the worker. */
export interface UndoRecord {
  serverId: string;
  plan: Plan;
}

/** Changes whose outcome is not told yet, oldest first. */
export interface JournalStore {
  list(): Stored<readonly Job[]>;
  save(jobs: readonly Job[]): Stored<void>;
  remove(jobId: string): Stored<void>;
}

/** A list of a server as it was just before one of our writes. */
export interface Backup {
  id: string;
  /** Epoch ms. */
  at: number;
  serverId: string;
  kind: ProviderKind;
  entries: readonly ProviderEntry[];
}

/** The newest 20 of each server. */
export interface BackupStore {
  /** Newest first. */
  list(serverId: string): Stored<readonly Backup[]>;
  save(backup: Backup): Stored<void>;
}

/** A model list that a relay gave in this session. */
export type ModelsRead = Extract<ModelsState, { state: 'read' }>;

/** What lives as long as the browser, in memory and sealed. */
export interface SessionState {
  /** Results that nobody has seen. */
  unseen: readonly HistoryEntry[];
  /** The dialog that is to be shown by the next popup. */
  dialog: DialogCall | null;
  /** What is to be done once the person has allowed an origin. */
  intent: AccessIntent | null;
  /** Unsaved input, by form. */
  drafts: Readonly<Partial<Record<DraftForm, unknown>>>;
  /** Model lists, by base URL and key fingerprint. */
  models: Readonly<Record<string, ModelsRead>>;
  /** The server that the popup shows. */
  chosenServer: string | null;
}

export interface SessionStore {
  read<Name extends keyof SessionState>(name: Name): Stored<SessionState[Name]>;
  write<Name extends keyof SessionState>(name: Name, value: SessionState[Name]): Stored<void>;
}
