import type { Failure } from '../core/failures/failure.ts';
import type { DialogReason } from '../core/import-view.ts';
import type { ImportStage, RelayKey } from '../core/keys/relay-key.ts';
import { ok, type Result } from '../core/result.ts';
import type { Secret } from '../core/secrets.ts';
import type { Server } from '../core/server/server.ts';
import type { SessionState } from '../core/stores.ts';
import { announceStates, runName } from './cards.ts';
import type { CarriedOut, ImportFault, Receipt } from './carry-out-import.ts';
import { loadKey, storedKey } from './manage-keys.ts';
import { changeSession } from './one-at-a-time.ts';
import { storedServer } from './open-server.ts';
import { askInDialog, reportImport, showToolbar } from './report-import.ts';
import { watchOver } from './watch-over.ts';
import type { Done, Worker } from './worker.ts';

/** An import under way: which key, to which server. */
export interface Run {
  key: RelayKey;
  apiKey: Secret;
  server: Server;
  onStage(stage: ImportStage): void;
}

/** How a run ends: with a receipt, with a failure, or with a question for the dialog. */
export type Ending = DialogReason | Result<Extract<CarriedOut, { status: 'done' }>, ImportFault>;

/**
 * Runs an import and tells how it ended. Every open page shows how far it is; a second
 * call for the same key and server shows it again and starts nothing.
 */
export async function withRun(
  keyId: string,
  serverId: string,
  worker: Worker,
  work: (run: Run) => Promise<Ending>,
): Done {
  const { running } = worker.state;
  const name = runName(keyId, serverId);
  if (running.has(name)) {
    await announceStates(serverId, worker, new Set([keyId]));
    return ok(undefined);
  }
  // Before anything is awaited, so that a double click cannot start two.
  running.set(name, 'models');
  const from = worker.edges.clock.now();
  try {
    const run = await loadRun(keyId, serverId, worker);
    if (!run.ok) return run;
    await begin(run.value, from, worker);
    const ending = await work(run.value);
    running.delete(name);
    await endRun(run.value, ending, from, worker);
    return ok(undefined);
  } finally {
    // Also where it ended in a bug, so that no page shows it as running for ever.
    if (running.delete(name)) await announceStates(serverId, worker, new Set([keyId]));
  }
}

async function loadRun(
  keyId: string,
  serverId: string,
  worker: Worker,
): Promise<Result<Run, Failure>> {
  const loaded = await loadKey(keyId, worker);
  if (!loaded.ok) return loaded;
  const server = await storedServer(serverId, worker);
  if (!server.ok) return server;
  const onStage = (stage: ImportStage) => {
    worker.state.running.set(runName(keyId, serverId), stage);
    const states = { [keyId]: { phase: 'running' as const, stage } };
    void worker.edges.announce({ event: 'states-changed', serverId, states });
  };
  return ok({ ...loaded.value, server: server.value, onStage });
}

async function begin(run: Run, at: number, worker: Worker): Promise<void> {
  await worker.edges.session.write('dialog', null);
  // Kept in the session, in case the worker is ended.
  await changeSession('running', worker, (runs) => [
    ...runs,
    { keyId: run.key.id, serverId: run.server.id, at },
  ]);
  run.onStage('models');
  await showToolbar(worker);
}

async function endRun(run: Run, ending: Ending, from: number, worker: Worker): Promise<void> {
  const { key, server } = run;
  if (typeof ending === 'string') {
    await announceStates(server.id, worker, new Set([key.id]));
    await askInDialog(key.id, ending, worker);
    await dropNote({ keyId: key.id, serverId: server.id }, worker);
    return;
  }
  const { clock, newId } = worker.edges;
  const receipt = ending.ok ? ending.value.receipt : failureReceipt(ending.failure, clock.now());
  const stamp = { id: newId(), tookMs: clock.now() - from };
  const entry = await reportImport(key, server, { ...receipt, ...stamp }, worker);
  await dropNote({ keyId: key.id, serverId: server.id }, worker);
  if (ending.ok) await watchOver(entry, ending.value.planner, run, worker);
}

type RunningNote = SessionState['running'][number];

/** Only once the outcome is told: until then a worker that is ended would leave nobody who knows of it. */
const dropNote = ({ keyId, serverId }: Omit<RunningNote, 'at'>, worker: Worker) =>
  changeSession('running', worker, (runs) =>
    runs.filter((run) => run.keyId !== keyId || run.serverId !== serverId),
  );

const failureReceipt = ({ failure, requests }: ImportFault, at: number): Receipt => ({
  result: { at, outcome: 'failed', failure },
  lines: [],
  diff: [],
  requests,
  repeats: 0,
  gone: [],
});

/** What a worker that was ended left unfinished is told of, so that nobody waits for it. */
export async function reportInterrupted(worker: Worker): Promise<void> {
  const runs = await worker.edges.session.read('running');
  if (!runs.ok) return;
  for (const note of runs.value) {
    // This worker may have been started by the click that started the import.
    if (worker.state.running.has(runName(note.keyId, note.serverId))) continue;
    await reportNote(note, worker);
    await dropNote(note, worker);
  }
}

/** Tells the outcome that is in History already, or that the import was interrupted. */
async function reportNote({ keyId, serverId, at }: RunningNote, worker: Worker): Promise<void> {
  const { clock, history, newId } = worker.edges;
  const [key, server] = [await storedKey(keyId, worker), await storedServer(serverId, worker)];
  if (!key.ok || !server.ok) return;
  const entries = await history.list();
  const known = (entries.ok ? entries.value : []).find(
    (entry) => entry.key.id === keyId && entry.server.id === serverId && entry.at >= at,
  );
  const now = clock.now();
  const fault: ImportFault = { failure: { code: 'import/interrupted' }, requests: [] };
  const interrupted = { ...failureReceipt(fault, now), id: newId(), tookMs: now - at };
  await reportImport(key.value, server.value, known ?? interrupted, worker);
}
