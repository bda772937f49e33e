import type { ProviderEntry, ProviderKind } from '../../lib/core/changes/provider.ts';
import { isJsonObject, type JsonObject } from '../../lib/core/json.ts';
import type { Generation } from './generations.ts';
import { type Entries, keyEntriesIn, keyIn, nameIn, OPENAI, stored, urlIn } from './lists.ts';

/** What a write makes of a list, or the error with which it is refused. */
export type Written = { entries: Entries } | { status: number; error: string };

const INVALID = { status: 400, error: 'invalid body' };
const GONE = { status: 404, error: 'item not found' };

/** PUT: an array, or `items` with at least one (FACTS section 2). */
export function putList(kind: ProviderKind, body: unknown, generation: Generation): Written {
  if (body === null) return { entries: [] };
  const items = isJsonObject(body) ? body.items : body;
  if (!Array.isArray(items) || (items !== body && items.length === 0)) return INVALID;
  return { entries: cleaned(kind, items as Entries, generation) };
}

/** Fields that PATCH does not change, although GET shows them (FACTS sections 2 and 3). */
const IGNORED: Record<ProviderKind, readonly string[]> = {
  [OPENAI]: ['priority'],
  'claude-api-key': ['priority', 'cloak', 'disabled'],
  'gemini-api-key': ['priority', 'models', 'disabled'],
  'codex-api-key': ['priority', 'websockets'],
};

/** PATCH by name, or by the key of a key list's entry. It never creates. */
export function patchList(
  kind: ProviderKind,
  entries: Entries,
  body: unknown,
  generation: Generation,
): Written {
  if (!isJsonObject(body) || !isJsonObject(body.value)) return INVALID;
  const { value } = body;
  const places = placesOf(kind, entries, body);
  const [at] = places;
  if (kind === 'gemini-api-key' && places.length > 1) {
    return { status: 400, error: 'multiple items match; index is required' };
  }
  const was = at === undefined ? undefined : entries[at];
  if (at === undefined || !was) return GONE;
  const given = Object.entries(value).filter(
    ([field, to]) => to !== null && !IGNORED[kind].includes(field),
  );
  const is = generation.isPartial ? { ...was, ...Object.fromEntries(given) } : value;
  return { entries: cleaned(kind, entries.with(at, is), generation) };
}

function placesOf(kind: ProviderKind, entries: Entries, { name, match }: JsonObject): number[] {
  const wanted = kind === OPENAI ? name : match;
  const idOf = kind === OPENAI ? nameIn : keyIn;
  if (typeof wanted !== 'string') return [];
  return entries.flatMap((entry, at) => (idOf(entry) === wanted.trim() ? [at] : []));
}

/** What the server makes of entries that it is given: blanks trimmed, entries without a base URL dropped. */
function cleaned(kind: ProviderKind, entries: Entries, generation: Generation): ProviderEntry[] {
  const needsUrl = kind === OPENAI || kind === 'codex-api-key';
  const kept = needsUrl ? entries.filter((entry) => urlIn(entry).trim() !== '') : entries;
  return kept.map((entry) =>
    kind === OPENAI ? cleanedProvider(entry, generation) : stored(entry),
  );
}

function cleanedProvider(given: ProviderEntry, { showsLoaded }: Generation): ProviderEntry {
  const entry = stored(given);
  const keyEntries = keyEntriesIn(entry);
  const trimmed = keyEntries.map((held) => ({ ...held, 'api-key': keyIn(held).trim() }));
  const clean = {
    ...entry,
    name: nameIn(entry).trim(),
    'base-url': urlIn(entry).trim(),
    // Shown on every entry from v6.9.39 on.
    ...(showsLoaded && entry.disabled === undefined && { disabled: false }),
    ...(keyEntries.length > 0 && { 'api-key-entries': trimmed }),
  };
  // An empty list is not shown.
  const filled = Object.entries(clean).filter(([, value]) => !isEmptyList(value));
  return Object.fromEntries(filled);
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;
