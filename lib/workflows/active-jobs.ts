import type { Job } from '../core/jobs.ts';
import { keyIdsOf } from '../core/jobs.ts';
import type { ImportStage } from '../core/keys/relay-key.ts';
import type { RunningJob } from '../core/protocol.ts';
import { announceStates } from './cards.ts';
import { showToolbar } from './toolbar.ts';
import type { Worker } from './worker.ts';

/** Notes how far a job is, and tells every page. */
export async function reach(jobId: string, stage: ImportStage, worker: Worker): Promise<void> {
  const active = worker.state.jobs.get(jobId);
  if (!active || active.stage === stage) return;
  active.stage = stage;
  await announceJobs([active.job], worker);
  await tellRunning(worker);
}

export const isStopping = (jobId: string, { state }: Worker): boolean =>
  state.jobs.get(jobId)?.isStopping ?? false;

/** What is under way, as pages show it. */
export const runningJobs = ({ state }: Worker): RunningJob[] =>
  [...state.jobs.values()].map(({ job, stage, isStopping: stops, view, keyIds }) => ({
    jobId: job.id,
    runId: job.runId,
    cause: job.work.cause,
    ...(job.work.cause === 'undo' && { of: job.work.of }),
    ...view,
    keys: keyIds.size,
    stage,
    isStopping: stops,
  }));

/** Tells every page and the toolbar what is under way. */
export async function tellRunning(worker: Worker): Promise<void> {
  await worker.edges.announce({ event: 'running', running: runningJobs(worker) });
  await showToolbar(worker);
}

/** Tells the cards of the keys that jobs are about. */
export async function announceJobs(jobs: readonly Job[], worker: Worker): Promise<void> {
  for (const job of jobs) {
    const keyIds = keyIdsOf(job);
    if (keyIds.length > 0) await announceStates(job.serverId, worker, new Set(keyIds));
  }
}
