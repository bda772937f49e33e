import { disabledEntry, enabledEntry, hasManyKeys, isDisabled, labelOf } from './kinds.ts';
import { type Matcher, matchEntries } from './match-entries.ts';
import { type FieldConflict, mergeEntry, type Resolve } from './merge-entry.ts';
import { inOrder } from './order.ts';
import type { Plan, Step, StepReason } from './plan.ts';
import { baseUrlOf, type ProviderEntry } from './provider.ts';
import { sameEntry } from './same-entry.ts';

/** Where a plan made on an older list cannot simply be carried out on the list of now. */
export type Conflict = {
  /** What the provider is called to a person. */
  provider: string;
} & (
  | ({ code: 'changed' } & FieldConflict)
  /** It was to be changed, and is gone. */
  | { code: 'gone' }
  /** It was to be removed, and holds what it did not hold then. */
  | { code: 'changed-removal'; before: ProviderEntry; theirs: ProviderEntry }
  /** It was to be created, and another one has its name now. */
  | { code: 'name-taken' }
);

export interface Rebased {
  /** What is left to be written on the list of now; no steps where all of it is there. */
  plan: Plan;
  conflicts: readonly Conflict[];
}

/** An entry of the list in work, and where it stood in the list that the work began with. */
interface Slot {
  origin?: number;
  entry: ProviderEntry;
  reasons: readonly StepReason[];
}

/**
 * Brings plans that were made on older lists, one after the other, to a list as it is now.
 *
 * What is there already is not done again, so planning on the result gives no steps. What
 * others changed meanwhile stays, except where a plan changes the very same, or relies on it
 * (the base URL and the state of a provider that gets a key): that is a conflict.
 */
export function rebase(
  kind: Plan['kind'],
  plans: readonly Plan[],
  entries: readonly ProviderEntry[],
  resolve: Resolve = 'ask',
): Rebased {
  let slots: Slot[] = entries.map((entry, origin) => ({ origin, entry, reasons: [] }));
  const conflicts: Conflict[] = [];
  for (const plan of plans) {
    const done = carryOver(plan, slots, resolve);
    slots = done.slots;
    conflicts.push(...done.conflicts);
  }
  return { plan: planBetween(kind, entries, slots), conflicts };
}

function carryOver({ kind, steps, order }: Plan, slots: readonly Slot[], resolve: Resolve) {
  const matcher = matchEntries(
    kind,
    slots.map(({ entry }) => entry),
  );
  const work: Work = { kind, slots: [...slots], matcher, resolve, conflicts: [], created: [] };
  // What is changed is found before what is created: a name belongs to whoever had it.
  for (const step of steps) if (step.before) changeOne(step, step.before, work);
  for (const step of steps) if (!step.before && step.after) createOne(step, step.after, work);
  const left = work.slots.filter((slot) => slot !== undefined);
  const byPlace = work.created.toSorted((one, other) =>
    one.at === other.at ? 0 : one.at - other.at,
  );
  for (const { at, slot } of byPlace) left.splice(at, 0, slot);
  return { slots: order ? inOrder(kind, left, order) : left, conflicts: work.conflicts };
}

interface Work {
  kind: Plan['kind'];
  slots: (Slot | undefined)[];
  matcher: Matcher;
  resolve: Resolve;
  conflicts: Conflict[];
  created: { at: number; slot: Slot }[];
}

function changeOne({ after, reasons }: Step, before: ProviderEntry, work: Work): void {
  const { kind, slots, resolve, conflicts } = work;
  const provider = labelOf(kind, before);
  const place = work.matcher.find(before);
  const slot = place === undefined ? undefined : slots[place];
  if (place === undefined || !slot) {
    // What was to be removed is gone: nothing is left to do. What was to be changed is gone: said.
    if (after && resolve === 'ask') conflicts.push({ provider, code: 'gone' });
    return;
  }
  const theirs = slot.entry;
  if (!after) {
    const isAsItWas = sameEntry(theirs, before);
    if (isAsItWas || resolve === 'ours') slots[place] = undefined;
    else if (resolve === 'ask')
      conflicts.push({ provider, code: 'changed-removal', before, theirs });
    return;
  }
  const merged = mergeEntry(before, after, theirs, resolve);
  const isDone = sameEntry(merged.entry, theirs);
  const relied = isDone ? [] : reliedOn(kind, before, after, theirs);
  const found = [...merged.conflicts, ...relied];
  if (found.length > 0 && resolve === 'ask') {
    conflicts.push(...found.map((each) => ({ provider, code: 'changed' as const, ...each })));
    return;
  }
  const entry = resolve === 'ours' ? asReliedOn(kind, merged.entry, relied) : merged.entry;
  slots[place] = { ...slot, entry, reasons: [...slot.reasons, ...reasons] };
}

/** The entry with what a change stands on as it was then. */
const asReliedOn = (
  kind: Plan['kind'],
  entry: ProviderEntry,
  relied: readonly FieldConflict[],
): ProviderEntry =>
  relied.reduce((changed, { field, ours }) => {
    if (field === 'disabled')
      return ours === true ? disabledEntry(kind, changed) : enabledEntry(kind, changed);
    const { [field]: _theirs, ...rest } = changed;
    return ours === '' ? rest : { ...rest, [field]: ours };
  }, entry);

/** What a new key stands on without writing it: to whom it is sent, and whether it is used. */
function reliedOn(
  kind: Plan['kind'],
  before: ProviderEntry,
  ours: ProviderEntry,
  theirs: ProviderEntry,
): FieldConflict[] {
  const conflicts: FieldConflict[] = [];
  const [was, is] = [baseUrlOf(before), baseUrlOf(theirs)];
  if (was !== is && baseUrlOf(ours) === was)
    conflicts.push({ field: 'base-url', before: was, ours: was, theirs: is });
  const [wasOff, isOff] = [isDisabled(kind, before), isDisabled(kind, theirs)];
  if (wasOff !== isOff && isDisabled(kind, ours) === wasOff)
    conflicts.push({ field: 'disabled', before: wasOff, ours: wasOff, theirs: isOff });
  return conflicts;
}

function createOne({ at, reasons }: Step, after: ProviderEntry, work: Work): void {
  const { kind, slots, resolve, conflicts } = work;
  const place = work.matcher.find(after);
  const slot = place === undefined ? undefined : slots[place];
  const isSameSite = slot && baseUrlOf(slot.entry) === baseUrlOf(after);
  if (place === undefined || !slot || (!isSameSite && !hasManyKeys(kind))) {
    // Only what is taken back goes to the place that it had; what is new stands at the end.
    const to = reasons.includes('undo') ? at : Number.POSITIVE_INFINITY;
    work.created.push({ at: to, slot: { entry: after, reasons } });
    return;
  }
  if (!isSameSite) {
    if (resolve === 'ask') conflicts.push({ provider: labelOf(kind, after), code: 'name-taken' });
    return;
  }
  // There already, by our own write or by somebody's: what it lacks is added, what it has stays.
  const { entry } = mergeEntry({}, after, slot.entry, 'theirs');
  slots[place] = { ...slot, entry, reasons: [...slot.reasons, ...reasons] };
}

/** The steps that make one list of another, where it is known what became of which entry. */
function planBetween(
  kind: Plan['kind'],
  entries: readonly ProviderEntry[],
  slots: readonly Slot[],
): Plan {
  const left = new Map(slots.map((slot) => [slot.origin, slot]));
  const changed = entries.flatMap((before, at): Step[] => {
    const slot = left.get(at);
    if (!slot) return [{ at, before, reasons: ['remove-provider'] }];
    if (sameEntry(slot.entry, before)) return [];
    return [{ at, before, after: slot.entry, reasons: unique(slot.reasons) }];
  });
  const created = slots.flatMap((slot, at): Step[] =>
    slot.origin === undefined ? [{ at, after: slot.entry, reasons: unique(slot.reasons) }] : [],
  );
  const origins = slots.flatMap(({ origin }) => (origin === undefined ? [] : [origin]));
  const isMoved = origins.some((origin, at) => at > 0 && origin < (origins[at - 1] ?? 0));
  const order = isMoved ? { order: slots.map(({ entry }) => entry) } : {};
  return { kind, steps: [...changed, ...created], ...order };
}

const unique = (reasons: readonly StepReason[]): StepReason[] => [...new Set(reasons)];
