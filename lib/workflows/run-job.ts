import type { Plan } from '../core/changes/plan.ts';
import type { ProviderEntry } from '../core/changes/provider.ts';
import { type Conflict, rebase } from '../core/changes/rebase.ts';
import { showConflict } from '../core/changes/show-conflict.ts';
import type { DialogReason } from '../core/dialog-reason.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { Job } from '../core/jobs.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { announceJobs, reach, tellRunning } from './active-jobs.ts';
import { importItems } from './import-items.ts';
import { type OpenServer, openServer } from './open-server.ts';
import { askInDialog, type Ending, reportChange } from './report-change.ts';
import { watchOver } from './watch-over.ts';
import type { Worker } from './worker.ts';
import type { Undecided, Written } from './write-change.ts';
import { writeLocked } from './write-locked.ts';

/** Carries out a job, tells what became of it, and watches over it for a moment. */
export async function runJob(job: Job, worker: Worker): Promise<void> {
  const opened = await openServer(job.serverId, 'itself', worker);
  const ending: Ending | DialogReason = !opened.ok
    ? { written: opened, left: [], requests: [] }
    : job.work.cause === 'import'
      ? await importItems(job, job.work.items, opened.value, worker)
      : await rewrite(job, job.work, opened.value, worker);
  await endJob(job, ending, opened.ok ? opened.value : undefined, worker);
}

/** Tells how a job ended and takes it out of the journal, once nothing can befall it any more. */
export async function endJob(
  job: Job,
  ending: Ending | DialogReason,
  opened: OpenServer | undefined,
  worker: Worker,
): Promise<void> {
  if (typeof ending === 'string') {
    const [item] = job.work.cause === 'import' ? job.work.items : [];
    worker.state.jobs.delete(job.id);
    await announceJobs([job], worker);
    await tellRunning(worker);
    const { serverId } = job;
    if (item) await askInDialog({ keyId: item.keyId, serverId, reason: ending }, worker);
    await worker.edges.journal.remove(job.id);
    return;
  }
  if (ending.written.ok) await reach(job.id, 'serving', worker);
  const entry = await reportChange(job, ending, opened, worker);
  const isProved = ending.written.ok && job.write !== undefined;
  await tellRunning(worker);
  if (isProved && entry) {
    job.toldAs = entry.id;
    await worker.edges.journal.save([job]);
    await watchOver(job, entry, worker);
  }
  await worker.edges.journal.remove(job.id);
}

/** Writes a plan that was made on an older list: an undo, a backup that is put back. */
async function rewrite(
  job: Job,
  work: Extract<Job['work'], { plan: Plan }>,
  opened: OpenServer,
  worker: Worker,
): Promise<Ending> {
  let conflicts: readonly Conflict[] = [];
  const planOn = (entries: readonly ProviderEntry[]) => {
    const rebased = rebase(job.kind, [work.plan], entries, work.resolve);
    conflicts = rebased.conflicts;
    return conflicts.length === 0 ? rebased.plan : undefined;
  };
  // A backup says of the whole list how it is to be, whatever was written a moment ago.
  const supersedes = work.cause === 'restore' ? 'all' : [work.of];
  const written = await writeLocked(job, { planOn, supersedes }, opened, worker);
  const failure = { code: 'change/conflict', conflicts: conflicts.map(showConflict) } as const;
  return { ...endingOf(written, failure), requests: opened.requests };
}

/** What a write came to; where somebody has to decide, `failure` says what. */
function endingOf(
  written: Result<Written | Undecided, Failure>,
  failure: Failure,
): Pick<Ending, 'written' | 'left'> {
  if (!written.ok) return { written, left: [] };
  const { value } = written;
  return { written: value.status === 'undecided' ? fail(failure) : ok(value), left: [] };
}
