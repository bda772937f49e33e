import type { Failure } from '../core/failures/failure.ts';
import { parseKeyAddress } from '../core/keys/relay-address.ts';
import type { Handlers, HistoryState, PopupState } from '../core/protocol.ts';
import { ok, type Result } from '../core/result.ts';
import { dropIntent, rememberIntent } from './access-intents.ts';
import { runningJobs } from './active-jobs.ts';
import { previewRestore, readBackup, readBackups, restoreBackup } from './backups.ts';
import { cardOf, chosenServer, readCards } from './cards.ts';
import { connectServer } from './connect-server.ts';
import { runImport, startImport } from './import-keys.ts';
import { lookAtServer } from './look-at-server.ts';
import { loadKey, readKey, removeKey, restoreKey, saveKey } from './manage-keys.ts';
import { makeDefault, removeServer, restoreServer, saveServer } from './manage-servers.ts';
import { changeSession } from './one-at-a-time.ts';
import { openImport, previewImport } from './open-import.ts';
import { openServer, storedServer } from './open-server.ts';
import { previewBatch } from './preview-batch.ts';
import { readModels } from './read-models.ts';
import { cancelRun } from './run-jobs.ts';
import { cancelTest, findServer, testServer } from './test-server.ts';
import { showToolbar } from './toolbar.ts';
import { tryModel } from './try-model.ts';
import { previewUndo, undo } from './undo.ts';
import type { Done, Worker } from './worker.ts';

/** What the worker does for each request of a page. */
export function createHandlers(worker: Worker): Handlers {
  const { servers, preferences } = worker.edges;
  return {
    readPopup: ({ first }) => readPopup(first, worker),
    readCards: () => readCards(worker),
    lookAtServer: ({ serverId }) => lookAtServer(serverId, worker),
    chooseServer: ({ serverId }) => chooseServer(serverId, worker),

    readServers: () => servers.list(),
    saveServer: (form) => saveServer(form, worker),
    removeServer: ({ serverId }) => removeServer(serverId, worker),
    restoreServer: ({ serverId }) => restoreServer(serverId, worker),
    makeDefault: ({ serverId }) => makeDefault(serverId, worker),
    testServer: ({ form, asker }) => testServer(form, asker, worker),
    connectServer: ({ form, asker }) => connectServer(form, asker, worker),
    cancelTest: async () => ok(cancelTest(worker)),
    findServer: ({ address }) => findServer(address, worker),

    saveKey: (form) => saveKey(form, worker),
    readKey: ({ keyId }) => readKey(keyId, worker),
    removeKey: ({ keyId }) => removeKey(keyId, worker),
    restoreKey: ({ keyId }) => restoreKey(keyId, worker),
    revealKey: async ({ keyId }) => {
      const loaded = await loadKey(keyId, worker);
      return loaded.ok ? ok({ apiKey: loaded.value.apiKey }) : loaded;
    },

    startImport: ({ keyIds, serverIds }) => startImport(keyIds, serverIds, worker),
    openImport: ({ keyId, serverId }) => openImport(keyId, serverId, worker),
    readModels: async ({ keyId, baseUrl, serverId, refresh }) => {
      const loaded = await loadKey(keyId, worker);
      if (!loaded.ok) return loaded;
      const address = parseKeyAddress(baseUrl, loaded.value.key);
      if (!address.ok) return address;
      const opened = await openServer(serverId, 'itself', worker);
      const api = opened.ok ? opened.value.api : undefined;
      return ok(await readModels({ ...loaded.value, baseUrl, api, refresh }, worker));
    },
    previewImport: ({ keyId, serverId, form }) => previewImport(keyId, serverId, form, worker),
    previewBatch: ({ keyIds, serverIds }) => previewBatch(keyIds, serverIds, worker),
    runImport: ({ keyId, serverId, form }) => runImport(keyId, serverId, form, worker),

    saveDraft: ({ form, value }) =>
      changeSession('drafts', worker, (drafts) => ({ ...drafts, [form]: value })),
    readDraft: async ({ form }) => {
      const drafts = await worker.edges.session.read('drafts');
      return drafts.ok ? ok(drafts.value[form]) : drafts;
    },
    dropDraft: ({ form }) =>
      changeSession('drafts', worker, ({ [form]: _dropped, ...others }) => others),

    rememberIntent: (intent) => rememberIntent(intent, worker),
    dropIntent: () => dropIntent(worker),

    readHistory: () => readHistory(worker),
    tryModel: ({ serverId, model }) => tryModel(serverId, model, worker),
    cancelRun: ({ runId }) => cancelRun(runId, worker),
    previewUndo: ({ entryId, resolve }) => previewUndo(entryId, resolve, worker),
    undo: ({ entryId, resolve, seen }) => undo(entryId, { resolve, seen }, worker),
    readBackups: ({ serverId }) => readBackups(serverId, worker),
    readBackup: (ref) => readBackup(ref, worker),
    previewRestore: (ref) => previewRestore(ref, worker),
    restoreBackup: ({ seen, ...ref }) => restoreBackup(ref, seen, worker),
    savePreferences: (chosen) => preferences.save(chosen),
  };
}

async function readPopup(first: number, worker: Worker): Promise<Result<PopupState, Failure>> {
  const { servers, keys, session } = worker.edges;
  const [list, allKeys, chosen, dialog] = await Promise.all([
    servers.list(),
    keys.list(),
    chosenServer(worker),
    session.read('dialog'),
  ]);
  if (!list.ok) return list;
  if (!allKeys.ok) return allKeys;
  const chosenId = chosen.ok ? chosen.value?.id : undefined;
  const unseen = await takeUnseen(worker);
  return ok({
    servers: list.value,
    ...(chosenId !== undefined && { chosenId }),
    cards: allKeys.value.slice(0, first).map((key) => cardOf(key, chosenId, worker)),
    total: allKeys.value.length,
    unseen,
    running: runningJobs(worker),
    ...(dialog.ok && dialog.value && { dialog: dialog.value }),
  });
}

/** What nobody has seen yet is seen now: whoever opens the popup is told, and the badge goes. */
async function takeUnseen(worker: Worker): Promise<PopupState['unseen']> {
  const waiting = await worker.edges.session.read('unseen');
  if (waiting.ok && waiting.value.length === 0) return [];
  let unseen: PopupState['unseen'] = [];
  await changeSession('unseen', worker, (entries) => {
    unseen = entries;
    return [];
  });
  await showToolbar(worker);
  return unseen;
}

async function chooseServer(serverId: string, worker: Worker): Done {
  const server = await storedServer(serverId, worker);
  if (!server.ok) return server;
  const written = await worker.edges.session.write('chosenServer', serverId);
  if (written.ok) await worker.edges.announce({ event: 'cards-changed' });
  return written;
}

async function readHistory(worker: Worker): Promise<Result<HistoryState, Failure>> {
  const entries = await worker.edges.history.list();
  return entries.ok ? ok({ entries: entries.value, running: runningJobs(worker) }) : entries;
}
