import type { Resolve } from './changes/merge-entry.ts';
import type { Plan } from './changes/plan.ts';
import type { ProviderKind } from './changes/provider.ts';
import type { ImportForm } from './import-view.ts';

/** What a job is about: the same machinery writes, proves, tells and takes back each of them. */
type JobWork =
  | {
      cause: 'import';
      items: readonly ImportItem[];
      /** Of one click on several keys or servers: what needs a decision is told, no dialog opens. */
      isBatch?: boolean | undefined;
    }
  /** Takes back what a History entry tells, or puts a backup in the place of a list. */
  | { cause: 'undo' | 'restore'; of: string; plan: Plan; resolve: Resolve };

/** One relay key on its way to a server. Without a form, as one click means it. */
export interface ImportItem {
  keyId: string;
  form?: ImportForm | undefined;
}

/**
 * One change to one list of one server, as the journal keeps it until its outcome is told.
 * The journal rests sealed; a worker that finds a job in it looks at the server first.
 */
export interface Job {
  id: string;
  /** Jobs of one click: several servers, several lists. */
  runId: string;
  /** Epoch ms. */
  at: number;
  serverId: string;
  kind: ProviderKind;
  work: JobWork;
  /** From the first request that writes on: what was sent, and whether it was answered. */
  write?: JobWrite | undefined;
  /** The History entry that tells the outcome, once there is one. */
  toldAs?: string | undefined;
}

export interface JobWrite {
  plan: Plan;
  /** Epoch ms of the last request. */
  at: number;
  answered: boolean;
  /** How often it was sent. */
  times: number;
}

/** The keys that a job is about. */
export const keyIdsOf = ({ work }: Pick<Job, 'work'>): readonly string[] =>
  work.cause === 'import' ? work.items.map(({ keyId }) => keyId) : [];
