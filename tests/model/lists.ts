import type { ProviderEntry, ProviderKind } from '../../lib/core/changes/provider.ts';
import type { JsonObject, JsonValue } from '../../lib/core/json.ts';

/** The provider lists of a server, as they are stored: without what it adds for display. */
export type Lists = Readonly<Record<ProviderKind, readonly ProviderEntry[]>>;

export type Entries = readonly ProviderEntry[];

export const OPENAI = 'openai-compatibility';

// The model has its own eyes for lists: an error of the engine's would not be seen with the engine's.

const text = (value: JsonValue | undefined) => (typeof value === 'string' ? value : '');
const objects = (value: JsonValue | undefined) =>
  Array.isArray(value) ? (value as readonly JsonObject[]) : [];

export const nameIn = (entry: ProviderEntry): string => text(entry.name);
export const urlIn = (entry: ProviderEntry): string => text(entry['base-url']);
/** A base URL as far as two of them are compared here: the model's own are never more different than that. */
export const plainUrl = (url: string): string => url.replace(/\/+$/, '').replace(/\/v1$/, '');
export const keyEntriesIn = (entry: ProviderEntry): readonly JsonObject[] =>
  objects(entry['api-key-entries']);
export const keyIn = (keyEntry: JsonObject): string => text(keyEntry['api-key']);
export const modelsIn = (entry: ProviderEntry): readonly JsonObject[] => objects(entry.models);

/** All keys of an entry: those of a provider, or the one of a key list's entry. */
export const keysIn = (entry: ProviderEntry): string[] =>
  'api-key' in entry ? [keyIn(entry)] : keyEntriesIn(entry).map(keyIn);

export const keysOf = (entries: Entries): string[] => entries.flatMap(keysIn);

export const timesIn = (entries: Entries, key: string): number =>
  keysOf(entries).filter((held) => held === key).length;

/** Two values are the same JSON, the order of fields included: nothing of an entry is to be stirred. */
export const sameText = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

const withoutIndex = ({ 'auth-index': _shown, ...stored }: JsonObject): JsonObject => stored;

/** An entry without the server's display fields. */
export function stored(entry: ProviderEntry): ProviderEntry {
  const own = withoutIndex(entry);
  if (!Array.isArray(own['api-key-entries'])) return own;
  return { ...own, 'api-key-entries': keyEntriesIn(own).map(withoutIndex) };
}

/** Names a key of an entry as a credential: the same key at the same URL is the same (FACTS section 2). */
const credential = (entry: ProviderEntry, key: string) => `${key} ${urlIn(entry)}`;

/** The credentials that serve: those of what is not switched off. */
export const credentialsOf = (lists: Lists): Set<string> =>
  credentialsIn(Object.values(lists).flat());

export function credentialsIn(entries: Entries): Set<string> {
  const serving = entries.filter(({ disabled }) => disabled !== true);
  return new Set(serving.flatMap((entry) => keysIn(entry).map((key) => credential(entry, key))));
}

/** An entry as GET shows it: a loaded credential has its `auth-index`. */
export function shown(entry: ProviderEntry, loaded: ReadonlySet<string>): ProviderEntry {
  const indexOf = (key: string) =>
    entry.disabled !== true && loaded.has(credential(entry, key)) && { 'auth-index': 'a1b2c3d4' };
  if ('api-key' in entry) return { ...entry, ...indexOf(keyIn(entry)) };
  if (!Array.isArray(entry['api-key-entries'])) return entry;
  const keyEntries = keyEntriesIn(entry).map((held) => ({ ...held, ...indexOf(keyIn(held)) }));
  return { ...entry, 'api-key-entries': keyEntries };
}

/**
 * Those of `before` that `after` does not have. An entry that has a new name, new keys or a new base
 * URL is not missing as long as something of it tells that it is the same one.
 */
export function missingIn(before: Entries, after: Entries): ProviderEntry[] {
  const left = Map.groupBy(after, nameIn);
  const unnamed = before.filter((entry) => {
    const same = left.get(nameIn(entry));
    return same === undefined || same.length === 0 || !same.pop();
  });
  if (unnamed.length === 0) return unnamed;
  const others = [...left.values()].flat();
  return unnamed.filter((entry) => !others.some((other) => isRenamed(entry, other)));
}

function isRenamed(was: ProviderEntry, is: ProviderEntry): boolean {
  if (urlIn(was) !== urlIn(is)) return false;
  const held = new Set(keysIn(is));
  return held.size === 0 || keysIn(was).length === 0 || keysIn(was).some((key) => held.has(key));
}
