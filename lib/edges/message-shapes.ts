import type { ImportAnswers } from '../core/changes/import.ts';
import type { Resolve } from '../core/changes/merge-entry.ts';
import { PROVIDER_KINDS } from '../core/changes/provider.ts';
import type { DialogReason } from '../core/dialog-reason.ts';
import type { ImportForm } from '../core/import-view.ts';
import type { Preferences } from '../core/preferences.ts';
import type { AccessIntent, Ask, KeyForm, RequestName } from '../core/protocol.ts';
import type { ServerForm } from '../core/server/server.ts';
import { type Shape, z } from './zod.ts';

// Shapes of what pages ask. Our own pages send them, and yet: a message is an outside thing.

const keyId = z.object({ keyId: z.string() });
const serverId = z.object({ serverId: z.string() });
const batch = z.object({ keyIds: z.array(z.string()), serverIds: z.array(z.string()) });
const both = z.extend(keyId, { serverId: z.string() });

const serverForm: Shape<ServerForm> = z.object({
  id: z.optional(z.string()),
  name: z.string(),
  address: z.string(),
  managementKey: z.optional(z.string()),
  headers: z.array(z.object({ name: z.string(), value: z.optional(z.string()) })),
  plainHttpAccepted: z.boolean(),
});

const tested = z.object({ form: serverForm, asker: z.enum(['person', 'insists']) });

const keyForm: Shape<KeyForm> = z.object({
  id: z.optional(z.string()),
  name: z.string(),
  baseUrl: z.string(),
  apiKey: z.optional(z.string()),
  plainHttpAccepted: z.boolean(),
});

const answers: Shape<ImportAnswers> = z.object({
  provider: z.optional(
    z.union([z.literal('new'), z.object({ name: z.string(), baseUrl: z.string() })]),
  ),
  addModels: z.optional(z.boolean()),
  withoutModels: z.optional(z.boolean()),
  sharedAliases: z.optional(z.boolean()),
  switchedOff: z.optional(z.boolean()),
  keyElsewhere: z.optional(z.enum(['leave', 'add'])),
  disabledProvider: z.optional(z.enum(['leave-off', 'switch-on'])),
});

export const importForm: Shape<ImportForm> = z.object({
  kind: z.enum(PROVIDER_KINDS),
  name: z.string(),
  baseUrl: z.string(),
  models: z.array(z.object({ upstream: z.string(), alias: z.string() })),
  answers,
});

export const accessIntent: Shape<AccessIntent> = z.object({
  origin: z.string(),
  task: z.discriminatedUnion('do', [
    z.object({ do: z.literal('read-models'), keyId: z.string(), baseUrl: z.string() }),
    z.object({ do: z.literal('test-server'), form: serverForm }),
    z.object({ do: z.literal('connect-server'), form: serverForm }),
  ]),
});

const draftForm = z.enum(['server', 'key', 'import']);

const preferences: Shape<Preferences> = z.object({
  oneClick: z.enum(['at-once', 'ask']),
  language: z.enum(['auto', 'en', 'zh_CN']),
  theme: z.enum(['auto', 'light', 'dark']),
});

const nothing = z.object({});
const resolve: Shape<Resolve> = z.enum(['ask', 'theirs', 'ours']);
const backup = z.extend(serverId, { backupId: z.string() });

export const dialogReason: Shape<DialogReason> = z.enum([
  'asked',
  'models-unavailable',
  'no-models',
  'many-models',
  'decision',
  'anthropic-style',
]);

/** The shape of every request. A request without one does not compile. */
export const messageShapes: { [Name in RequestName]: Shape<Ask<Name>> } = {
  readPopup: z.object({ first: z.number() }),
  readCards: nothing,
  lookAtServer: serverId,
  chooseServer: serverId,
  readServers: nothing,
  saveServer: serverForm,
  removeServer: serverId,
  restoreServer: serverId,
  makeDefault: serverId,
  testServer: tested,
  connectServer: tested,
  cancelTest: nothing,
  findServer: z.object({ address: z.string() }),
  saveKey: keyForm,
  readKey: keyId,
  removeKey: keyId,
  restoreKey: keyId,
  revealKey: keyId,
  startImport: batch,
  openImport: z.extend(both, { reason: dialogReason }),
  readModels: z.extend(both, { baseUrl: z.string(), refresh: z.boolean() }),
  previewImport: z.extend(both, { form: importForm }),
  previewBatch: batch,
  runImport: z.extend(both, { form: importForm }),
  saveDraft: z.object({ form: draftForm, value: z.json() }),
  readDraft: z.object({ form: draftForm }),
  dropDraft: z.object({ form: draftForm }),
  rememberIntent: accessIntent,
  dropIntent: nothing,
  readHistory: nothing,
  tryModel: z.extend(serverId, { model: z.string() }),
  cancelRun: z.object({ runId: z.string() }),
  previewUndo: z.object({ entryId: z.string(), resolve }),
  undo: z.object({ entryId: z.string(), resolve, seen: z.optional(z.string()) }),
  readBackups: serverId,
  readBackup: backup,
  previewRestore: backup,
  restoreBackup: z.extend(backup, { seen: z.string() }),
  savePreferences: preferences,
};
