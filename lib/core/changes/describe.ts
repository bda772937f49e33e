import type { ChangeLine } from '../import-view.ts';
import { type JsonObject, type JsonValue, sameJson } from '../json.ts';
import { maskSecret } from '../secrets.ts';
import { type DiffLine, diffLines } from './diff-lines.ts';
import { hasManyKeys, keysOf, labelOf } from './kinds.ts';
import { maskedEntry } from './masked.ts';
import type { Plan, Step } from './plan.ts';
import {
  asStored,
  baseUrlOf,
  modelsOf,
  type ProviderEntry,
  type ProviderKind,
} from './provider.ts';

/**
 * A plan in words, secrets masked: what comes, goes and changes, and what stays. A provider
 * that is the only one to change is named where nothing beside the words names it (`isNamed`).
 */
export function changeLines(
  entries: readonly ProviderEntry[],
  plan: Plan,
  { isNamed = false }: { isNamed?: boolean } = {},
): ChangeLine[] {
  const { kind, steps, order } = plan;
  const isAlone = steps.length === 1;
  const lines = steps.flatMap((step) => stepLines(kind, step, { isAlone, isNamed }));
  const touched = steps.filter(({ before }) => before).length;
  const staying = entries.length - touched;
  const isListNamed = !isAlone || !steps[0]?.before || !steps[0].after;
  return [
    ...lines,
    ...(order ? [{ sign: '~', what: 'order', providers: entries.length } as const] : []),
    ...(steps.length > 0 && isListNamed && staying > 0
      ? [{ sign: '=', what: 'list', providers: staying } as const]
      : []),
  ];
}

function stepLines(
  kind: ProviderKind,
  { before, after }: Step,
  { isAlone, isNamed }: { isAlone: boolean; isNamed: boolean },
): ChangeLine[] {
  const entry = after ?? before ?? {};
  const head = (sign: '+' | '-' | '~'): ChangeLine => ({
    sign,
    what: 'provider',
    name: labelOf(kind, entry),
    baseUrl: baseUrlOf(entry),
  });
  if (!before) return [head('+'), ...contentLines(kind, {}, entry)];
  if (!after) return [head('-'), ...contentLines(kind, entry, {})];
  const stays = { sign: '=', what: 'entry', ...countsOf(kind, before, after) } as const;
  return [
    ...(isAlone && !isNamed ? [] : [head('~')]),
    ...contentLines(kind, before, after),
    ...itemLines(kind, before, after),
    ...fieldLines(before, after),
    ...(isAlone ? [stays] : []),
  ];
}

/** The keys and models that stay. */
function countsOf(kind: ProviderKind, before: ProviderEntry, after: ProviderEntry) {
  const { kept: keys } = compare(keysOf(kind, before), keysOf(kind, after));
  const { kept: models } = compare(modelIds(before), modelIds(after));
  return { keys, models };
}

const modelIds = (entry: ProviderEntry): string[] =>
  modelsOf(entry).map(({ upstream, alias }) => JSON.stringify([upstream, alias]));

const aliasOf = (id: string): string => (JSON.parse(id) as [string, string])[1];

function compare(was: readonly string[], is: readonly string[]) {
  const [had, has] = [new Set(was), new Set(is)];
  return {
    added: is.filter((item) => !had.has(item)),
    removed: was.filter((item) => !has.has(item)),
    kept: was.filter((item) => has.has(item)).length,
  };
}

function contentLines(
  kind: ProviderKind,
  before: ProviderEntry,
  after: ProviderEntry,
): ChangeLine[] {
  const keys = compare(keysOf(kind, before), keysOf(kind, after));
  const models = compare(modelIds(before), modelIds(after));
  const keyLine = (sign: '+' | '-', found: readonly string[]): ChangeLine[] =>
    found.length > 0
      ? [{ sign, what: 'keys', count: found.length, masks: found.map(maskSecret) }]
      : [];
  const modelLine = (sign: '+' | '-', found: readonly string[]): ChangeLine[] =>
    found.length > 0
      ? [{ sign, what: 'models', count: found.length, aliases: found.map(aliasOf) }]
      : [];
  return [
    ...keyLine('+', keys.added),
    ...keyLine('-', keys.removed),
    ...modelLine('+', models.added),
    ...modelLine('-', models.removed),
  ];
}

/** Keys and models that stay and are changed in themselves: a weight, a proxy. */
function itemLines(kind: ProviderKind, before: ProviderEntry, after: ProviderEntry): ChangeLine[] {
  const fields = hasManyKeys(kind) ? ['api-key-entries', 'models'] : ['models'];
  const [was, is] = [asStored(before), asStored(after)];
  return fields.flatMap((field) => {
    const old = itemsById(was, field);
    return [...itemsById(is, field)].flatMap(([id, item]): ChangeLine[] => {
      const from = old.get(id);
      if (from === undefined || sameJson(from, item)) return [];
      return [{ sign: '~', what: 'field', field, from: itemText(from), to: itemText(item) }];
    });
  });
}

function itemsById(entry: ProviderEntry, field: string): Map<string, JsonObject> {
  const items = (entry[field] ?? []) as readonly JsonObject[];
  return new Map(
    items.map((item) => [JSON.stringify([item['api-key'], item.name, item.alias]), item]),
  );
}

const itemText = (item: JsonObject): string => JSON.stringify(maskedEntry(item));

/** What is told by keys and models; any other field has a line of its own. */
const COUNTED = new Set(['api-key', 'api-key-entries', 'models']);

function fieldLines(before: ProviderEntry, after: ProviderEntry): ChangeLine[] {
  const [was, is] = [maskedEntry(asStored(before)), maskedEntry(asStored(after))];
  const fields = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...fields]
    .filter((field) => !COUNTED.has(field) && !sameJson(was[field], is[field]))
    .map((field) => ({
      sign: '~',
      what: 'field',
      field,
      from: textOf(was[field]),
      to: textOf(is[field]),
    }));
}

const textOf = (value: JsonValue | undefined): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The exact difference of a plan as JSON, secrets masked: of several providers each below its name. */
export const planDiff = ({ kind, steps }: Plan): DiffLine[] =>
  steps.flatMap(({ before, after }) => [
    ...(steps.length > 1 ? [nameLine(kind, after ?? before ?? {})] : []),
    ...diffLines(before, after ?? {}),
  ]);

const nameLine = (kind: ProviderKind, entry: ProviderEntry): DiffLine => ({
  sign: ' ',
  text: `// ${labelOf(kind, entry)}`,
});
