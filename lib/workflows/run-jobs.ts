import { type Job, keyIdsOf } from '../core/jobs.ts';
import { ok } from '../core/result.ts';
import { announceJobs, tellRunning } from './active-jobs.ts';
import { storedKey } from './manage-keys.ts';
import { storedServer } from './open-server.ts';
import { runJob } from './run-job.ts';
import type { Done, Worker } from './worker.ts';

interface HowToRun {
  /** A job that an earlier worker left is taken up otherwise than a new one. */
  carryOut?(job: Job, worker: Worker): Promise<void>;
  /** Asked first, once nobody else can begin the same. */
  mayBegin?(): Done;
}

/**
 * Carries out jobs, those of one server one after the other, and ends when all their
 * outcomes are told. What cannot be kept in the journal is not begun.
 */
export async function runJobs(
  jobs: readonly Job[],
  worker: Worker,
  { carryOut = runJob, mayBegin = async () => ok(undefined) }: HowToRun = {},
): Done {
  const free = jobs.filter(({ id }) => !worker.state.jobs.has(id));
  // Before anything is awaited, so that a double click cannot start two.
  for (const job of free) claim(job, worker);
  try {
    const may = await mayBegin();
    if (!may.ok) return may;
    const kept = await worker.edges.journal.save(free);
    if (!kept.ok) return kept;
    await worker.edges.alarm.setAhead();
    for (const job of free) await describe(job, worker);
    await announceJobs(free, worker);
    await tellRunning(worker);
    const byServer = Map.groupBy(free, ({ serverId }) => serverId);
    await Promise.all(
      [...byServer.values()].map(async (own) => {
        for (const job of own) await carryOut(job, worker);
      }),
    );
    return ok(undefined);
  } finally {
    // Also where one ended in a bug, so that no page shows it as running for ever.
    const left = free.filter(({ id }) => worker.state.jobs.delete(id));
    await announceJobs(left, worker);
    await tellRunning(worker);
    await rest(worker);
  }
}

function claim(job: Job, { state }: Worker): void {
  const view = { server: { id: job.serverId, name: '' }, keyName: '' };
  const keyIds = new Set(keyIdsOf(job));
  const stage = job.work.cause === 'import' ? 'models' : 'reading';
  state.jobs.set(job.id, { job, keyIds, stage, isStopping: false, view });
}

/** Gives a running job the names that pages show. */
async function describe(job: Job, worker: Worker): Promise<void> {
  const active = worker.state.jobs.get(job.id);
  if (!active) return;
  const server = await storedServer(job.serverId, worker);
  const [keyId, ...more] = keyIdsOf(job);
  const key = keyId !== undefined && more.length === 0 ? await storedKey(keyId, worker) : undefined;
  active.view = {
    server: { id: job.serverId, name: server.ok ? server.value.name : '' },
    keyName: key?.ok ? key.value.name : '',
  };
}

/** Nothing is under way any more: no alarm has to wake anybody, and an update may come. */
async function rest(worker: Worker): Promise<void> {
  if (worker.state.jobs.size > 0) return;
  const left = await worker.edges.journal.list();
  if (left.ok && left.value.length > 0) return;
  await worker.edges.alarm.clear();
  if (worker.state.updateWaits) worker.edges.restartForUpdate();
}

/** The update that the browser offers waits for what is under way. */
export function takeUpdate({ edges, state }: Worker): void {
  if (state.jobs.size === 0) edges.restartForUpdate();
  else state.updateWaits = true;
}

/** Stops the jobs of a run before their next write; what is written stays. */
export async function cancelRun(runId: string, worker: Worker): Done {
  for (const active of worker.state.jobs.values()) {
    if (active.job.runId === runId) active.isStopping = true;
  }
  await tellRunning(worker);
  return ok(undefined);
}
