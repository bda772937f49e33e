import { isJsonObject, type JsonValue } from '../json.ts';
import { asStored, type ProviderEntry } from './provider.ts';
import { sameValue } from './same-entry.ts';

/** A field that somebody else changed while a change of ours was on its way to it. */
export interface FieldConflict {
  field: string;
  before: JsonValue | undefined;
  ours: JsonValue | undefined;
  theirs: JsonValue | undefined;
}

/** Who wins where both changed the same: nobody, so that a person is asked, or one of them. */
export type Resolve = 'ask' | 'theirs' | 'ours';

export interface MergedEntry {
  entry: ProviderEntry;
  conflicts: readonly FieldConflict[];
}

/**
 * Brings our change of an entry, from `before` to `ours`, to the entry as others left it.
 * A field, a key or a model that only one side changed is taken from that side; what both
 * changed differently is a conflict.
 */
export function mergeEntry(
  before: ProviderEntry,
  ours: ProviderEntry,
  theirs: ProviderEntry,
  resolve: Resolve,
): MergedEntry {
  const [was, wanted, there] = [asStored(before), asStored(ours), asStored(theirs)];
  const conflicts: FieldConflict[] = [];
  const changed: Record<string, JsonValue | undefined> = {};
  for (const field of new Set([...Object.keys(was), ...Object.keys(wanted)])) {
    if (sameValue(was[field], wanted[field])) continue;
    const merged = mergeValue(field, [was[field], wanted[field], there[field]], resolve);
    changed[field] = merged.value;
    if (merged.isConflict) {
      const sides = { before: was[field], ours: wanted[field], theirs: there[field] };
      conflicts.push({ field, ...sides });
    }
  }
  const entry = Object.fromEntries(
    Object.entries({ ...theirs, ...changed }).filter(([, value]) => value !== undefined),
  );
  return { entry, conflicts };
}

type Sides = readonly [
  before: JsonValue | undefined,
  ours: JsonValue | undefined,
  theirs: JsonValue | undefined,
];

interface MergedValue {
  value: JsonValue | undefined;
  isConflict?: boolean;
}

function mergeValue(field: string, sides: Sides, resolve: Resolve): MergedValue {
  const [before, ours, theirs] = sides;
  if (sameValue(before, theirs)) return { value: ours };
  if (sameValue(ours, theirs)) return { value: theirs };
  const idOf = LIST_IDS[field];
  if (idOf) {
    const lists = sides.map(listOf);
    if (lists.every((list) => list !== undefined))
      return mergeLists(idOf, lists as readonly (readonly JsonValue[])[], resolve);
  }
  const isConflict = resolve === 'ask';
  return { value: resolve === 'ours' ? ours : theirs, ...(isConflict && { isConflict }) };
}

const listOf = (value: JsonValue | undefined): readonly JsonValue[] | undefined => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : undefined;
};

type Id = (item: JsonValue) => string;

const field = (item: JsonValue, name: string): JsonValue =>
  (isJsonObject(item) && item[name]) || '';

/** What tells the items of a list apart; items without are compared whole. */
const LIST_IDS: Readonly<Record<string, Id>> = {
  'api-key-entries': (item) => JSON.stringify(field(item, 'api-key')),
  models: (item) =>
    JSON.stringify([field(item, 'name'), field(item, 'alias') || field(item, 'name')]),
  'excluded-models': (item) => JSON.stringify(item),
};

/** Adds what we added to their list, takes out what we took out, changes what we changed; their order stays. */
function mergeLists(
  idOf: Id,
  [before = [], ours = [], theirs = []]: readonly (readonly JsonValue[])[],
  resolve: Resolve,
): MergedValue {
  const [was, wanted] = [byId(before, idOf), byId(ours, idOf)];
  let isConflict = false;
  const kept = theirs.flatMap((item) => {
    const id = idOf(item);
    const [old, own] = [was.get(id), wanted.get(id)];
    if (sameValue(old, own) || sameValue(own, item)) return [item];
    const isTheirs = old === undefined || !sameValue(old, item);
    // Added by both: theirs stands. Changed by both: somebody has to say.
    if (!isTheirs || (resolve === 'ours' && old !== undefined))
      return own === undefined ? [] : [own];
    if (old !== undefined && resolve === 'ask') isConflict = true;
    return [item];
  });
  const there = byId(theirs, idOf);
  const isTaken = [...wanted].some(
    ([id, item]) => was.has(id) && !there.has(id) && !sameValue(was.get(id), item),
  );
  if (isTaken && resolve === 'ask') isConflict = true;
  const added = [...wanted]
    .filter(([id]) => !was.has(id) && !there.has(id))
    .map(([, item]) => item);
  return { value: [...kept, ...added], ...(isConflict && { isConflict }) };
}

const byId = (items: readonly JsonValue[], idOf: Id): Map<string, JsonValue> =>
  new Map(items.map((item) => [idOf(item), item]));
