import { keysOf, labelOf } from '../changes/kinds.ts';
import {
  apiKeyOf,
  PROVIDER_KINDS,
  type ProviderEntry,
  type ProviderKind,
  type ProviderLists,
} from '../changes/provider.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { maskSecret } from '../secrets.ts';

/** What any write over the API takes out of one entry in the server's file. */
export interface Erasure {
  kind: ProviderKind;
  /** What the entry is called to a person: see `labelOf`. */
  entry: string;
  /** Masks of the keys that stand in the old form only, which newer servers do not read. */
  legacyKeys: readonly string[];
  /** Fields that the server does not know: `note`, `api-key-entries.note`, `models.tier`. */
  fields: readonly string[];
}

/** Keys of a provider in the form that was read until v6.8.8 (scenario oc-legacy-api-keys). */
const LEGACY_FIELDS: ReadonlySet<string> = new Set(['api-keys', 'api-key']);

/**
 * What the first write over the API would erase from config.yaml, be it of an unrelated
 * setting: the server writes its lists back without the fields that it does not know, legacy
 * keys among them (`contract/FACTS.md`, section 4 number 2, section 9 number 11).
 *
 * `file` is config.yaml as it was parsed, `shown` what GET shows. What a server knows differs
 * from version to version, so that its own answer decides: a field that says something in the
 * file and is missing there is unknown. An entry that GET does not show is not compared.
 */
export function erasuresByWriting(file: JsonValue, shown: ProviderLists): Erasure[] {
  if (!isJsonObject(file)) return [];
  return PROVIDER_KINDS.flatMap((kind) => {
    const counterparts = Map.groupBy(shown[kind] ?? [], (entry) => identityOf(kind, entry));
    return objectsOf(file[kind]).flatMap((written) => {
      const entry = counterparts.get(identityOf(kind, written))?.shift();
      return entry ? (erasureOf(kind, written, entry) ?? []) : [];
    });
  });
}

function erasureOf(
  kind: ProviderKind,
  written: JsonObject,
  entry: ProviderEntry,
): Erasure | undefined {
  const isProvider = kind === 'openai-compatibility';
  const held = new Set(keysOf(kind, entry));
  const legacy = isProvider ? legacyKeysOf(written).filter((key) => !held.has(key)) : [];
  const own = unknownFields(written, entry);
  const fields = [
    ...(isProvider ? own.filter((field) => !LEGACY_FIELDS.has(field)) : own),
    ...unknownInside('api-key-entries', written, entry, apiKeyOf),
    ...unknownInside('models', written, entry, modelIdentity),
  ];
  if (legacy.length === 0 && fields.length === 0) return undefined;
  return { kind, entry: labelOf(kind, entry), legacyKeys: legacy.map(maskSecret), fields };
}

/** Keys as a provider had them before it had entries for them. */
function legacyKeysOf(written: JsonObject): string[] {
  const listed = Array.isArray(written['api-keys']) ? written['api-keys'] : [];
  return [...listed, written['api-key']].map(textOf).filter((key) => key !== '');
}

/** Fields of the elements of a list inside an entry, each once, with the name of the list before it. */
function unknownInside(
  list: string,
  written: JsonObject,
  entry: JsonObject,
  identity: (element: JsonObject) => string,
): string[] {
  const counterparts = Map.groupBy(objectsOf(entry[list]), identity);
  const unknown = objectsOf(written[list]).flatMap((element) => {
    const shown = counterparts.get(identity(element))?.shift();
    return shown ? unknownFields(element, shown) : [];
  });
  return [...new Set(unknown)].map((field) => `${list}.${field}`);
}

/** GET leaves out what is empty, zero or false: then a missing field says nothing, and little is lost with it. */
const unknownFields = (written: JsonObject, shown: JsonObject): string[] =>
  Object.keys(written).filter((field) => saysSomething(written[field]) && !(field in shown));

function saysSomething(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isJsonObject(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** What tells entries apart that the file and the server show alike. */
function identityOf(kind: ProviderKind, entry: JsonObject): string {
  const first = kind === 'openai-compatibility' ? entry.name : entry['api-key'];
  return [textOf(first), textOf(entry['base-url'])].join('\n');
}

const modelIdentity = ({ name, alias }: JsonObject) => [textOf(name), textOf(alias)].join('\n');

/** YAML takes `name: 123` for a number, the server for text; blanks around it are trimmed. */
const textOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

const objectsOf = (value: JsonValue | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];
