import {
  isProvider,
  type ProviderEntry,
  type ProviderKind,
  type ProviderRef,
} from '../core/changes/provider.ts';
import { providersGone } from '../core/changes/read-back.ts';
import type { ImportFailure, ServerFailure } from '../core/failures/failure.ts';
import { sameJson } from '../core/json.ts';
import type { Clock, ManagementApi } from '../core/ports.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { traitsOfList } from '../core/server/traits.ts';
import { freshChanges, learnTraits, type ServerMemory } from './server-memory.ts';

export interface ReadDeps {
  api: ManagementApi;
  clock: Clock;
  memory: ServerMemory;
}

type Entries = readonly ProviderEntry[];

/** After this long without a write of ours a list is taken as at rest. */
const AT_REST_MS = 3000;

/** One read of a list. What it tells of the server's ways is remembered. */
export async function readList(
  kind: ProviderKind,
  { api, clock, memory }: ReadDeps,
): Promise<Result<Entries, ServerFailure>> {
  const atRest = clock.now() - memory.lastWriteAt > AT_REST_MS;
  const read = await api.readProviders(kind);
  if (!read.ok) return read;
  const { entries, wasNull } = read.value;
  learnTraits(memory, traitsOfList(entries, wasNull, atRest));
  return ok(entries);
}

const QUIET_MS = 300;
const LOSS_WAIT_MS = 500;
const LOSS_READS = 6;

/**
 * The read that a write stands on: after 300 ms of quiet, and not on a list that lost
 * providers since it was last seen. Whoever goes on after being told does so knowingly.
 */
export async function readBeforeWrite(
  kind: ProviderKind,
  deps: ReadDeps,
): Promise<Result<Entries, ServerFailure | ImportFailure>> {
  const { clock, memory } = deps;
  await clock.sleep(Math.max(0, memory.lastWriteAt + QUIET_MS - clock.now()));
  const look = await lookTwice(kind, deps);
  if (!look.ok) return look;
  const { entries, gone } = look.value;
  if (gone.length === 0) return ok(entries);
  return fail({ code: 'import/server-changed', gone: gone.map(({ name }) => name) });
}

/**
 * A read that is believed: one that lacks providers which were seen before is repeated
 * for up to 3 seconds. A reload can show a short or empty list for a moment, and a write
 * on top of that would make it permanent. What is read at last counts as seen.
 */
export async function lookTwice(
  kind: ProviderKind,
  deps: ReadDeps,
): Promise<Result<{ entries: Entries; gone: readonly ProviderRef[] }, ServerFailure>> {
  const { clock, memory } = deps;
  // What a reload dropped of ours is written again: only what others lose is an alarm.
  const ours = freshChanges(memory, kind, clock.now()).flatMap(({ created }) => created);
  const seen = (memory.seen.get(kind) ?? []).filter(
    (entry) => !ours.some((ref) => isProvider(entry, ref)),
  );
  for (let reads = 0; ; reads += 1) {
    const read = await readList(kind, deps);
    if (!read.ok) return read;
    const entries = read.value;
    const gone = providersGone(seen, entries);
    if (gone.length === 0 || reads === LOSS_READS) {
      memory.seen.set(kind, entries);
      return ok({ entries, gone });
    }
    await clock.sleep(LOSS_WAIT_MS);
  }
}

const STABLE_WAIT_MS = 400;
const STABLE_READS = 8;

/**
 * Reads until two reads in a row are equal and nothing of others is missing, at most eight
 * times: the reload that dropped something has ended, and what it showed torn is whole.
 */
export async function readUntilStable(
  kind: ProviderKind,
  deps: ReadDeps,
  isWhole: (entries: Entries) => boolean,
): Promise<Result<Entries, ServerFailure>> {
  let read = await readList(kind, deps);
  for (let reads = 1; reads < STABLE_READS; reads += 1) {
    await deps.clock.sleep(STABLE_WAIT_MS);
    const again = await readList(kind, deps);
    const isStable = read.ok && again.ok && sameJson([...read.value], [...again.value]);
    if (isStable && isWhole(again.value)) return again;
    read = again;
  }
  return read;
}
