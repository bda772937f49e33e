import type { Plan } from '../core/changes/plan.ts';
import type { ProviderEntry } from '../core/changes/provider.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { Job } from '../core/jobs.ts';
import { fail, type Result } from '../core/result.ts';
import { isStopping, reach } from './active-jobs.ts';
import { rememberHoldings } from './look-at-server.ts';
import { nameErasures } from './name-erasures.ts';
import type { OpenServer } from './open-server.ts';
import { serverLock } from './server-lock.ts';
import { witnessOf } from './witness.ts';
import type { Worker } from './worker.ts';
import { type Change, type Undecided, type Written, writeChange } from './write-change.ts';

/** One change at a time per server, journaled, and not begun once it was stopped. */
export function writeLocked(
  job: Job,
  change: Omit<Change, 'id' | 'kind'>,
  { server, api, memory }: OpenServer,
  worker: Worker,
): Promise<Result<Written | Undecided, Failure>> {
  const { clock, withLock } = worker.edges;
  const onStage = (stage: 'reading' | 'writing' | 'verifying') => void reach(job.id, stage, worker);
  const witness = witnessOf(job, worker);
  return withLock(serverLock(server), async () => {
    if (isStopping(job.id, worker)) return fail({ code: 'change/cancelled' });
    await recallList(job, memory, worker);
    const whole = { ...change, id: job.id, kind: job.kind };
    const stoppable = {
      ...witness,
      beforeWrite: async (plan: Plan, entries: readonly ProviderEntry[]) => {
        if (job.write) return witness.beforeWrite(plan, entries);
        if (isStopping(job.id, worker)) return fail({ code: 'change/cancelled' });
        const named = await nameErasures(job.kind, entries, { api, memory });
        return named.ok ? witness.beforeWrite(plan, entries) : named;
      },
    };
    const written = await writeChange(whole, { api, clock, memory, onStage, witness: stoppable });
    const seen = memory.seen.get(job.kind);
    if (seen) await rememberHoldings(job.serverId, job.kind, seen, worker);
    return written;
  });
}

/** A backup is as good as a look for so long: what is missing since may be the reload's doing. */
const RECALLED_MS = 60_000;

/** A worker that was just started has nothing to compare a list with, and no last write: the newest backup tells both. */
async function recallList(
  { serverId, kind }: Job,
  memory: OpenServer['memory'],
  { edges }: Worker,
): Promise<void> {
  const isNew = memory.lastWriteAt === Number.NEGATIVE_INFINITY;
  if (!isNew && memory.seen.has(kind)) return;
  const backups = await edges.backups.list(serverId);
  if (!backups.ok) return;
  // A backup is made just before a write.
  const [last] = backups.value;
  if (last) memory.lastWriteAt = Math.max(memory.lastWriteAt, last.at);
  const newest = backups.value.find((backup) => backup.kind === kind);
  const isLate = !newest || newest.at <= edges.clock.now() - RECALLED_MS;
  if (!isLate && !memory.seen.has(kind)) memory.seen.set(kind, newest.entries);
}
