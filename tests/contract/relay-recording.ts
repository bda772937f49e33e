import { readFileSync } from 'node:fs';

/** One request and its answer, as recorded. */
export interface Exchange {
  name: string;
  request: {
    method: string;
    path: string;
    headers?: Record<string, string>;
    /** A text is a body that is no JSON. */
    body?: unknown;
  };
  response: {
    status: number;
    headers: Record<string, string>;
    /** The request id, which begins with the time; the router's own redirect has none. */
    id?: string;
    body: unknown;
  };
}

/** An answer in a form that can be compared. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** An answer that a vendor is known to give to `GET url`. */
export interface VendorAnswer {
  provider: string;
  name: string;
  url: string;
  key?: string;
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** The exchanges of a relay, in the order in which they were recorded. */
export function readExchanges(recording: string): Exchange[] {
  return readRecording(recording) as Exchange[];
}

/** Answers of vendors, each with its source. */
export function readVendorAnswers(): VendorAnswer[] {
  return readRecording('upstreams') as VendorAnswer[];
}

/** What a relay program answered to `GET` of its model list. */
export interface ModelListAnswer {
  program: string;
  name: string;
  status: number;
  contentType: string;
  body: unknown;
}

/** Model lists of several relay programs, and what they answer instead of one. */
export function readModelLists(): ModelListAnswer[] {
  return readRecording('model-lists') as ModelListAnswer[];
}

/**
 * A recording has one value a line; `{"$shared": n}` stands for the n-th of the values in its
 * first line.
 */
function readRecording(name: string): unknown[] {
  const file = new URL(`./recordings/${name}.jsonl`, import.meta.url);
  const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const { shared = [] } = JSON.parse(head ?? '{}') as { shared?: unknown[] };
  return lines.map((line) => withShared(JSON.parse(line), shared));
}

function withShared(value: unknown, shared: readonly unknown[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withShared(item, shared));
  if ('$shared' in value) return withShared(shared[Number(value.$shared)], shared);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withShared(item, shared)]),
  );
}
