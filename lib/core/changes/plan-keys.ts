import { offerBook } from './aliases.ts';
import { type Choice, choosePlaces, type NewEntry } from './choose-place.ts';
import type { PlanningServer } from './import.ts';
import { freeNames } from './names.ts';
import type { Plan, Step } from './plan.ts';
import { type Outcome, placementIn, planCreate, planExtend } from './plan-entry.ts';
import { PROVIDER_KINDS, type ProviderKind, type ProviderLists } from './provider.ts';
import { type Place, surveyLists } from './survey.ts';
import type { ComparableUrl, WantedKey } from './wanted-keys.ts';

/** The plans for wanted keys on lists as they are, and what becomes of each key. */
export interface KeysPlan {
  plans: readonly Plan[];
  outcomes: ReadonlyMap<WantedKey, Outcome>;
}

/** Chooses a place for each key, then plans entry by entry. */
export function planKeys(
  lists: ProviderLists,
  keys: readonly WantedKey[],
  server: PlanningServer,
  comparableUrl: ComparableUrl,
): KeysPlan {
  const survey = surveyLists(lists, comparableUrl);
  const names = freeNames([...survey.names, ...(server.takesOverCodex ? ['codex'] : [])]);
  const choices = choosePlaces(survey, keys, names);
  const outcomes = outcomesAtOnce(choices);
  const forcesPrefix = server.forcesPrefix ?? false;
  const offers = { book: offerBook(lists, forcesPrefix), forcesPrefix };
  const changes: Change[] = [];
  for (const { kind, target, keys: own } of targetsOf(choices)) {
    const planned =
      'at' in target ? planExtend(target, own, offers) : planCreate(kind, target, own, offers);
    for (const [key, outcome] of planned.outcomes) outcomes.set(key, outcome);
    if (planned.change) changes.push({ kind, target, ...planned.change });
  }
  const plans = PROVIDER_KINDS.flatMap((kind) => planOf(kind, changes, lists[kind]?.length ?? 0));
  return { plans, outcomes };
}

/** What needs no entry to be planned: a question where the key goes, and a key that is left where it stands. */
function outcomesAtOnce(choices: ReadonlyMap<WantedKey, Choice>): Map<WantedKey, Outcome> {
  const outcomes = new Map<WantedKey, Outcome>();
  for (const [key, choice] of choices) {
    if ('ask' in choice) outcomes.set(key, { needs: 'decision', decisions: [choice.ask] });
    if ('leave' in choice) {
      const { kind, entry } = choice.leave;
      outcomes.set(key, { placed: placementIn(kind, entry, 'already-there') });
    }
  }
  return outcomes;
}

/** An entry, old or new, and the keys that go into it. */
interface Target {
  kind: ProviderKind;
  target: Place | NewEntry;
  keys: WantedKey[];
}

function targetsOf(choices: ReadonlyMap<WantedKey, Choice>): Iterable<Target> {
  const targets = new Map<Place | NewEntry, Target>();
  for (const [key, choice] of choices) {
    if ('ask' in choice || 'leave' in choice) continue;
    const target = 'into' in choice ? choice.into : choice.create;
    const known = targets.get(target);
    if (known) known.keys.push(key);
    else targets.set(target, { kind: key.kind, target, keys: [key] });
  }
  return targets.values();
}

type Change = { kind: ProviderKind; target: Place | NewEntry } & Omit<Step, 'at' | 'before'>;

/** The plan of one list, if it changes: first the entries that it has, in their order, then the new ones behind it. */
function planOf(kind: ProviderKind, changes: readonly Change[], length: number): Plan[] {
  const own = changes.filter((change) => change.kind === kind);
  const changed = own.flatMap(({ target, after, reasons }) =>
    'at' in target ? [{ at: target.at, before: target.entry, after, reasons }] : [],
  );
  const created = own.filter(({ target }) => !('at' in target));
  const steps: Step[] = [
    ...changed.sort((one, other) => one.at - other.at),
    ...created.map(({ after, reasons }, place) => ({ at: length + place, after, reasons })),
  ];
  return steps.length > 0 ? [{ kind, steps }] : [];
}
