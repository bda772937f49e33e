import { droppedPart } from '../core/changes/dropped.ts';
import { applyPlan, isShrinking, type Plan } from '../core/changes/plan.ts';
import type { ProviderEntry, ProviderKind } from '../core/changes/provider.ts';
import { type Rebased, rebase } from '../core/changes/rebase.ts';
import type { ServerTraits } from '../core/server/traits.ts';

/** A change that was written a moment ago, and that a reload may still drop. */
export interface FreshChange {
  /** Of the job. */
  id: string;
  plan: Plan;
  at: number;
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
  /** What the first write would erase from the server's file was looked for. */
  erasuresNamed?: boolean;
}

export const newServerMemory = (): ServerMemory => ({
  traits: {},
  lastWriteAt: Number.NEGATIVE_INFINITY,
  seen: new Map(),
  fresh: [],
});

/** How long a write of ours is watched over: a key that is gone later was removed by someone. */
export const FRESH_MS = 30_000;

/** This kind's changes of the last 30 seconds, oldest first. */
export function freshChanges(memory: ServerMemory, kind: ProviderKind, now: number): FreshChange[] {
  memory.fresh = memory.fresh.filter(({ at }) => at > now - FRESH_MS);
  return memory.fresh.filter(({ plan }) => plan.kind === kind);
}

/** What has to be written so that a list holds our changes of the last 30 seconds, and one more. */
export function planFresh(
  memory: ServerMemory,
  kind: ProviderKind,
  entries: readonly ProviderEntry[],
  { now, own }: { now: number; own?: FreshChange | undefined },
): Rebased {
  // What takes something out is only done again by itself: it has to wait for a server at rest.
  const mayShrink = own !== undefined && isShrinking(own.plan);
  const others = freshChanges(memory, kind, now).filter(
    ({ id, plan }) => id !== own?.id && (mayShrink || !isShrinking(plan)),
  );
  const dropped = others.map(({ plan }) => droppedPart(plan, entries));
  const plans = [...dropped, ...(own ? [own.plan] : [])];
  return rebase(kind, plans, entries);
}

/** Watches over a change from the moment its write was sent. */
export function rememberWrite(memory: ServerMemory, change: FreshChange): void {
  memory.fresh = [...memory.fresh.filter(({ id }) => id !== change.id), change];
}

/** Stops watching over changes that are taken back. */
export function forgetWrites(
  memory: ServerMemory,
  kind: ProviderKind,
  ids: readonly string[] | 'all',
): void {
  memory.fresh = memory.fresh.filter(({ id, plan }) =>
    ids === 'all' ? plan.kind !== kind : !ids.includes(id),
  );
}

/** Stops watching over changes that stood on a list and that a new plan takes back on purpose. */
export function forgetContradicted(
  memory: ServerMemory,
  plan: Plan,
  before: readonly ProviderEntry[],
): void {
  if (plan.steps.length === 0) return;
  const after = applyPlan(before, plan);
  memory.fresh = memory.fresh.filter(
    (change) =>
      change.plan.kind !== plan.kind || isDone(change.plan, after) || !isDone(change.plan, before),
  );
}

function isDone(plan: Plan, entries: readonly ProviderEntry[]): boolean {
  const left = rebase(plan.kind, [plan], entries);
  return left.plan.steps.length === 0 && left.conflicts.length === 0;
}

export function learnTraits(memory: ServerMemory, learnt: ServerTraits): void {
  memory.traits = { ...memory.traits, ...learnt };
}
