import type { RecordedAnswer } from './cliproxyapi-recording.ts';

/** An answer in the form in which answers were recorded. */
export type Compared = RecordedAnswer;

/** Generated values that stand for each other: the recorded one's name and the one of this run. */
export type Words = Map<string, string>;

/** Where `actual` is not as `recorded`, one difference a line. */
export function differencesOf(recorded: Compared, actual: Compared, words: Words): string[] {
  const { lines, ...rest } = recorded;
  const { lines: actualLines = [], ...actualRest } = actual;
  return [
    ...compareValues(rest, actualRest, '', words),
    ...(lines ? compareLines(lines, actualLines) : []),
  ];
}

/** Where the lines of two YAML texts differ, in any order. */
export function compareLines(recorded: readonly string[], actual: readonly string[]): string[] {
  const missing = without(recorded, actual).map((line) => `line missing: ${line}`);
  const extra = without(actual, recorded).map((line) => `line too many: ${line}`);
  return [...missing, ...extra];
}

/** The lines of a YAML text without layout: indentation, quotes, dashes and order do not count. */
export function looseLines(text: string): string[] {
  return text
    .replaceAll(HASH, '{{HASH}}')
    .split('\n')
    .map((line) =>
      line
        .replace(/^[\s-]+/, '')
        .replaceAll(/["']/g, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter(Boolean);
}

const HASH = /\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}/g;

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

function compareValues(recorded: unknown, actual: unknown, path: string, words: Words): string[] {
  const both = [recorded, actual];
  if (both.every(isObject))
    return compareObjects(recorded as Fields, actual as Fields, path, words);
  if (both.every(Array.isArray)) {
    const fields = both.map((list) => Object.fromEntries(Object.entries(list as object)));
    return compareObjects(fields[0] ?? {}, fields[1] ?? {}, path, words);
  }
  const isSame =
    typeof recorded === 'string' && recorded.includes('{{')
      ? matches(recorded, actual, words)
      : recorded === actual;
  return isSame ? [] : [`${path}: recorded ${show(recorded)}, got ${show(actual)}`];
}

type Fields = Record<string, unknown>;

/** Fields must come in the recorded order. */
function compareObjects(recorded: Fields, actual: Fields, path: string, words: Words): string[] {
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(actual)])];
  const differences = names.flatMap((name) =>
    compareValues(recorded[name], actual[name], `${path}/${name}`, words),
  );
  const order = [recorded, actual].map((fields) => Object.keys(fields).join(', '));
  if (differences.length > 0 || order[0] === order[1]) return differences;
  return [`${path}: recorded in the order ${order[0]}, got ${order[1]}`];
}

const PLACEHOLDERS: Record<string, string> = {
  TIME: String.raw`(?:\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT)`,
  TIME_RANGE: String.raw`\d\d:\d\d-\d\d:\d\d`,
  TRACE: '[0-9a-f-]+',
  BUILD: '.+',
  BAN_REMAINING: '[0-9ms]+"?',
  RANDOM_ORDER: '.*',
  UNIX: String.raw`\d{10}`,
};

/** Whether `actual` is as `recorded`, whose placeholders stand for values that are new at each run. */
function matches(recorded: string, actual: unknown, words: Words): boolean {
  const names: string[] = [];
  const pattern = RegExp.escape(recorded).replaceAll(
    /(?:\\\{|\\x7b){2}(\w+)(?:\\\}|\\x7d){2}/g,
    (_match, name: string) => {
      names.push(name);
      return `(${PLACEHOLDERS[name] ?? '[0-9a-f]{16}'})`;
    },
  );
  const found = new RegExp(`^${pattern}$`).exec(String(actual));
  return found !== null && names.every((name, at) => isSameWord(name, found[at + 1] ?? '', words));
}

/** An auth-index stands for the same credential throughout a scenario. */
function isSameWord(name: string, value: string, words: Words): boolean {
  if (!name.startsWith('AUTH_INDEX')) return true;
  const known = words.get(name);
  if (known !== undefined) return known === value;
  if ([...words.values()].includes(value)) return false;
  words.set(name, value);
  return true;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
