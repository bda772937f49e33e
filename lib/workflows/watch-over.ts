import { droppedPart } from '../core/changes/dropped.ts';
import { rebase } from '../core/changes/rebase.ts';
import type { HistoryEntry } from '../core/history.ts';
import type { Job } from '../core/jobs.ts';
import { rememberHoldings } from './look-at-server.ts';
import { openServer } from './open-server.ts';
import { readList } from './read-list.ts';
import { keepEntry } from './report-change.ts';
import { serverLock } from './server-lock.ts';
import { witnessOf } from './witness.ts';
import type { Worker } from './worker.ts';
import { writeChange } from './write-change.ts';

/** The one check that catches a server whose memory falls back behind its file (`docs/writing.md`). */
const LATER_MS = 2000;

/**
 * Looks once more, two seconds after a change was told, and writes again what the server has
 * dropped since. The receipt is then corrected.
 */
export async function watchOver(job: Job, entry: HistoryEntry, worker: Worker): Promise<void> {
  const { clock, withLock } = worker.edges;
  const plan = job.write?.plan;
  if (!plan) return;
  await clock.sleep(LATER_MS);
  const opened = await openServer(job.serverId, 'itself', worker);
  if (!opened.ok) return;
  const { server, api, memory } = opened.value;
  await withLock(serverLock(server), async () => {
    // Taken back meanwhile, or written again along with a later change that found it missing.
    if (!memory.fresh.some(({ id }) => id === job.id)) return;
    const read = await readList(job.kind, { api, memory, clock });
    if (!read.ok) return;
    await rememberHoldings(job.serverId, job.kind, read.value, worker);
    const leftIn = (entries: typeof read.value) =>
      rebase(job.kind, [droppedPart(plan, entries)], entries);
    const left = leftIn(read.value);
    if (left.plan.steps.length === 0 && left.conflicts.length === 0) return;
    const planOn = (entries: typeof read.value) => {
      const { plan: again, conflicts } = leftIn(entries);
      return conflicts.length === 0 ? again : undefined;
    };
    const again = await writeChange(
      { id: job.id, kind: job.kind, planOn },
      { api, clock, memory, onStage: () => {}, witness: witnessOf(job, worker) },
    );
    if (again.ok && again.value.status === 'written') {
      await rememberHoldings(job.serverId, job.kind, again.value.after, worker);
    }
    await keepEntry({ ...entry, ...correctionOf(again, entry, clock.now()) }, undefined, worker);
  });
}

function correctionOf(
  again: Awaited<ReturnType<typeof writeChange>>,
  { repeats, keys }: HistoryEntry,
  at: number,
): Partial<HistoryEntry> {
  if (again.ok && again.value.status === 'written') {
    return { repeats: repeats + again.value.repeats + (again.value.outcome === 'nothing' ? 0 : 1) };
  }
  // Nothing was written because somebody has to decide: what was told as saved is not there.
  const missing = Math.max(1, keys.length);
  const undecided = { code: 'import/not-saved', missing, written: 0 } as const;
  const failure = again.ok ? undecided : again.failure;
  const lost = keys.map((key) => ({ ...key, result: { at, outcome: 'failed' as const, failure } }));
  return { repeats: repeats + 1, keys: lost, ...(keys.length === 0 && { failure }) };
}
