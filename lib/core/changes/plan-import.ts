import { comparableBaseUrlOf } from '../relay/kind-base-url.ts';
import type { ImportPlan, ImportWish, OpenWish, Placement, PlanningServer } from './import.ts';
import type { Plan, Step } from './plan.ts';
import type { Outcome } from './plan-entry.ts';
import { planKeys } from './plan-keys.ts';
import { PROVIDER_KINDS, type ProviderKind, type ProviderLists } from './provider.ts';
import { type ComparableUrl, type WantedKey, wantedKeys } from './wanted-keys.ts';

/**
 * What must be written so that the lists of a server hold the keys of all wishes.
 *
 * Pure, and it only adds: to an existing provider the missing keys, models where the answers
 * say so, and its being switched on where that was agreed; every other field and entry stays
 * as it came. The order of the wishes makes no difference, planning again on the result gives
 * no steps, and it takes time in proportion to wishes and entries. A list that is missing
 * counts as empty: give all that the server has, or keys and aliases in it are not seen.
 */
export function planImport(
  lists: ProviderLists,
  wishes: readonly ImportWish[],
  server: PlanningServer,
): ImportPlan {
  const comparableUrl = remembered(comparableBaseUrlOf);
  const { keys, ofWish } = wantedKeys(wishes, comparableUrl);
  let { plans, outcomes } = planKeys(lists, keys, server, comparableUrl);
  let news = plans;
  // What one key brings may answer the question of another: then what waits is looked at again.
  while (news.length > 0 && [...outcomes.values()].some(isOpen)) {
    const next = planKeys(withPlans(lists, plans), keys, server, comparableUrl);
    news = next.plans;
    plans = PROVIDER_KINDS.flatMap((kind) => joined(kind, plans, news));
    outcomes = new Map([...next.outcomes].map(([key, is]) => [key, later(outcomes.get(key), is)]));
  }
  return { plans, ...tell(wishes, ofWish, outcomes) };
}

const isOpen = (outcome: Outcome): boolean => 'needs' in outcome;

/** What was added stays added, though a later look finds it there. */
const later = (was: Outcome | undefined, is: Outcome): Outcome =>
  was && 'placed' in was && 'placed' in is
    ? { placed: { ...is.placed, outcome: was.placed.outcome } }
    : is;

/** The lists as they will be. */
const withPlans = (lists: ProviderLists, plans: readonly Plan[]): ProviderLists => ({
  ...lists,
  ...Object.fromEntries(
    plans.map(({ kind, steps }) => {
      const entries = [...(lists[kind] ?? [])];
      for (const { at, after } of steps) if (after) entries[at] = after;
      return [kind, entries];
    }),
  ),
});

/** One plan of a kind for one after the other: what changes twice is one step, from the first before to the last after. */
function joined(kind: ProviderKind, plans: readonly Plan[], next: readonly Plan[]): Plan[] {
  const steps = new Map<number, Step>();
  for (const plan of [...plans, ...next].filter((one) => one.kind === kind)) {
    for (const step of plan.steps) {
      const was = steps.get(step.at);
      const reasons = was ? [...new Set([...was.reasons, ...step.reasons])] : step.reasons;
      steps.set(step.at, was ? { ...was, after: step.after, reasons } : step);
    }
  }
  const inOrder = [...steps.values()].sort((one, other) => one.at - other.at);
  return inOrder.length > 0 ? [{ kind, steps: inOrder }] : [];
}

/** The outcomes by wish, in the order of the wishes. */
function tell(
  wishes: readonly ImportWish[],
  ofWish: ReadonlyMap<ImportWish, WantedKey>,
  outcomes: ReadonlyMap<WantedKey, Outcome>,
): Pick<ImportPlan, 'placements' | 'open'> {
  const placements: Placement[] = [];
  const open: OpenWish[] = [];
  for (const wish of wishes) {
    const key = ofWish.get(wish);
    const outcome = key && outcomes.get(key);
    if (!outcome) throw new Error('A wish without outcome: every key has a choice');
    if ('placed' in outcome) placements.push({ id: wish.id, ...outcome.placed });
    else open.push({ id: wish.id, ...outcome });
  }
  return { placements, open };
}

/** Base URLs come again and again in lists and wishes, and comparing one is the dearest part of planning. */
function remembered(compare: ComparableUrl): ComparableUrl {
  const known = new Map(PROVIDER_KINDS.map((kind) => [kind, new Map<string, string>()]));
  return (kind, baseUrl) => {
    const remembering = known.get(kind);
    const found = remembering?.get(baseUrl);
    if (found !== undefined) return found;
    const url = compare(kind, baseUrl);
    remembering?.set(baseUrl, url);
    return url;
  };
}
