import { isJsonObject, type JsonValue } from '../json.ts';
import { asStored, type ProviderEntry } from './provider.ts';

/**
 * Whether two versions of an entry say the same to a server. What is empty counts as absent:
 * servers leave it out, or show it where it was never sent (`disabled`, `proxy-url`, `models`;
 * recorded v6.4.1 to v7.2.140, scenarios oc-roundtrip and claude-put).
 */
export const sameEntry = (one: ProviderEntry, other: ProviderEntry): boolean =>
  one === other || sameValue(asStored(one), asStored(other));

/** The same for a part of an entry. Compared as they stand: copies would be the dearest part of a rebase. */
export function sameValue(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === other) return true;
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other);
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => sameValue(item, other[at]));
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...fields].every((field) => sameValue(one[field], other[field]));
}

/** A list of empty items is not empty: their number says something. */
function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === false || value === '' || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.values(value).every(isEmpty);
}
