import { changeLines, planDiff } from '../core/changes/describe.ts';
import { fileLosses } from '../core/changes/file-losses.ts';
import type { Resolve } from '../core/changes/merge-entry.ts';
import type { Plan } from '../core/changes/plan.ts';
import { asStored, type ProviderEntry, type ProviderKind } from '../core/changes/provider.ts';
import { rebase } from '../core/changes/rebase.ts';
import { showConflict } from '../core/changes/show-conflict.ts';
import { needsPatch } from '../core/changes/write-form.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { Job } from '../core/jobs.ts';
import type { ChangePreview } from '../core/protocol.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { UndoRecord } from '../core/stores.ts';
import { openServer } from './open-server.ts';
import { lookTwice } from './read-list.ts';
import { runJobs } from './run-jobs.ts';
import type { Done, Worker } from './worker.ts';

/** What taking back a change would do now, and where somebody changed the same since. */
export async function previewUndo(
  entryId: string,
  resolve: Resolve,
  worker: Worker,
): Promise<Result<ChangePreview, Failure>> {
  const record = await undoRecord(entryId, worker);
  if (!record.ok) return record;
  const { serverId, plan } = record.value;
  return previewPlan(serverId, plan, resolve, worker);
}

/** What a plan that was made on an older list would do to the list of now. */
export async function previewPlan(
  serverId: string,
  plan: Plan,
  resolve: Resolve,
  worker: Worker,
): Promise<Result<ChangePreview, Failure>> {
  const look = await lookAtList(serverId, plan.kind, worker);
  if (!look.ok) return look;
  const { entries, mark } = look.value;
  const { plan: now, conflicts } = rebase(plan.kind, [plan], entries, resolve);
  const isChange = now.steps.length > 0 || now.order !== undefined;
  return ok({
    lines: changeLines(entries, now, { isNamed: true }),
    diff: planDiff(now),
    ...(isChange && { write: needsPatch(entries, now) ? ('PATCH' as const) : ('PUT' as const) }),
    conflicts: conflicts.map(showConflict),
    losses: fileLosses(entries, now),
    seen: mark,
  });
}

/** A list as it is now, and what tells it from any other. */
export async function lookAtList(
  serverId: string,
  kind: ProviderKind,
  worker: Worker,
): Promise<Result<{ entries: readonly ProviderEntry[]; mark: string }, Failure>> {
  const opened = await openServer(serverId, 'itself', worker);
  if (!opened.ok) return opened;
  const { api, memory } = opened.value;
  const look = await lookTwice(kind, { api, memory, clock: worker.edges.clock });
  if (!look.ok) return look;
  const { entries } = look.value;
  const mark = await worker.edges.fingerprint(JSON.stringify(entries.map(asStored)));
  return ok({ entries, mark });
}

interface UndoChoice {
  resolve: Resolve;
  /** Of the list on which the person chose. */
  seen?: string | undefined;
}

/** Takes a change back, by the same protocol as it was written. */
export async function undo(entryId: string, choice: UndoChoice, worker: Worker): Done {
  const record = await undoRecord(entryId, worker);
  if (!record.ok) return record;
  const { serverId } = record.value;
  const work =
    choice.resolve === 'ours'
      ? await planOverTheirs(record.value, choice, worker)
      : ok({ plan: record.value.plan, resolve: choice.resolve });
  if (!work.ok) return work;
  const { plan } = work.value;
  const job = { cause: 'undo', of: entryId, ...work.value } as const;
  return runJobs([newJob(serverId, plan, job, worker)], worker);
}

/** Overwrites what the person saw of others, and nothing that came later: that would be asked anew. */
async function planOverTheirs(
  { serverId, plan }: UndoRecord,
  { seen }: UndoChoice,
  worker: Worker,
): Promise<Result<{ plan: Plan; resolve: Resolve }, Failure>> {
  const look = await lookAtList(serverId, plan.kind, worker);
  if (!look.ok) return look;
  const { entries, mark } = look.value;
  if (mark !== seen) return fail({ code: 'change/list-changed' });
  return ok({ plan: rebase(plan.kind, [plan], entries, 'ours').plan, resolve: 'ask' });
}

export const newJob = (
  serverId: string,
  { kind }: Plan,
  work: Job['work'],
  { edges }: Worker,
): Job => ({
  id: edges.newId(),
  runId: edges.newId(),
  at: edges.clock.now(),
  serverId,
  kind,
  work,
});

async function undoRecord(
  entryId: string,
  { edges }: Worker,
): Promise<Result<UndoRecord, Failure>> {
  const record = await edges.history.undoOf(entryId);
  if (!record.ok) return record;
  return record.value ? ok(record.value) : fail({ code: 'storage/gone', what: 'entry' });
}
