import { joinPlans, type Plan } from '../core/changes/plan.ts';
import type { ProviderEntry, ProviderKind, ProviderRef } from '../core/changes/provider.ts';
import type { ServerTraits } from '../core/server/traits.ts';

/** Makes the plan of a change on a list, or nothing where it has nothing to say any more. */
export type Planner = (entries: readonly ProviderEntry[], traits: ServerTraits) => Plan | undefined;

/** A change that was written a moment ago, and that a reload may still drop. */
interface FreshChange {
  kind: ProviderKind;
  planOn: Planner;
  at: number;
  /** The providers that it created. */
  created: readonly ProviderRef[];
}

/**
 * What the worker remembers of one server while it lives: enough to write at the right
 * moment and to notice what a reload dropped. None of it has to survive the worker.
 */
export interface ServerMemory {
  traits: ServerTraits;
  lastWriteAt: number;
  /** The list as it was last seen, by kind. */
  seen: Map<ProviderKind, readonly ProviderEntry[]>;
  fresh: FreshChange[];
}

export const newServerMemory = (): ServerMemory => ({
  traits: {},
  lastWriteAt: Number.NEGATIVE_INFINITY,
  seen: new Map(),
  fresh: [],
});

/** How long a write of ours is watched over: a key that is gone later was removed by someone. */
const FRESH_MS = 30_000;

/** This kind's changes of the last 30 seconds, oldest first. */
export function freshChanges(memory: ServerMemory, kind: ProviderKind, now: number): FreshChange[] {
  memory.fresh = memory.fresh.filter(({ at }) => at > now - FRESH_MS);
  return memory.fresh.filter((change) => change.kind === kind);
}

/** What has to be written so that a list holds our changes of the last 30 seconds, and one more. */
export function planFresh(
  memory: ServerMemory,
  kind: ProviderKind,
  entries: readonly ProviderEntry[],
  { now, more = [] }: { now: number; more?: readonly Planner[] },
): Plan {
  const planners = [...freshChanges(memory, kind, now).map(({ planOn }) => planOn), ...more];
  return joinPlans(
    kind,
    entries,
    planners.map((planOn) => (list) => planOn(list, memory.traits)),
  );
}

/** Watches over a change from the moment its write was sent. */
export function rememberWrite(memory: ServerMemory, change: FreshChange): void {
  memory.fresh = [...memory.fresh.filter(({ planOn }) => planOn !== change.planOn), change];
}

export function learnTraits(memory: ServerMemory, learnt: ServerTraits): void {
  memory.traits = { ...memory.traits, ...learnt };
}
