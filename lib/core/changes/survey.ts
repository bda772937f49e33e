import { comparableBaseUrl } from '../relay/base-url.ts';
import { type AliasOffer, aliasOffers } from './aliases.ts';
import {
  apiKeysOf,
  comparableName,
  isProvider,
  type ProviderEntry,
  type ProviderRef,
  refOf,
} from './provider.ts';

/** A list, looked over once, so that planning many keys stays linear. */
export interface Survey {
  entries: readonly ProviderEntry[];
  /** Places in the list by base URL, in its comparable form. */
  byUrl: ReadonlyMap<string, readonly number[]>;
  /** Places in the list by name, in its comparable form. */
  byName: ReadonlyMap<string, readonly number[]>;
  offers: ReadonlyMap<string, readonly AliasOffer[]>;
}

export function surveyList(entries: readonly ProviderEntry[]): Survey {
  const places = entries.map((entry, at) => ({ at, ref: refOf(entry) }));
  const placesBy = (keyOf: (ref: ProviderRef) => string) =>
    new Map(
      [...Map.groupBy(places, ({ ref }) => keyOf(ref))].map(([key, found]) => [
        key,
        found.map(({ at }) => at),
      ]),
    );
  return {
    entries,
    byUrl: placesBy(({ baseUrl }) => comparableBaseUrl(baseUrl)),
    byName: placesBy(({ name }) => comparableName(name)),
    offers: aliasOffers(entries),
  };
}

/** Of several places the only one that holds one of these keys; nothing if none does, or several. */
export function onlyHolder(
  { entries }: Survey,
  places: readonly number[],
  apiKeys: ReadonlySet<string>,
): number | undefined {
  const holding = places.filter((at) =>
    apiKeysOf(entries[at] ?? {}).some((apiKey) => apiKeys.has(apiKey)),
  );
  return holding.length === 1 ? holding[0] : undefined;
}

/** The place of a provider that was chosen earlier. Twins are told apart by the keys, else the first is meant. */
export function findChosen(
  survey: Survey,
  chosen: ProviderRef,
  apiKeys: ReadonlySet<string>,
): number | undefined {
  const places = (survey.byName.get(comparableName(chosen.name)) ?? []).filter((at) =>
    isProvider(survey.entries[at] ?? {}, chosen),
  );
  return onlyHolder(survey, places, apiKeys) ?? places[0];
}
