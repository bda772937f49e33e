import { withDefaults } from '../../lib/core/changes/default-answers.ts';
import type { Resolve } from '../../lib/core/changes/merge-entry.ts';
import type { HistoryEntry } from '../../lib/core/history.ts';
import type { ImportForm } from '../../lib/core/import-view.ts';
import type { ImportResult } from '../../lib/core/keys/relay-key.ts';
import type { Handlers } from '../../lib/core/protocol.ts';
import { createHandlers } from '../../lib/workflows/handlers.ts';
import { resumeJobs } from '../../lib/workflows/resume-jobs.ts';
import type { Worker } from '../../lib/workflows/worker.ts';
import type { Claim } from './claims.ts';

// How the model drives the engine, and how it reads what the engine says. Only this file knows the
// messages of the worker.

export { createHandlers as handlersOf };

/** What a worker does when it starts: it takes up what the one before it left. */
export const startUp = (worker: Worker): Promise<void> => resumeJobs(worker);

export interface ImportIds {
  keyId: string;
  serverId: string;
}

/** One click on Import, for one key or a selection, to one server or several. */
export async function importKeys(
  handlers: Handlers,
  keyIds: readonly string[],
  serverIds: readonly string[],
): Promise<void> {
  await handlers.startImport({ keyIds, serverIds });
}

/** The newest import to a server that can be taken back. */
export async function undoable(
  handlers: Handlers,
  serverId: string,
): Promise<HistoryEntry | undefined> {
  const history = await handlers.readHistory({});
  const entries = history.ok ? history.value.entries : [];
  return entries.find(
    ({ cause, undo, server }) =>
      cause === 'import' && undo === 'possible' && server.id === serverId,
  );
}

export async function undoEntry(handlers: Handlers, entryId: string, resolve: Resolve) {
  await handlers.undo({ entryId, resolve });
}

/** Whether a dialog asks something about a key, so that nothing was written yet. */
export async function asksAbout(
  handlers: Handlers,
  { keyId }: Pick<ImportIds, 'keyId'>,
): Promise<boolean> {
  const popup = await handlers.readPopup({ first: 0 });
  return popup.ok && popup.value.dialog?.keyId === keyId;
}

/** The person takes what the dialog proposes, and confirms what it warns of. */
export async function answerDialog(handlers: Handlers, ids: ImportIds): Promise<void> {
  const opened = await handlers.openImport({ ...ids, reason: 'decision' });
  if (!opened.ok) return;
  const bold = { withoutModels: true, sharedAliases: true, keyElsewhere: 'add' } as const;
  const models = [{ upstream: 'typed-model', alias: 'typed-model' }];
  const form: ImportForm = { ...opened.value.form, models };
  const preview = await handlers.previewImport({ ...ids, form });
  if (!preview.ok) return;
  const answered = { ...withDefaults(form, preview.value.decisions), ...bold };
  await handlers.runImport({ ...ids, form: { ...form, answers: answered } });
}

/** Failures after which a part may be on the server: they say so themselves. */
const OPEN = new Set([
  'import/not-saved',
  'import/unknown-outcome',
  'import/interrupted',
  'import/list-lost',
]);

const failureOf = (result: ImportResult) =>
  result.outcome === 'failed' ? result.failure.code : undefined;

/** Whether the person learns by it that providers are missing. */
export const tellsLoss = ({ gone, keys, failure }: HistoryEntry): boolean =>
  gone.length > 0 ||
  [failure?.code, ...keys.map(({ result }) => failureOf(result))].some(
    (code) => code === 'import/server-changed' || code === 'import/list-lost',
  );

/** What an entry of History claims of each of its keys, by their ids. */
export function claimsOf(
  entry: HistoryEntry,
): (Pick<Claim, 'says' | 'from' | 'at' | 'words'> & { keyId: string })[] {
  const { at, tookMs, keys, undo } = entry;
  const times = { from: at - tookMs, at };
  return keys.map(({ id: keyId, result }) => {
    const code = failureOf(result);
    // Also what was told as failed may have been written.
    const isUndone = undo === 'done' && result.outcome !== 'already-there';
    if (isUndone) return { ...times, keyId, says: 'gone', words: 'undone' };
    if (code === undefined) return { ...times, keyId, says: 'there', words: result.outcome };
    return { ...times, keyId, says: OPEN.has(code) ? 'open' : 'nothing-written', words: code };
  });
}
