import { isJsonObject, type JsonValue, sameJson } from '../json.ts';
import { maskedEntry } from './masked.ts';
import { asStored, type ProviderEntry } from './provider.ts';

export interface DiffLine {
  sign: ' ' | '+' | '-';
  text: string;
}

/** Unchanged list items beyond this many are counted, not shown. */
const SHOWN_UNCHANGED = 3;

/**
 * The exact difference between two versions of a provider, as lines of JSON in which
 * every secret is masked. Fields that stay are left out; `before` absent means a new one.
 */
export function diffLines(before: ProviderEntry | undefined, after: ProviderEntry): DiffLine[] {
  const [was, is] = [before ? asStored(before) : {}, asStored(after)];
  const masked = { was: maskedEntry(was), is: maskedEntry(is) };
  const fields = [...new Set([...Object.keys(is), ...Object.keys(was)])];
  return fields
    .filter((field) => !sameJson(was[field], is[field]))
    .flatMap((field) =>
      fieldLines(field, [was[field], is[field]], [masked.was[field], masked.is[field]]),
    );
}

type Versions<Value> = readonly [was: Value, is: Value];

function fieldLines(
  field: string,
  [was, is]: Versions<JsonValue | undefined>,
  [wasMasked, isMasked]: Versions<JsonValue | undefined>,
): DiffLine[] {
  if (isListOrNothing(was) && isListOrNothing(is)) {
    const frame = was ? (is ? ' ' : '-') : '+';
    const masked = [wasMasked ?? [], isMasked ?? []] as Versions<readonly JsonValue[]>;
    return [
      { sign: frame, text: `"${field}": [` },
      ...listLines([was ?? [], is ?? []], masked),
      { sign: frame, text: ']' },
    ];
  }
  const line = (sign: '+' | '-', value: JsonValue) => ({
    sign,
    text: `"${field}": ${inline(value)}`,
  });
  return [
    ...(wasMasked === undefined ? [] : [line('-', wasMasked)]),
    ...(isMasked === undefined ? [] : [line('+', isMasked)]),
  ];
}

const isListOrNothing = (value: JsonValue | undefined): value is readonly JsonValue[] | undefined =>
  value === undefined || Array.isArray(value);

/** What two lists have in common at both ends stays; compared unmasked, for two keys may have one mask. */
function listLines(
  [was, is]: Versions<readonly JsonValue[]>,
  [wasMasked, isMasked]: Versions<readonly JsonValue[]>,
): DiffLine[] {
  const shorter = Math.min(was.length, is.length);
  let head = 0;
  while (head < shorter && sameJson(was[head], is[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && sameJson(was.at(-1 - tail), is.at(-1 - tail))) tail += 1;
  return [
    ...unchangedLines(isMasked.slice(0, head)),
    ...itemLines('-', wasMasked.slice(head, was.length - tail)),
    ...itemLines('+', isMasked.slice(head, is.length - tail)),
    ...unchangedLines(isMasked.slice(is.length - tail)),
  ];
}

const itemLines = (sign: DiffLine['sign'], items: readonly JsonValue[]): DiffLine[] =>
  items.map((item) => ({ sign, text: `  ${inline(item)}` }));

const unchangedLines = (items: readonly JsonValue[]): DiffLine[] =>
  items.length > SHOWN_UNCHANGED
    ? [{ sign: ' ', text: `  … ${items.length} …` }]
    : itemLines(' ', items);

/** JSON on one line, with the blanks that make it readable. */
function inline(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([field, item]) => `${JSON.stringify(field)}: ${inline(item ?? null)}`,
  );
  return `{${fields.join(', ')}}`;
}
