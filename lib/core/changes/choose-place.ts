import { hostOf } from '../relay/base-url.ts';
import type { Decision } from './import.ts';
import { hasManyKeys } from './kinds.ts';
import type { FreeNames } from './names.ts';
import { comparableName } from './provider.ts';
import { candidateOf, holderOf, type Place, type Survey } from './survey.ts';
import { siteId, type WantedKey } from './wanted-keys.ts';

/** Where a key goes: into an entry, into a new one, nowhere since it stands elsewhere, or the person has to say. */
export type Choice = { into: Place } | { create: NewEntry } | { leave: Place } | { ask: Decision };

/** An entry to be created. Keys that share it share the object. */
export interface NewEntry {
  /** Empty where the kind has no names. */
  name: string;
  baseUrl: string;
}

/**
 * The place of each wanted key, decided for all keys of a base URL together.
 *
 * A key goes to the provider that was chosen for it, else to the entry of its base URL that
 * holds it, else to the only provider of its base URL. A provider that shares only the name
 * is never taken silently: the key would go to another host.
 */
export function choosePlaces(
  survey: Survey,
  keys: readonly WantedKey[],
  names: FreeNames,
): Map<WantedKey, Choice> {
  const choices = new Map<WantedKey, Choice>();
  const homeless: WantedKey[] = [];
  for (const key of keys) {
    const choice = chooseKnown(survey, key);
    if (choice) choices.set(key, choice);
    else homeless.push(key);
  }
  for (const site of Map.groupBy(homeless, ({ kind, url }) => siteId(kind, url)).values()) {
    for (const [key, choice] of chooseAtSite(survey, site, names)) choices.set(key, choice);
  }
  return choices;
}

/** What follows from the key itself: where it was sent, where it stands, or who else holds it. */
function chooseKnown(survey: Survey, key: WantedKey): Choice | undefined {
  const { provider, keyElsewhere } = key.answers;
  const isSent = hasManyKeys(key.kind) && provider !== undefined && provider !== 'new';
  const sent = isSent ? survey.chosen(provider, key.apiKey) : undefined;
  const holders = survey.holders(key.apiKey);
  const standing = survey.standing(key);
  const home = sent ? holders.find((place) => place === sent) : standing;
  if (home) return { into: home };
  const holder = standing ?? holders[0];
  if (holder && keyElsewhere === 'leave') return { leave: holder };
  if (holder && keyElsewhere === undefined) {
    return { ask: { code: 'key-elsewhere', holders: holders.map(holderOf) } };
  }
  return sent && { into: sent };
}

/** For keys of one base URL that nobody holds, or that are wanted there all the same. */
function chooseAtSite(
  survey: Survey,
  site: readonly WantedKey[],
  names: FreeNames,
): (readonly [WantedKey, Choice])[] {
  const [{ kind, url } = { kind: 'openai-compatibility' as const, url: '' }] = site;
  if (!hasManyKeys(kind)) {
    return site.map((key) => [key, { create: { name: '', baseUrl: key.baseUrl || key.url } }]);
  }
  const there = survey.atUrl(kind, url);
  const isNew = ({ answers }: WantedKey) => answers.provider === 'new';
  // One base URL gets one new provider, also if only some of its keys were asked for it.
  const anew = there.length === 0 && site.some(isNew) ? site : site.filter(isNew);
  const others = anew === site ? [] : site.filter((key) => !isNew(key));
  return [
    ...share(anew, () => ({ create: newEntry(anew, names) })),
    ...share(others, () => chooseTogether(survey, others, there, names)),
  ];
}

/** One choice for all keys, made only if there are any. */
function share(keys: readonly WantedKey[], choose: () => Choice): (readonly [WantedKey, Choice])[] {
  if (keys.length === 0) return [];
  const choice = choose();
  return keys.map((key) => [key, choice]);
}

function chooseTogether(
  survey: Survey,
  keys: readonly WantedKey[],
  there: readonly Place[],
  names: FreeNames,
): Choice {
  const [only, ...more] = there;
  if (only && more.length === 0) return { into: only };
  const name = nameOfSite(keys);
  if (only) {
    const candidates = there.map(candidateOf);
    return { ask: { code: 'several-providers', candidates, freeName: names.propose(name) } };
  }
  const [namesake] = survey.named(comparableName(name));
  if (!namesake) return { create: newEntry(keys, names) };
  const candidate = candidateOf(namesake);
  return { ask: { code: 'same-name', candidate, freeName: names.propose(name) } };
}

const newEntry = (keys: readonly WantedKey[], names: FreeNames): NewEntry => ({
  name: names.take(nameOfSite(keys)),
  baseUrl: keys.map(({ baseUrl }) => baseUrl).sort()[0] ?? '',
});

/** A name on which the keys do not agree gives way to the host: no key counts more for being first. */
function nameOfSite(keys: readonly WantedKey[]): string {
  const names = new Set(keys.flatMap((key) => key.names));
  const [agreed] = names.size === 1 ? names : [];
  return agreed || hostOf(keys[0]?.url ?? '');
}
