import { ok } from '../core/result.ts';
import type { JournalStore } from '../core/stores.ts';
import type { SealedStore } from './sealed-store.ts';
import { storedJob } from './stored-shapes.ts';

const PREFIX = 'journal/';
const nameOf = (jobId: string) => PREFIX + jobId;

/** The journal: one sealed record for each change that is under way. */
export function createJournalStore(store: SealedStore): JournalStore {
  return {
    async list() {
      const jobs = await store.readAll(PREFIX, storedJob);
      return jobs.ok ? ok(jobs.value.toSorted((one, other) => one.at - other.at)) : jobs;
    },
    save: (jobs) => store.write(Object.fromEntries(jobs.map((job) => [nameOf(job.id), job]))),
    remove: (jobId) => store.write({ [nameOf(jobId)]: undefined }),
  };
}
