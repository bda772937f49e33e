import { comparableBaseUrl } from '../relay/base-url.ts';
import type { Candidate, Decision } from './import.ts';
import { freeName } from './names.ts';
import {
  apiKeysOf,
  comparableName,
  isDisabled,
  modelsOf,
  type ProviderEntry,
  type ProviderRef,
  refOf,
} from './provider.ts';
import { findChosen, onlyHolder, type Survey } from './survey.ts';

/** Where keys go: to an entry of the list, to a new provider of this name, or the person has to say. */
export type Place = { into: number } | { create: string } | { ask: Decision };

export interface Placing {
  baseUrl: string;
  name: string;
  apiKeys: ReadonlySet<string>;
  /** What the person chose already. A chosen provider that is gone is asked for again. */
  chosen: ProviderRef | 'new' | undefined;
  /** Names, in comparable form, that a new provider may not have beside those in use. */
  reserved: ReadonlySet<string>;
}

/**
 * The provider for keys of one base URL: the one with the same base URL, and of several
 * the one that holds a key already. A provider that shares only the name is never taken
 * silently: the key would go to another host.
 */
export function choosePlace(survey: Survey, placing: Placing): Place {
  const { chosen, apiKeys } = placing;
  const isTaken = (name: string) => survey.byName.has(name) || placing.reserved.has(name);
  const freshName = freeName(placing.name, isTaken);
  const wanted = chosen && chosen !== 'new' ? findChosen(survey, chosen, apiKeys) : undefined;
  if (wanted !== undefined) return { into: wanted };

  const same = survey.byUrl.get(comparableBaseUrl(placing.baseUrl)) ?? [];
  const target = same.length === 1 ? same[0] : onlyHolder(survey, same, apiKeys);
  if (target !== undefined) return { into: target };
  // Not before: where a new one was chosen and created, planning again must find it.
  if (chosen === 'new') {
    const holder = same.find((at) => holdsOneOf(survey.entries[at] ?? {}, apiKeys));
    return holder === undefined ? { create: freshName } : { into: holder };
  }
  if (same.length > 1) {
    const candidates = same.map((at) => candidateOf(survey.entries[at] ?? {}));
    return { ask: { code: 'several-providers', candidates, freeName: freshName } };
  }
  const [named] = survey.byName.get(comparableName(placing.name)) ?? [];
  if (named === undefined) return { create: freshName };
  const candidate = candidateOf(survey.entries[named] ?? {});
  return { ask: { code: 'same-name', candidate, freeName: freshName } };
}

const holdsOneOf = (entry: ProviderEntry, apiKeys: ReadonlySet<string>): boolean =>
  apiKeysOf(entry).some((apiKey) => apiKeys.has(apiKey));

const candidateOf = (entry: ProviderEntry): Candidate => ({
  ...refOf(entry),
  keys: apiKeysOf(entry).length,
  models: modelsOf(entry).length,
  disabled: isDisabled(entry),
});
