import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { maskCredentials, maskSecret } from '../secrets.ts';

/** An entry as it may be shown, copied and kept in the history: keys, header values and proxy passwords masked. */
export function maskedEntry(entry: JsonObject): JsonObject {
  return maskFields(entry, '');
}

function maskFields(object: JsonObject, parent: string): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([field, value]) => [
      field,
      maskValue(value ?? null, field, parent),
    ]),
  );
}

function maskValue(value: JsonValue, field: string, parent: string): JsonValue {
  if (typeof value === 'string') return maskText(value, field, parent);
  if (Array.isArray(value)) return value.map((item) => maskValue(item, field, parent));
  return isJsonObject(value) ? maskFields(value, field) : value;
}

function maskText(text: string, field: string, parent: string): string {
  if (/(^|-)(api-)?keys?$/.test(field) || parent === 'headers') return maskSecret(text);
  return maskCredentials(text);
}
