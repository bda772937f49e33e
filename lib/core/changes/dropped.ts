import { keysOf } from './kinds.ts';
import { matchEntries } from './match-entries.ts';
import type { Plan, Step } from './plan.ts';
import type { ProviderEntry } from './provider.ts';

/**
 * What a reload can have dropped of a change that was proved: it loses a write as a whole. So
 * where the keys of a step stand, what else is not as it was written is somebody's own edit.
 */
export function droppedPart(plan: Plan, entries: readonly ProviderEntry[]): Plan {
  const { kind } = plan;
  const matcher = matchEntries(kind, entries);
  const keysAt = (place: number | undefined) =>
    new Set(place === undefined ? [] : keysOf(kind, entries[place] ?? {}));

  function stands({ before, after }: Step): boolean {
    const held = keysAt(matcher.find(before ?? after ?? {}));
    const had = new Set(before ? keysOf(kind, before) : []);
    const added = after ? keysOf(kind, after).filter((key) => !had.has(key)) : [];
    return added.length > 0 && added.every((key) => held.has(key));
  }
  return { ...plan, steps: plan.steps.filter((step) => !stands(step)) };
}
