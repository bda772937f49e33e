import { matchEntries } from '../core/changes/match-entries.ts';
import type { ProviderEntry, ProviderKind } from '../core/changes/provider.ts';
import { entriesGone, nameOrHost } from '../core/changes/read-back.ts';
import type { ImportFailure, ServerFailure } from '../core/failures/failure.ts';
import { sameJson } from '../core/json.ts';
import type { Clock, ManagementApi } from '../core/ports.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { isOtherServer, traitsOfList } from '../core/server/traits.ts';
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
  const learnt = traitsOfList(kind, entries, wasNull, atRest);
  if (isOtherServer(memory.traits, learnt)) memory.traits = {};
  learnTraits(memory, learnt);
  // A list that lacks something may be torn: only `lookTwice` decides to believe it.
  const seen = memory.seen.get(kind);
  if (seen && entriesGone(kind, seen, entries).length === 0) memory.seen.set(kind, entries);
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
  return fail({ code: 'import/server-changed', gone: gone.map(nameOrHost) });
}

/**
 * A read that is believed: one that lacks providers which were seen before is repeated
 * for up to 3 seconds. A reload can show a short or empty list for a moment, and a write
 * on top of that would make it permanent. What is read at last counts as seen.
 */
export async function lookTwice(
  kind: ProviderKind,
  deps: ReadDeps,
): Promise<Result<{ entries: Entries; gone: readonly ProviderEntry[] }, ServerFailure>> {
  const { clock, memory } = deps;
  // What a reload dropped of ours is written again: only what others lose is an alarm.
  const seen = othersOf(kind, memory.seen.get(kind) ?? [], memory, clock.now());
  for (let reads = 0; ; reads += 1) {
    const read = await readList(kind, deps);
    if (!read.ok) return read;
    const entries = read.value;
    const gone = entriesGone(kind, seen, entries);
    if (gone.length === 0 || reads === LOSS_READS) {
      memory.seen.set(kind, entries);
      return ok({ entries, gone });
    }
    await clock.sleep(LOSS_WAIT_MS);
  }
}

/** What a list holds that no change of the last 30 seconds created or removed. */
function othersOf(
  kind: ProviderKind,
  seen: Entries,
  memory: ServerMemory,
  now: number,
): readonly ProviderEntry[] {
  const steps = freshChanges(memory, kind, now).flatMap(({ plan }) => plan.steps);
  const matcher = matchEntries(kind, seen);
  const ours = steps.flatMap(({ before, after }) =>
    before && after ? [] : [matcher.find(after ?? before ?? {})],
  );
  const places = new Set(ours);
  return seen.filter((_, place) => !places.has(place));
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
