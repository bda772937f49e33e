import { rebase } from '../core/changes/rebase.ts';
import type { Job, JobWrite } from '../core/jobs.ts';
import { fail, ok } from '../core/result.ts';
import { announceJobs, tellRunning } from './active-jobs.ts';
import { rememberHoldings } from './look-at-server.ts';
import { type OpenServer, openServer } from './open-server.ts';
import { readList } from './read-list.ts';
import type { Ending } from './report-change.ts';
import { endJob, runJob } from './run-job.ts';
import { runJobs } from './run-jobs.ts';
import { FRESH_MS, rememberWrite } from './server-memory.ts';
import { watchOver } from './watch-over.ts';
import type { Worker } from './worker.ts';
import { afterWrite } from './write-change.ts';
import { writeLocked } from './write-locked.ts';

/**
 * Takes up what an earlier worker left: it was ended, the browser closed, the network gone,
 * the extension updated. The server is looked at first; nothing is repeated blindly.
 */
export async function resumeJobs(worker: Worker): Promise<void> {
  const jobs = await worker.edges.journal.list();
  // A vault that is locked opens later, and the alarm stays.
  if (!jobs.ok) return;
  // This worker may have been started by the click that started the job.
  const others = jobs.value.filter(({ id }) => !worker.state.jobs.has(id));
  // What is taken back by now is not watched over any more.
  const undone = new Set(others.map(({ work }) => (work.cause === 'undo' ? work.of : '')));
  const isOver = ({ id, toldAs }: Job) => toldAs !== undefined && undone.has(id);
  for (const { id } of others.filter(isOver)) await worker.edges.journal.remove(id);
  const left = others.filter((job) => !isOver(job));
  if (left.length > 0) await runJobs(left, worker, { carryOut: resumeJob });
  else if (worker.state.jobs.size === 0) await worker.edges.alarm.clear();
}

async function resumeJob(job: Job, worker: Worker): Promise<void> {
  const { write } = job;
  // Nothing was sent yet: it begins anew.
  if (!write) return runJob(job, worker);
  const opened = await openServer(job.serverId, 'itself', worker);
  if (!opened.ok) {
    const written = fail({ code: 'import/unknown-outcome' } as const);
    return endJob(job, { written, left: [], requests: [] }, undefined, worker);
  }
  const { memory } = opened.value;
  const isFresh = worker.edges.clock.now() - write.at < FRESH_MS;
  memory.lastWriteAt = Math.max(memory.lastWriteAt, write.at);
  if (isFresh) rememberWrite(memory, { id: job.id, plan: write.plan, at: write.at });
  if (job.toldAs !== undefined) return resumeWatch(job, job.toldAs, isFresh, worker);
  const ending = await finish(job, write, isFresh, opened.value, worker);
  return endJob(job, ending, opened.value, worker);
}

async function resumeWatch(
  job: Job,
  entryId: string,
  isFresh: boolean,
  worker: Worker,
): Promise<void> {
  // Its outcome is told: no page has to show it as running.
  worker.state.jobs.delete(job.id);
  await announceJobs([job], worker);
  await tellRunning(worker);
  const entry = await worker.edges.history.read(entryId);
  if (isFresh && entry.ok && entry.value) await watchOver(job, entry.value, worker);
  await worker.edges.journal.remove(job.id);
}

/** An answer that was lost may still come: up to 1.4 s passed until a write appeared (`docs/writing.md`). */
const LATE_READS_MS = [0, 1000, 2000, 4000];
const MAX_TIMES = 4;

/** Finishes a write that was sent: it is there, or it is written again while that is safe to say. */
async function finish(
  job: Job,
  write: JobWrite,
  isFresh: boolean,
  opened: OpenServer,
  worker: Worker,
): Promise<Ending> {
  const { requests, api, memory } = opened;
  const { clock } = worker.edges;
  const leftIn = (entries: Parameters<typeof rebase>[2]) => rebase(job.kind, [write.plan], entries);
  let state: 'there' | 'missing' | 'unknown' = 'unknown';
  for (const wait of write.answered ? LATE_READS_MS.slice(0, 1) : LATE_READS_MS) {
    await clock.sleep(wait);
    const read = await readList(job.kind, { api, memory, clock });
    if (!read.ok) continue;
    await rememberHoldings(job.serverId, job.kind, read.value, worker);
    const { plan, conflicts } = leftIn(read.value);
    state = plan.steps.length === 0 && conflicts.length === 0 ? 'there' : 'missing';
    if (state === 'there') break;
  }
  if (state === 'unknown')
    return { written: fail({ code: 'import/unknown-outcome' }), left: [], requests };
  // What is missing so long after it was sent may have been taken out by somebody.
  if (state === 'missing' && (!isFresh || write.times >= MAX_TIMES))
    return { written: fail({ code: 'import/interrupted' }), left: [], requests };
  const planOn = (entries: Parameters<typeof rebase>[2]) => {
    const { plan, conflicts } = leftIn(entries);
    return conflicts.length === 0 ? plan : undefined;
  };
  const written = await writeLocked(job, { planOn }, opened, worker);
  if (!written.ok) return { written: fail(afterWrite(written.failure)), left: [], requests };
  if (written.value.status === 'undecided')
    return { written: fail({ code: 'import/interrupted' }), left: [], requests };
  // The receipt tells the plan as a whole, whatever of it was there already.
  return { written: ok({ ...written.value, plan: write.plan }), left: [], requests };
}
