import type { HistoryEntry } from '../core/history.ts';
import { needsAttention } from '../core/history.ts';
import type { DialogReason } from '../core/import-view.ts';
import type { ImportResult, KeyResult, RelayKey } from '../core/keys/relay-key.ts';
import { countServing } from '../core/models/serving.ts';
import type { Server } from '../core/server/server.ts';
import { announceStates, relayHost } from './cards.ts';
import type { Receipt } from './carry-out-import.ts';
import { changeSession, oneAtATime } from './one-at-a-time.ts';
import type { Worker } from './worker.ts';

/** Keeps what became of an import and tells it: to who looks, else by the badge until someone does. */
export async function reportImport(
  key: RelayKey,
  server: Pick<Server, 'id' | 'name'>,
  receipt: Receipt & Pick<HistoryEntry, 'id' | 'tookMs'>,
  worker: Worker,
): Promise<HistoryEntry> {
  const { edges } = worker;
  const entry: HistoryEntry = {
    ...receipt,
    at: receipt.result.at,
    server: { id: server.id, name: server.name },
    key: { id: key.id, name: key.name, mask: key.mask, host: relayHost(key.baseUrl) },
  };
  await edges.history.save(entry);
  await keepResult(key.id, server.id, receipt, worker);
  await announceStates(server.id, worker, new Set([key.id]));
  const seen = await edges.announce({ event: 'result', entry });
  if (!seen) await keepUnseen(entry, worker);
  await showToolbar(worker);
  return entry;
}

function keepResult(
  keyId: string,
  serverId: string,
  { result }: Receipt,
  worker: Worker,
): Promise<void> {
  return oneAtATime('keys', worker, async () => {
    const keys = await worker.edges.keys.list();
    if (!keys.ok) return;
    const kept = shortResult(result);
    const changed = keys.value.map((key) =>
      key.id === keyId ? { ...key, results: { ...key.results, [serverId]: kept } } : key,
    );
    await worker.edges.keys.save(changed);
  });
}

/** Of thousands of models their number is kept with the key; History has their names. */
function shortResult(result: ImportResult): KeyResult {
  if (result.outcome === 'failed') return result;
  const { serving, ...rest } = result;
  return { ...rest, ...(serving && { serving: countServing(serving) }) };
}

const keepUnseen = (entry: HistoryEntry, worker: Worker) =>
  changeSession('unseen', worker, (unseen) => [
    ...unseen.filter(({ id }) => id !== entry.id),
    entry,
  ]);

/** Shows the import dialog where somebody looks, and otherwise in the next popup. */
export async function askInDialog(
  keyId: string,
  reason: DialogReason,
  worker: Worker,
): Promise<void> {
  await worker.edges.session.write('dialog', { keyId, reason });
  await showToolbar(worker);
  await worker.edges.announce({ event: 'dialog', keyId, reason });
}

/** Brings the toolbar button up to date: its badge, its icon and its words. */
export async function showToolbar({ edges, state }: Worker): Promise<void> {
  const [unseen, dialog] = [await edges.session.read('unseen'), await edges.session.read('dialog')];
  const entries = unseen.ok ? unseen.value : [];
  await edges.toolbar.show({
    unseen: entries.length,
    attention: entries.some(needsAttention) || (dialog.ok && dialog.value !== null),
    running: state.running.size,
  });
}
