import type { Job } from '../core/jobs.ts';
import { ok } from '../core/result.ts';
import type { Worker } from './worker.ts';
import type { Witness } from './write-deps.ts';

/**
 * Keeps, before each request of a job, the list as it was just read (the backup) and what is
 * about to be sent, and after it that it was answered. `job` is brought up to date with it.
 */
export const witnessOf = (job: Job, { edges }: Worker): Witness => ({
  async beforeWrite(plan, entries) {
    const at = edges.clock.now();
    const { serverId, kind } = job;
    const backup = await edges.backups.save({ id: edges.newId(), at, serverId, kind, entries });
    if (!backup.ok) return backup;
    const times = (job.write?.times ?? 0) + 1;
    const write = { plan, at, answered: false, times };
    const kept = await edges.journal.save([{ ...job, write }]);
    if (kept.ok) job.write = write;
    return kept.ok ? ok(undefined) : kept;
  },

  async afterWrite() {
    if (!job.write) return;
    job.write = { ...job.write, at: edges.clock.now(), answered: true };
    // A journal that is full by now still says that it was sent: the server is looked at first.
    await edges.journal.save([job]);
  },
});
