import type { Field, Struct, StructType, ValueType } from './types.ts';

/** `value` as the server shows it in JSON. Recorded v7.2.140, scenarios config-get, oc-put-full. */
export function encodeJson(type: ValueType, value: unknown): unknown {
  if (type.kind === 'struct') return encodeFields(type, value as Struct, JSON_FORM);
  if (type.kind === 'duration') return nanoseconds(String(value));
  return encodeItems(type, value, encodeJson) ?? null;
}

/** `value` as the server writes it into config.yaml, where lists and maps are never null. */
export function encodeYaml(type: ValueType, value: unknown): unknown {
  if (type.kind === 'struct') return encodeFields(type, value as Struct, YAML_FORM);
  const items = encodeItems(type, value, encodeYaml);
  if (type.kind === 'list') return items ?? [];
  return type.kind === 'map' ? (items ?? {}) : items;
}

type Encode = (type: ValueType, value: unknown) => unknown;

/** How JSON and YAML differ for a field. */
interface Form {
  encode: Encode;
  nameOf: (field: Field) => string | null;
  isEmpty: (type: ValueType, value: unknown) => boolean;
}

const JSON_FORM: Form = {
  encode: encodeJson,
  nameOf: (field) => (field.jsonName === undefined ? field.name : field.jsonName),
  // Go leaves an empty struct out of YAML, but not out of JSON.
  isEmpty: (type, value) => type.kind !== 'struct' && isEmpty(type, value),
};

const YAML_FORM: Form = { encode: encodeYaml, nameOf: (field) => field.name, isEmpty };

function encodeItems(type: ValueType, value: unknown, encode: Encode): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case 'list':
      return (value as unknown[]).map((item) => encode(type.of, item));
    case 'map':
      return encodeMap(type.of, value as Struct, encode);
    case 'optional':
      return encode(type.of, value);
    default:
      return value;
  }
}

function encodeMap(of: ValueType, value: Struct, encode: Encode): Struct {
  const sorted = Object.keys(value).sort();
  return Object.fromEntries(sorted.map((key) => [key, encode(of, value[key])]));
}

function encodeFields(type: StructType, value: Struct, form: Form): Struct {
  const result: Struct = {};
  for (const field of type.fields) {
    const name = form.nameOf(field);
    const own = value[field.name];
    if (name === null || (field.leftOutWhenEmpty && form.isEmpty(field.type, own))) continue;
    result[name] = form.encode(field.type, own);
  }
  return result;
}

function isEmpty(type: ValueType, value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false || value === 0) {
    return type.kind !== 'optional' || value === null || value === undefined;
  }
  if (type.kind === 'list') return (value as unknown[]).length === 0;
  if (type.kind === 'map') return Object.keys(value).length === 0;
  if (type.kind === 'struct') {
    return type.fields.every((field) => isEmpty(field.type, (value as Struct)[field.name]));
  }
  return false;
}

const NANOSECONDS: Record<string, number> = { ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };

function nanoseconds(duration: string): number {
  const parts = [...duration.matchAll(/([\d.]+)(ms|s|m|h)/g)];
  return parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (NANOSECONDS[unit ?? ''] ?? 0),
    0,
  );
}
