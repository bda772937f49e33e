import { decodeJson, WrongType } from './schema/decode-json.ts';
import { list, optional, type StructType, shown, struct, type ValueType } from './schema/types.ts';

/** What a body said, or undefined if the server answers "invalid body". */
export type Read<Value> = { value: Value } | undefined;

/**
 * The list in the body of a PUT: a bare one, or `{"items": [...]}` with at least one item. null is an empty list.
 * Recorded v7.2.140, scenarios oc-put-items, oc-put-invalid.
 */
export function readList<Item>(itemType: ValueType, body: string): Read<Item[] | null> {
  const parsed = parseJson(body);
  if (!parsed) return undefined;
  const bare = decoded<Item[] | null>(list(itemType), parsed.value);
  if (bare) return bare;
  const wrapped = decoded<{ items: Item[] | null }>(
    struct(shown('items', list(itemType))),
    parsed.value,
  );
  return wrapped?.value.items?.length ? { value: wrapped.value.items } : undefined;
}

/** The object in the body of a PATCH or POST; what follows it is ignored. Scenario oc-patch-invalid. */
export function readObject<Value>(type: StructType, body: string): Read<Value> {
  const parsed = parseJson(body) ?? parseJson(firstValue(body));
  return parsed && decoded<Value>(type, parsed.value);
}

/** The `value` of a setting. Scenario settings. */
export function readValue<Value>(type: ValueType, body: string): Read<Value> {
  const read = readObject<{ value: Value | null }>(struct(shown('value', optional(type))), body);
  return read && read.value.value !== null ? { value: read.value.value } : undefined;
}

function parseJson(text: string): Read<unknown> {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function decoded<Value>(type: ValueType, json: unknown): Read<Value> {
  try {
    return { value: decodeJson(type, json) as Value };
  } catch (error) {
    if (error instanceof WrongType) return undefined;
    throw error;
  }
}

/** The text of the object or array at the beginning of `text`. */
function firstValue(text: string): string {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) return text.slice(0, index + token.length);
  }
  return '';
}
