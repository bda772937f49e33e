import { asStored, type ProviderEntry, type ProviderKind } from './provider.ts';

/** Why a step is taken; the interface has a sentence for each. */
export type StepReason = 'create-provider' | 'add-keys' | 'add-models';

/**
 * One part of a change: an entry before and after. No `before` means that it is created.
 * `at` is its place in the list that was planned on, or the one that it will get.
 */
export interface Step {
  at: number;
  before?: ProviderEntry;
  after: ProviderEntry;
  reasons: readonly StepReason[];
}

/** What a change will do to one list of a server. No steps: it is there already, and nothing is written. */
export interface Plan {
  kind: ProviderKind;
  steps: readonly Step[];
}

/** `entries` as they will be once `plan` is carried out, in the form in which they are stored. */
export const applyPlan = (entries: readonly ProviderEntry[], plan: Plan): ProviderEntry[] =>
  withSteps(entries, plan).map(asStored);

function withSteps(entries: readonly ProviderEntry[], { steps }: Plan): ProviderEntry[] {
  const changed = [...entries];
  for (const { at, after } of steps) changed[at] = after;
  return changed;
}

/**
 * The one plan that does what several do, each made on what the one before it leaves.
 *
 * They only change and append entries, so that a place means the same to all of them.
 */
export function joinPlans(
  kind: ProviderKind,
  entries: readonly ProviderEntry[],
  planners: readonly ((entries: readonly ProviderEntry[]) => Plan | undefined)[],
): Plan {
  let current = entries;
  const reasons = new Map<number, readonly StepReason[]>();
  for (const planner of planners) {
    const plan = planner(current) ?? { kind, steps: [] };
    current = withSteps(current, plan);
    for (const step of plan.steps) {
      reasons.set(step.at, [...(reasons.get(step.at) ?? []), ...step.reasons]);
    }
  }
  const steps = [...reasons].map(([at, why]): Step => {
    const before = entries[at];
    return { at, ...(before && { before }), after: current[at] ?? {}, reasons: why };
  });
  return { kind, steps };
}
