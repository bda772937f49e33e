import {
  aliasConflicts,
  noteOffers,
  type OfferBook,
  type Offering,
  offeringOf,
} from './aliases.ts';
import { joinAnswers } from './answers.ts';
import type { NewEntry } from './choose-place.ts';
import type { Decision, ImportAnswers, Placement } from './import.ts';
import {
  disabledEntry,
  enabledEntry,
  hasManyKeys,
  isDisabled,
  keysOf,
  labelOf,
  newEntryOf,
} from './kinds.ts';
import type { StepReason } from './plan.ts';
import {
  type ModelAlias,
  modelsOf,
  type ProviderEntry,
  type ProviderKind,
  refOf,
  withApiKeys,
  withModels,
} from './provider.ts';
import type { Place } from './survey.ts';
import { missingModels, unionOfModels, type WantedKey } from './wanted-keys.ts';

/** What became of a key: placed, or what it waits for. */
export type Outcome =
  | { placed: Omit<Placement, 'id'> }
  | { needs: 'models' }
  | { needs: 'decision'; decisions: readonly Decision[] };

/** What the keys of one entry come to. */
export interface EntryPlan {
  /** The entry as it is to be, where it changes. */
  change?: { after: ProviderEntry; reasons: readonly StepReason[] };
  outcomes: readonly (readonly [WantedKey, Outcome])[];
}

/** What clients are offered already. An entry that is planned notes there what it will offer, for those after it. */
export interface Offers {
  book: OfferBook;
  forcesPrefix: boolean;
}

const give = (keys: readonly WantedKey[], outcome: Outcome) =>
  keys.map((key) => [key, outcome] as const);

/** The plan for a new entry. Without models a provider serves nothing; a single key the built-in catalogue of its kind. */
export function planCreate(
  kind: ProviderKind,
  { name, baseUrl }: NewEntry,
  keys: readonly WantedKey[],
  offers: Offers,
): EntryPlan {
  const read = unionOfModels(keys);
  if (!read && hasManyKeys(kind)) return { outcomes: give(keys, { needs: 'models' }) };
  const models = missingModels([], read ?? []);
  const apiKeys = keys.map(({ apiKey }) => apiKey);
  const answers = joinAnswers(keys);
  const entry = newEntryOf(kind, { name, baseUrl, apiKeys, models });
  const after = answers.switchedOff ? disabledEntry(kind, entry) : entry;
  const offering = offeringOf(kind, after, offers.forcesPrefix);
  const servesNothing = hasManyKeys(kind) && models.length === 0 && !answers.withoutModels;
  const decisions: Decision[] = [
    ...(servesNothing
      ? [{ code: 'no-models', provider: labelOf(kind, after), exists: false } as const]
      : []),
    ...aliasDecisions(offers, offering, answers),
  ];
  if (decisions.length > 0) return { outcomes: give(keys, { needs: 'decision', decisions }) };
  noteOffers(offers.book, offering);
  return {
    change: { after, reasons: ['create-provider'] },
    outcomes: give(keys, { placed: placementIn(kind, after, 'created', offering.models) }),
  };
}

/**
 * The plan for an entry that exists: it gets the keys that it does not hold, and models only
 * where the answers say so. Its keys share their answers, as they share the entry; one that
 * stands in it already waits for nothing that the others need.
 */
export function planExtend(
  { kind, entry }: Place,
  keys: readonly WantedKey[],
  offers: Offers,
): EntryPlan {
  const held = new Set(keysOf(kind, entry));
  const isQuiet = ({ apiKey, answers }: WantedKey) => held.has(apiKey) && !answers.addModels;
  const extension = extend(kind, entry, keys, offers);
  const standing = 'needs' in extension ? entry : extension.after;
  const there: Outcome = { placed: placementIn(kind, standing, 'already-there') };
  const added: Outcome = { placed: placementIn(kind, standing, 'added') };
  const outcomeOf = (key: WantedKey) => {
    if (isQuiet(key)) return there;
    if ('needs' in extension) return extension;
    return held.has(key.apiKey) ? there : added;
  };
  const isChanged = !('needs' in extension) && extension.reasons.length > 0;
  return {
    ...(isChanged && { change: extension }),
    outcomes: keys.map((key) => [key, outcomeOf(key)] as const),
  };
}

type Waiting = Exclude<Outcome, { placed: unknown }>;

function extend(
  kind: ProviderKind,
  entry: ProviderEntry,
  keys: readonly WantedKey[],
  offers: Offers,
): { after: ProviderEntry; reasons: readonly StepReason[] } | Waiting {
  const held = new Set(keysOf(kind, entry));
  const apiKeys = [...new Set(keys.map(({ apiKey }) => apiKey))].filter((key) => !held.has(key));
  const answers = joinAnswers(keys);
  const present = modelsOf(entry);
  const isBare = hasManyKeys(kind) && present.length === 0 && apiKeys.length > 0;
  const isUndecided = isBare && !answers.withoutModels && answers.addModels === undefined;
  const ticked = keys.filter((key) => key.answers.addModels);
  const isUnread = isUndecided ? !unionOfModels(keys) : ticked.some(({ models }) => !models);
  if (isUnread) return { needs: 'models' };

  const newModels = missingModels(present, unionOfModels(ticked) ?? []);
  const isOff = isDisabled(kind, entry) && apiKeys.length > 0;
  const switchesOn = isOff && answers.disabledProvider === 'switch-on';
  const withKeys = apiKeys.length > 0 ? withApiKeys(entry, apiKeys) : entry;
  const grown = newModels.length > 0 ? withModels(withKeys, newModels) : withKeys;
  const after = switchesOn ? enabledEntry(kind, grown) : grown;
  const whole = offeringOf(kind, after, offers.forcesPrefix);
  // What is switched on is offered as a whole, what stays off not at all.
  const isSilent = isDisabled(kind, after);
  const offering = switchesOn ? whole : { ...whole, models: isSilent ? [] : newModels };
  const provider = labelOf(kind, entry);
  const decisions: Decision[] = [
    ...(isOff && !answers.disabledProvider
      ? [{ code: 'provider-disabled', provider } as const]
      : []),
    ...(isUndecided ? [{ code: 'no-models', provider, exists: true } as const] : []),
    ...aliasDecisions(offers, offering, answers),
  ];
  if (decisions.length > 0) return { needs: 'decision', decisions };
  noteOffers(offers.book, offering);
  const reasons: StepReason[] = [
    ...(apiKeys.length > 0 ? ['add-keys' as const] : []),
    ...(newModels.length > 0 ? ['add-models' as const] : []),
    ...(switchesOn ? ['switch-on' as const] : []),
  ];
  return { after, reasons };
}

function aliasDecisions(
  { book }: Offers,
  offering: Offering,
  { sharedAliases }: ImportAnswers,
): Decision[] {
  const conflicts = sharedAliases ? [] : aliasConflicts(book, offering);
  return conflicts.length > 0 ? [{ code: 'alias-taken', conflicts }] : [];
}

/** A key as it stands or will stand in an entry. */
export function placementIn(
  kind: ProviderKind,
  entry: ProviderEntry,
  outcome: Placement['outcome'],
  models: readonly ModelAlias[] = modelsOf(entry),
): Omit<Placement, 'id'> {
  return {
    kind,
    provider: refOf(entry),
    label: labelOf(kind, entry),
    outcome,
    disabled: isDisabled(kind, entry),
    aliases: models.map(({ alias }) => alias),
  };
}
