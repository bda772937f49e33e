import { emptyValue, type Field, type Struct, type StructType, type ValueType } from './types.ts';

/** A value of a type that the server refuses. */
export class WrongType extends Error {}

/**
 * Reads `json` as the server does: names of fields in any case, unknown fields dropped, null as "not given".
 * Throws WrongType. Recorded v7.2.140, scenarios oc-put-invalid, oc-put-unknown.
 */
export function decodeJson(type: ValueType, json: unknown): unknown {
  if (type.kind === 'raw') return json;
  if (json === null) return emptyValue(type);
  switch (type.kind) {
    case 'text':
    case 'duration':
      return expect(typeof json === 'string', json);
    case 'flag':
      return expect(typeof json === 'boolean', json);
    case 'whole':
      return expect(Number.isInteger(json), json);
    case 'optional':
      return decodeJson(type.of, json);
    case 'list':
      if (!Array.isArray(json)) throw new WrongType();
      return json.map((item) => decodeJson(type.of, item));
    case 'map':
      return Object.fromEntries(
        Object.entries(asObject(json)).map(([key, value]) => [key, decodeJson(type.of, value)]),
      );
    case 'struct':
      return decodeStruct(type, asObject(json));
  }
}

function decodeStruct(type: StructType, json: Struct): Struct {
  const result = emptyValue(type) as Struct;
  for (const [name, value] of Object.entries(json)) {
    const field = findField(type.fields, name);
    if (field && value !== null) result[field.name] = decodeJson(field.type, value);
    else if (field?.type.kind === 'raw') result[field.name] = null;
  }
  return result;
}

function findField(fields: readonly Field[], name: string): Field | undefined {
  const known = fields.filter((field) => field.jsonName !== null);
  const nameOf = (field: Field) => field.jsonName ?? field.name;
  return (
    known.find((field) => nameOf(field) === name) ??
    known.find((field) => nameOf(field).toLowerCase() === name.toLowerCase())
  );
}

function expect(right: boolean, value: unknown): unknown {
  if (!right) throw new WrongType();
  return value;
}

function asObject(json: unknown): Struct {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new WrongType();
  return json as Struct;
}
