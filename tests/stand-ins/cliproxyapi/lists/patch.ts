import type { Headers, List } from '../config.ts';
import { type Answer, refusal } from '../messages.ts';
import { normalizeExcludedModels, normalizeHeaders } from '../sanitize.ts';
import {
  type Field,
  ifSet,
  optional,
  raw,
  type Struct,
  type StructType,
  struct,
} from '../schema/types.ts';
import type { Features, VersionRange } from '../versions.ts';

/** A field that PATCH knows. */
export interface PatchField extends VersionRange {
  name: string;
  /** How the given value becomes the stored one. */
  how:
    | 'as given'
    | 'trimmed'
    | 'headers'
    | 'excluded models'
    | 'key entries'
    | 'flag or null'
    | 'weight';
  /** Whether an empty value removes the entry. */
  emptyDeletes?: boolean;
}

/** What became of an entry: another one, nothing (it is to be removed), or a refusal. */
export type Patched<Entry> = { entry: Entry } | { removed: true } | { refused: Answer };

/** The type of a PATCH value: each field of `entryType` that PATCH knows, null meaning "not given". */
export function patchType(
  entryType: StructType,
  patch: readonly PatchField[],
  features: Features,
): StructType {
  const known = patch.filter((field) => features.covers(field));
  const fields = known.flatMap(({ name, how }): Field[] => {
    const type = entryType.fields.find((field) => field.name === name)?.type;
    if (!type) return [];
    return [ifSet(name, how === 'flag or null' || how === 'weight' ? raw : optional(type))];
  });
  return struct(...fields);
}

/** `entry` with the fields that `value` gives. Recorded since v6.6.109, scenarios oc-patch-*, *-patch. */
export function applyPatch<Entry extends Struct>(
  entry: Entry,
  value: Struct,
  patch: readonly PatchField[],
  features: Features,
): Patched<Entry> {
  const result: Struct = { ...entry };
  for (const field of patch.filter((candidate) => features.covers(candidate))) {
    const given = value[field.name];
    const isRaw = field.how === 'flag or null' || field.how === 'weight';
    if (given === undefined || (given === null && !isRaw)) continue;
    const stored = storedValue(field, given);
    if ('refused' in stored) return stored;
    if (field.emptyDeletes && stored.value === '') return { removed: true };
    result[field.name] = stored.value;
  }
  return { entry: result as Entry };
}

function storedValue(
  { how }: PatchField,
  given: unknown,
): { value: unknown } | { refused: Answer } {
  switch (how) {
    case 'trimmed':
      return { value: (given as string).trim() };
    case 'headers':
      return { value: normalizeHeaders(given as Headers) };
    case 'excluded models':
      return { value: normalizeExcludedModels(given as List<string>) };
    case 'flag or null':
      if (given === null || typeof given === 'boolean') return { value: given };
      return { refused: refusal(400, 'disable-cooling must be a boolean or null') };
    case 'weight':
      return given === null ? { value: null } : weightValue(given);
    case 'key entries': {
      const refused = refusedWeight(given as Struct[], (at) => `api-key-entries[${at}].weight: `);
      return refused ? { refused } : { value: emptyIsNull(given) };
    }
    case 'as given':
      return { value: emptyIsNull(given) };
  }
}

function weightValue(weight: unknown): { value: unknown } | { refused: Answer } {
  if (!Number.isInteger(weight)) return { refused: refusal(400, 'weight must be an integer') };
  const refused = refusedWeight([{ weight }], () => '');
  return refused ? { refused } : { value: weight };
}

const GREATEST_WEIGHT = 1_000_000;

/** The refusal of the first entry with too great a weight. Scenarios oc-patch-keys, claude-put. */
export function refusedWeight(
  entries: readonly Struct[],
  prefixOf: (at: number) => string,
): Answer | undefined {
  const at = entries.findIndex(
    ({ weight }) => typeof weight === 'number' && weight > GREATEST_WEIGHT,
  );
  if (at === -1) return undefined;
  return refusal(400, `${prefixOf(at)}weight must not exceed ${GREATEST_WEIGHT}`);
}

function emptyIsNull(value: unknown): unknown {
  return Array.isArray(value) && value.length === 0 ? null : value;
}
