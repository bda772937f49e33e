import { readFileSync } from 'node:fs';

/** What was done to a server, and what it answered in one version. */
export interface Scenario {
  id: string;
  /** The text of config.yaml at the start. */
  config: string;
  env?: { MANAGEMENT_PASSWORD?: string };
  /** How long to wait after each write, in milliseconds. */
  settleMs?: number;
  steps: Step[];
  /** The lines of config.yaml at the end. */
  after?: string[];
}

interface Step {
  ask: Ask;
  /** Missing where two recordings of the same version differ. */
  answer?: RecordedAnswer;
}

/** A request, or a look into the file (`file`), or an edit by hand (`writeFile`). */
export interface Ask {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** JSON; `{"$raw": text}` is a text; `{"$fromStep": n, "path": "a", "wrap": "b"}` is an earlier answer. */
  body?: unknown;
  /** `upstream`: a request to the fake relay. */
  target?: string;
  file?: string;
  writeFile?: string;
  content?: string;
  /** To wait before, in milliseconds. */
  waitMs?: number;
  noSettle?: boolean;
  /** The answer was recorded with long lists shortened. */
  summarize?: boolean;
  trim?: Record<string, number>;
}

export interface RecordedAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Instead of a body that is YAML: its lines, in any order, without indentation and quotes. */
  lines?: string[];
}

/** The versions that were recorded. */
export function recordedVersions(): string[] {
  return readLines()[0]?.versions ?? [];
}

/** All scenarios with the answers of `version`. */
export function readScenarios(version: string): Scenario[] {
  const [head, ...scenarios] = readLines();
  const at = head?.versions.indexOf(version) ?? -1;
  if (!head || at === -1) throw new Error(`not recorded: ${version}`);
  return scenarios.map((scenario) => unpack(scenario, head, at) as Scenario);
}

interface Head {
  versions: string[];
  headers: unknown[];
  lines: string[];
  shared: unknown[];
}

function readLines(): [Head?, ...unknown[]] {
  const file = new URL('./recordings/cliproxyapi.jsonl', import.meta.url);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line): unknown => JSON.parse(line)) as [Head, ...unknown[]];
}

/** `packed` for the version number `at`: with shared values, of each set of values the one of that version. */
function unpack(packed: unknown, head: Head, at: number, name = ''): unknown {
  if (Array.isArray(packed)) {
    if (name === 'lines' || name === 'after')
      return packed.flatMap((range) => linesOf(range, head));
    return packed.map((item) => unpack(item, head, at));
  }
  if (typeof packed === 'number' && name === 'headers') {
    return withVersion(unpack(head.headers[packed], head, at), head.versions[at] ?? '');
  }
  if (typeof packed !== 'object' || packed === null) return packed;
  const value = packed as Record<string, unknown>;
  if (typeof value.$times === 'number') {
    return Array.from({ length: value.$times }, (_, n) => numbered(value.$each, n));
  }
  if (typeof value.$ === 'number') return unpack(head.shared[value.$], head, at, name);
  if (typeof value.$by === 'string') {
    const choice = Number.parseInt(value.$by[at] ?? '', 36);
    return unpack((value.$is as unknown[])[choice], head, at, name);
  }
  const entries = Object.entries(value).map(([key, item]) => [key, unpack(item, head, at, key)]);
  return Object.fromEntries(entries);
}

/** `each` as the n-th of its list: `{{#5}}` is `n` in at least five digits. */
function numbered(each: unknown, n: number): unknown {
  const text = JSON.stringify(each).replaceAll(/\{\{#(\d)\}\}/g, (_match, digits: string) =>
    String(n).padStart(Number(digits), '0'),
  );
  return JSON.parse(text);
}

function linesOf(range: number | [number, number], { lines }: Head): string[] {
  const [from, to] = typeof range === 'number' ? [range, range] : range;
  return lines.slice(from, to + 1);
}

function withVersion(headers: unknown, version: string): unknown {
  return JSON.parse(JSON.stringify(headers).replaceAll('{{VERSION}}', version));
}
