import type { Failure } from './failures/failure.ts';
import type { HistoryEntry } from './history.ts';
import type {
  DialogReason,
  ImportDialog,
  ImportForm,
  ImportPreview,
  ModelsState,
} from './import-view.ts';
import type { CardState, ImportStage, KeyCard } from './keys/relay-key.ts';
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
  dialog?: { keyId: string; reason: DialogReason } | undefined;
}

/** The history, and what is still under way. */
export interface HistoryState {
  entries: readonly HistoryEntry[];
  running: readonly { keyName: string; serverName: string; stage: ImportStage }[];
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
  startImport: { ask: { keyId: string; serverId: string }; reply: Reply<void> };
  openImport: {
    ask: { keyId: string; serverId: string; reason: DialogReason };
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
  runImport: { ask: { keyId: string; serverId: string; form: ImportForm }; reply: Reply<void> };

  saveDraft: { ask: { form: DraftForm; value: unknown }; reply: Reply<void> };
  readDraft: { ask: { form: DraftForm }; reply: Reply<unknown> };
  dropDraft: { ask: { form: DraftForm }; reply: Reply<void> };

  rememberIntent: { ask: AccessIntent; reply: Reply<void> };
  dropIntent: { ask: object; reply: Reply<void> };

  readHistory: { ask: object; reply: Reply<HistoryState> };
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
  | { event: 'dialog'; keyId: string; reason: DialogReason }
  | { event: 'result'; entry: HistoryEntry };
