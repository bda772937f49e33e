import { keysOf } from './kinds.ts';
import { inOrder } from './order.ts';
import { asStored, type ProviderEntry, type ProviderKind } from './provider.ts';

/** Why a step is taken; the interface has a sentence for each. */
export type StepReason =
  | 'create-provider'
  | 'add-keys'
  | 'add-models'
  | 'switch-on'
  | 'edit'
  | 'remove-provider'
  | 'undo';

/**
 * One part of a change: an entry before and after. No `before` means that it is created, no
 * `after` that it is removed. `at` is its place in the list that was planned on; of one that
 * is created, the place that it gets once the others are gone, or the end.
 */
export interface Step {
  at: number;
  before?: ProviderEntry | undefined;
  after?: ProviderEntry | undefined;
  reasons: readonly StepReason[];
}

/** What a change will do to one list of a server. No steps: it is there already, and nothing is written. */
export interface Plan {
  kind: ProviderKind;
  steps: readonly Step[];
  /** The order in which the entries are to stand, as they were seen; those not named follow the one before them. */
  order?: readonly ProviderEntry[] | undefined;
}

/** `entries` as they will be once the steps of `plan` are carried out, in the form in which they are stored. */
export function applyPlan(
  entries: readonly ProviderEntry[],
  { kind, steps, order }: Plan,
): ProviderEntry[] {
  const changed: (ProviderEntry | undefined)[] = [...entries];
  for (const { at, before, after } of steps) if (before) changed[at] = after;
  const list = changed.filter((entry) => entry !== undefined);
  const created = steps.filter(({ before }) => !before).sort((one, other) => one.at - other.at);
  for (const { at, after } of created) if (after) list.splice(at, 0, after);
  if (!order) return list.map(asStored);
  const items = list.map((entry) => ({ entry: asStored(entry) }));
  return inOrder(kind, items, order).map(({ entry }) => entry);
}

/** The plan that takes another, made on `entries`, back. What was created is removed, what was removed comes back to its place. */
export const inverse = (entries: readonly ProviderEntry[], plan: Plan): Plan => ({
  kind: plan.kind,
  ...(plan.order && { order: entries.map(asStored) }),
  steps: plan.steps.map(({ at, before, after }) => ({
    at,
    ...(after && { before: after }),
    ...(before && { after: before }),
    reasons: ['undo'],
  })),
});

/** Whether a plan takes an entry or a key out: such a write must not meet a reload (`contract/WRITING.md`, section 2). */
export const isShrinking = ({ kind, steps }: Plan): boolean =>
  steps.some(({ before, after }) => {
    if (!before) return false;
    const left = new Set(after && keysOf(kind, after));
    return !after || keysOf(kind, before).some((apiKey) => !left.has(apiKey));
  });
