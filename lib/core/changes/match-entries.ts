import { comparableBaseUrl } from '../relay/base-url.ts';
import { hasManyKeys, keysOf } from './kinds.ts';
import {
  baseUrlOf,
  comparableName,
  nameOf,
  type ProviderEntry,
  type ProviderKind,
} from './provider.ts';
import { sameEntry } from './same-entry.ts';

/** Finds again, in a list as it is now, an entry that was seen earlier. Each is found once. */
export interface Matcher {
  find(entry: ProviderEntry): number | undefined;
}

/**
 * A provider is the same by its name, or after a rename by its base URL with one of its keys;
 * of several with one name it is the one with its base URL and a key. In the other lists an
 * entry is its key, at its base URL if the key stands there more than once.
 */
export function matchEntries(kind: ProviderKind, entries: readonly ProviderEntry[]): Matcher {
  const taken = new Set<number>();
  const index = indexOf(kind, entries);
  const free = (places: readonly number[] | undefined) =>
    (places ?? []).filter((place) => !taken.has(place));

  function candidates(entry: ProviderEntry): readonly number[] {
    if (!hasManyKeys(kind)) return keysOf(kind, entry).flatMap((key) => free(index.byKey.get(key)));
    const named = free(index.byName.get(nameId(entry)));
    if (named.length > 0 && nameId(entry) !== '') return named;
    // Neither name nor key: its address is all that there is to know it by.
    if (nameId(entry) === '' && keysOf(kind, entry).length === 0)
      return named.filter((place) => isSameSite(entries[place], entry));
    // Renamed meanwhile, or without a name from the beginning.
    const holding = keysOf(kind, entry).flatMap((key) => free(index.byKey.get(key)));
    return holding.filter((place) => isSameSite(entries[place], entry));
  }

  return {
    find(entry) {
      const found = closest(kind, entries, candidates(entry), entry);
      if (found !== undefined) taken.add(found);
      return found;
    },
  };
}

const nameId = (entry: ProviderEntry): string => comparableName(nameOf(entry));

const isSameSite = (one: ProviderEntry | undefined, other: ProviderEntry): boolean =>
  one !== undefined && comparableBaseUrl(baseUrlOf(one)) === comparableBaseUrl(baseUrlOf(other));

function indexOf(kind: ProviderKind, entries: readonly ProviderEntry[]) {
  const byName = new Map<string, number[]>();
  const byKey = new Map<string, number[]>();
  const put = (map: Map<string, number[]>, id: string, place: number) => {
    const places = map.get(id);
    if (places) places.push(place);
    else map.set(id, [place]);
  };
  for (const [place, entry] of entries.entries()) {
    put(byName, nameId(entry), place);
    for (const key of new Set(keysOf(kind, entry))) put(byKey, key, place);
  }
  return { byName, byKey };
}

/** Of several, the one that is most like it: exactly as it was, else of its base URL and keys. */
function closest(
  kind: ProviderKind,
  entries: readonly ProviderEntry[],
  places: readonly number[],
  wanted: ProviderEntry,
): number | undefined {
  if (places.length <= 1) return places[0];
  const keys = new Set(keysOf(kind, wanted));
  const likeness = (place: number) => {
    const entry = entries[place] ?? {};
    if (sameEntry(entry, wanted)) return 4;
    const sharesKey = keysOf(kind, entry).some((key) => keys.has(key));
    return (isSameSite(entry, wanted) ? 2 : 0) + (sharesKey ? 1 : 0);
  };
  return places.reduce((best, place) => (likeness(place) > likeness(best) ? place : best));
}
