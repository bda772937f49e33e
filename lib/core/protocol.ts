import type { DiffLine } from './changes/diff-lines.ts';
import type { FileLoss } from './changes/file-losses.ts';
import type { Resolve } from './changes/merge-entry.ts';
import type { ProviderKind } from './changes/provider.ts';
import type { ShownConflict } from './changes/show-conflict.ts';
import type { DialogCall } from './dialog-reason.ts';
import type { Failure } from './failures/failure.ts';
import type { HistoryEntry } from './history.ts';
import type {
  BatchPreview,
  ChangeLine,
  ImportDialog,
  ImportForm,
  ImportPreview,
  ModelsState,
} from './import-view.ts';
import type { CardState, ImportStage, KeyCard } from './keys/relay-key.ts';
import type { ModelTrial } from './ports.ts';
import type { Preferences } from './preferences.ts';
import type { Result } from './result.ts';
import type { ConnectionCheck, Server, ServerForm } from './server/server.ts';

type Reply<Value> = Result<Value, Failure>;

/** What a relay key's form holds. A key that is left out stays as it is. */
export interface KeyForm {
  id?: string | undefined;
  name: string;
  baseUrl: string;
  apiKey?: string | undefined;
  plainHttpAccepted: boolean;
}

/** Forms whose unsaved input survives the page that held it. */
export type DraftForm = 'server' | 'key' | 'import';

export interface PopupState {
  servers: readonly Server[];
  /** Absent as long as no server is set up. */
  chosenId?: string | undefined;
  /** The first cards; the others are asked for once these are on the screen. */
  cards: readonly KeyCard[];
  total: number;
  /** Results that nobody has seen yet. */
  unseen: readonly HistoryEntry[];
  /** A dialog that an import asked for, or that was open when the popup closed. */
  dialog?: DialogCall | undefined;
  /** What is under way. */
  running: readonly RunningJob[];
}

/** The history, and what is still under way. */
export interface HistoryState {
  entries: readonly HistoryEntry[];
  running: readonly RunningJob[];
}

/** A change that is under way. */
export interface RunningJob {
  jobId: string;
  runId: string;
  cause: HistoryEntry['cause'];
  /** The entry that an undo takes back. */
  of?: string | undefined;
  server: { id: string; name: string };
  /** The name of its key, if it is about one. */
  keyName: string;
  keys: number;
  stage: ImportStage;
  /** Stopped by the person: it ends before its next write. */
  isStopping: boolean;
}

/** What a change would do to a list, before it is done. */
export interface ChangePreview {
  lines: readonly ChangeLine[];
  diff: readonly DiffLine[];
  /** How it would be written; absent where nothing is. */
  write?: 'PATCH' | 'PUT' | undefined;
  conflicts: readonly ShownConflict[];
  /** What the server's file may not keep of it. */
  losses: readonly FileLoss[];
  /** Of the list on which this was planned: the same again is the same list. */
  seen: string;
}

export interface BackupRef {
  serverId: string;
  backupId: string;
}

/** A backup without what is secret in it. */
export interface BackupInfo {
  id: string;
  at: number;
  kind: ProviderKind;
  providers: number;
  keys: number;
}

/** An origin that a person is just asked to allow, and what is to be done once they do. */
export interface AccessIntent {
  origin: string;
  task:
    | { do: 'read-models'; keyId: string; baseUrl: string }
    | { do: 'test-server'; form: ServerForm }
    | { do: 'connect-server'; form: ServerForm };
}

export type Asker = 'person' | 'insists';

/**
 * Everything that a page can ask of the worker. Ids travel; a secret crosses once, from
 * the form to the worker, and back only to be revealed or copied, on a click.
 */
interface Protocol {
  readPopup: { ask: { first: number }; reply: Reply<PopupState> };
  readCards: { ask: object; reply: Reply<readonly KeyCard[]> };
  /** Reads the chosen server's list, so that the cards can tell what it holds. */
  lookAtServer: { ask: { serverId: string }; reply: Reply<void> };
  chooseServer: { ask: { serverId: string }; reply: Reply<void> };

  readServers: { ask: object; reply: Reply<readonly Server[]> };
  saveServer: { ask: ServerForm; reply: Reply<Server> };
  removeServer: { ask: { serverId: string }; reply: Reply<void> };
  restoreServer: { ask: { serverId: string }; reply: Reply<void> };
  makeDefault: { ask: { serverId: string }; reply: Reply<void> };
  testServer: { ask: { form: ServerForm; asker: Asker }; reply: Reply<ConnectionCheck> };
  /** Tests the first server, and saves it where its key was accepted. Goes on without the page. */
  connectServer: { ask: { form: ServerForm; asker: Asker }; reply: Reply<ConnectionCheck> };
  cancelTest: { ask: object; reply: Reply<void> };
  /** Whether CLIProxyAPI answers at an address. Keyless, and only on a click. */
  findServer: { ask: { address: string }; reply: Reply<{ managementBaseUrl: string }> };

  saveKey: { ask: KeyForm; reply: Reply<KeyCard> };
  readKey: { ask: { keyId: string }; reply: Reply<{ name: string; baseUrl: string }> };
  removeKey: { ask: { keyId: string }; reply: Reply<void> };
  restoreKey: { ask: { keyId: string }; reply: Reply<void> };
  revealKey: { ask: { keyId: string }; reply: Reply<{ apiKey: string }> };

  /** Starts an import, or shows the dialog where something needs a decision. Goes on without the page. */
  startImport: {
    ask: { keyIds: readonly string[]; serverIds: readonly string[] };
    reply: Reply<void>;
  };
  openImport: {
    ask: DialogCall;
    reply: Reply<ImportDialog>;
  };
  readModels: {
    ask: { keyId: string; baseUrl: string; serverId: string; refresh: boolean };
    reply: Reply<ModelsState>;
  };
  previewImport: {
    ask: { keyId: string; serverId: string; form: ImportForm };
    reply: Reply<ImportPreview>;
  };
  /** What an import of several keys would do, server by server. Reads what it needs, writes nothing. */
  previewBatch: {
    ask: { keyIds: readonly string[]; serverIds: readonly string[] };
    reply: Reply<readonly BatchPreview[]>;
  };
  runImport: { ask: { keyId: string; serverId: string; form: ImportForm }; reply: Reply<void> };

  saveDraft: { ask: { form: DraftForm; value: unknown }; reply: Reply<void> };
  readDraft: { ask: { form: DraftForm }; reply: Reply<unknown> };
  dropDraft: { ask: { form: DraftForm }; reply: Reply<void> };

  rememberIntent: { ask: AccessIntent; reply: Reply<void> };
  dropIntent: { ask: object; reply: Reply<void> };

  readHistory: { ask: object; reply: Reply<HistoryState> };
  /** One tiny completion through a server. Costs the person something: only on a click. */
  tryModel: { ask: { serverId: string; model: string }; reply: Reply<ModelTrial> };
  /** Stops a run before its next write; what is written stays. */
  cancelRun: { ask: { runId: string }; reply: Reply<void> };
  /** What taking a change back would do, and where somebody changed the same since. */
  previewUndo: { ask: { entryId: string; resolve: Resolve }; reply: Reply<ChangePreview> };
  /** With `ours` only on the list that was `seen`: what came later is not overwritten unseen. */
  undo: {
    ask: { entryId: string; resolve: Resolve; seen?: string | undefined };
    reply: Reply<void>;
  };
  readBackups: { ask: { serverId: string }; reply: Reply<readonly BackupInfo[]> };
  /** A backup as JSON, keys in clear: for a file, on a click that was warned. */
  readBackup: { ask: BackupRef; reply: Reply<{ name: string; json: string }> };
  /** What putting a backup in the place of the list would do. */
  previewRestore: { ask: BackupRef; reply: Reply<ChangePreview> };
  /** Only on the list that was `seen`. */
  restoreBackup: { ask: BackupRef & { seen: string }; reply: Reply<void> };
  savePreferences: { ask: Preferences; reply: Reply<void> };
}

export type RequestName = keyof Protocol;
export type Ask<Name extends RequestName> = Protocol[Name]['ask'];
export type ReplyTo<Name extends RequestName> = Protocol[Name]['reply'];

export type Handlers = { [Name in RequestName]: (ask: Ask<Name>) => Promise<ReplyTo<Name>> };

/** What the worker tells every open page. */
export type Announcement =
  | { event: 'cards-changed' }
  | { event: 'states-changed'; serverId: string; states: Readonly<Record<string, CardState>> }
  | { event: 'servers-changed' }
  /** How the test of a server goes; `serverId` is absent for one that is just being set up. */
  | { event: 'check'; serverId?: string | undefined; check: ConnectionCheck }
  | { event: 'models'; keyId: string; baseUrl: string; models: ModelsState }
  | ({ event: 'dialog' } & DialogCall)
  | { event: 'result'; entry: HistoryEntry }
  /** What is under way, each time it changes. */
  | { event: 'running'; running: readonly RunningJob[] };
