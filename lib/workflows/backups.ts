import { keysOf } from '../core/changes/kinds.ts';
import { matchEntries } from '../core/changes/match-entries.ts';
import type { Plan, Step } from '../core/changes/plan.ts';
import { asStored, type ProviderEntry } from '../core/changes/provider.ts';
import { sameEntry } from '../core/changes/same-entry.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { BackupInfo, BackupRef, ChangePreview } from '../core/protocol.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Backup } from '../core/stores.ts';
import { storedServer } from './open-server.ts';
import { runJobs } from './run-jobs.ts';
import { lookAtList, newJob, previewPlan } from './undo.ts';
import type { Done, Worker } from './worker.ts';

/** The backups of a server, newest first, without what is secret in them. */
export async function readBackups(
  serverId: string,
  { edges }: Worker,
): Promise<Result<readonly BackupInfo[], Failure>> {
  const backups = await edges.backups.list(serverId);
  if (!backups.ok) return backups;
  return ok(
    backups.value.map(({ id, at, kind, entries }) => ({
      id,
      at,
      kind,
      providers: entries.length,
      keys: entries.flatMap((entry) => keysOf(kind, entry)).length,
    })),
  );
}

/** A backup as a file: the list in the form in which the server takes it, keys in clear. */
export async function readBackup(
  ref: BackupRef,
  worker: Worker,
): Promise<Result<{ name: string; json: string }, Failure>> {
  const backup = await backupOf(ref, worker);
  if (!backup.ok) return backup;
  const server = await storedServer(ref.serverId, worker);
  if (!server.ok) return server;
  const { kind, at, entries } = backup.value;
  const day = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
  const json = JSON.stringify({ [kind]: entries.map(asStored) }, null, 2);
  return ok({ name: `${server.value.name} ${kind} ${day}.json`, json });
}

/** What putting a backup in the place of the list would do. */
export async function previewRestore(
  ref: BackupRef,
  worker: Worker,
): Promise<Result<ChangePreview, Failure>> {
  const planned = await planRestore(ref, worker);
  return planned.ok ? previewPlan(ref.serverId, planned.value.plan, 'ours', worker) : planned;
}

/** Puts a backup in the place of the list that was seen: what came since goes, as the preview said. */
export async function restoreBackup(ref: BackupRef, seen: string, worker: Worker): Done {
  const planned = await planRestore(ref, worker);
  if (!planned.ok) return planned;
  const { plan, mark } = planned.value;
  if (mark !== seen) return fail({ code: 'change/list-changed' });
  const work = { cause: 'restore', of: ref.backupId, plan, resolve: 'ask' } as const;
  return runJobs([newJob(ref.serverId, plan, work, worker)], worker);
}

async function planRestore(
  ref: BackupRef,
  worker: Worker,
): Promise<Result<{ plan: Plan; mark: string }, Failure>> {
  const backup = await backupOf(ref, worker);
  if (!backup.ok) return backup;
  const { kind, entries } = backup.value;
  const look = await lookAtList(ref.serverId, kind, worker);
  if (!look.ok) return look;
  return ok({ plan: planBetween(kind, look.value.entries, entries), mark: look.value.mark });
}

/** The steps that make a list of what stands there now. */
function planBetween(
  kind: Plan['kind'],
  now: readonly ProviderEntry[],
  wanted: readonly ProviderEntry[],
): Plan {
  const matcher = matchEntries(kind, now);
  const places = wanted.map((entry) => matcher.find(entry));
  const kept = new Set(places);
  const steps = wanted.flatMap((after, at): Step[] => {
    const place = places[at];
    const before = place === undefined ? undefined : now[place];
    if (place === undefined || !before) return [{ at, after: asStored(after), reasons: ['undo'] }];
    if (sameEntry(before, after)) return [];
    return [{ at: place, before, after: asStored(after), reasons: ['undo'] }];
  });
  const removed = now.flatMap((before, at): Step[] =>
    kept.has(at) ? [] : [{ at, before, reasons: ['undo'] }],
  );
  const found = places.filter((place) => place !== undefined);
  const isMoved = found.some((place, at) => at > 0 && place < (found[at - 1] ?? 0));
  return { kind, steps: [...removed, ...steps], ...(isMoved && { order: wanted }) };
}

async function backupOf(
  { serverId, backupId }: BackupRef,
  { edges }: Worker,
): Promise<Result<Backup, Failure>> {
  const backups = await edges.backups.list(serverId);
  if (!backups.ok) return backups;
  const backup = backups.value.find(({ id }) => id === backupId);
  return backup ? ok(backup) : fail({ code: 'storage/gone', what: 'entry' });
}
