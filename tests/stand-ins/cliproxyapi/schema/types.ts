import type { VersionRange } from '../versions.ts';

/**
 * The shape of a configuration value, as the server's Go structs have it: it decides what is stored, in which order
 * it is shown, and which wrong types are refused.
 */
export type ValueType =
  | { kind: 'text' | 'flag' | 'whole' | 'duration' | 'raw' }
  | { kind: 'list' | 'map' | 'optional'; of: ValueType }
  | StructType;

export interface StructType {
  kind: 'struct';
  fields: readonly Field[];
}

export interface Field extends VersionRange {
  name: string;
  type: ValueType;
  /** Left out of JSON and YAML when empty. */
  leftOutWhenEmpty: boolean;
  /** Its name in JSON where that is another one; null if JSON does not have it. */
  jsonName?: string | null;
  /** The value without the field, if that is not the empty one. */
  fallback?: unknown;
}

export interface Struct {
  [field: string]: unknown;
}

export const text: ValueType = { kind: 'text' };
export const flag: ValueType = { kind: 'flag' };
export const whole: ValueType = { kind: 'whole' };
/** A time such as `250ms`, which JSON shows in nanoseconds. */
export const duration: ValueType = { kind: 'duration' };
/** Anything, kept as it is; undefined when not given, so that null can be told from nothing. */
export const raw: ValueType = { kind: 'raw' };
export const list = (of: ValueType): ValueType => ({ kind: 'list', of });
export const map = (of: ValueType): ValueType => ({ kind: 'map', of });
/** Null when not given, which is something else than empty. */
export const optional = (of: ValueType): ValueType => ({ kind: 'optional', of });
export const struct = (...fields: readonly Field[]): StructType => ({ kind: 'struct', fields });

type FieldOptions = VersionRange & Pick<Field, 'jsonName' | 'fallback'>;

/** A field that is always shown. */
export function shown(name: string, type: ValueType, options: FieldOptions = {}): Field {
  return { name, type, leftOutWhenEmpty: false, ...options };
}

/** A field that is shown when it is not empty. */
export function ifSet(name: string, type: ValueType, options: FieldOptions = {}): Field {
  return { name, type, leftOutWhenEmpty: true, ...options };
}

/** `type` without the fields that `covers` denies. */
export function narrowed<Type extends ValueType>(
  type: Type,
  covers: (range: VersionRange) => boolean,
): Type {
  if (type.kind === 'struct') {
    const fields = type.fields
      .filter((field) => covers(field))
      .map((field) => ({ ...field, type: narrowed(field.type, covers) }));
    return { ...type, fields };
  }
  return 'of' in type ? { ...type, of: narrowed(type.of, covers) } : type;
}

/** The value of a field that was not given. */
export function emptyValue(type: ValueType): unknown {
  switch (type.kind) {
    case 'text':
      return '';
    case 'flag':
      return false;
    case 'whole':
      return 0;
    case 'duration':
      return '0s';
    case 'raw':
      return undefined;
    case 'struct':
      return Object.fromEntries(
        type.fields.map((field) => [field.name, field.fallback ?? emptyValue(field.type)]),
      );
    default:
      return null;
  }
}
