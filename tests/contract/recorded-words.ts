import { maskKey } from '../stand-ins/relay/mask-key.ts';
import type { Answer, Exchange } from './relay-recording.ts';

/**
 * Pairs of generated values that stand for each other: those of the recording and those of this
 * run. A pair is made once; if the stand-in later gives another value where the recording repeats
 * one, the answers differ.
 */
export function createVocabulary() {
  const pairs: { recorded: string; standIn: string }[] = [];
  const isFree = (pair: { recorded: string; standIn: string }) =>
    pairs.every(({ recorded, standIn }) => recorded !== pair.recorded && standIn !== pair.standIn);

  return {
    learn(exchange: Exchange, recorded: Answer, actual: Answer) {
      const given = generatedValues(exchange, actual);
      for (const [place, value] of Object.entries(generatedValues(exchange, recorded))) {
        const pair = { recorded: value, standIn: given[place] ?? '' };
        if (pair.standIn !== '' && isFree(pair)) pairs.push(pair);
      }
    },
    toStandIn: <T>(value: T): T =>
      replaceTexts(
        value,
        pairs.map(({ recorded, standIn }) => [recorded, standIn]),
      ) as T,
    toRecorded: <T>(value: T): T =>
      replaceTexts(
        value,
        pairs.map(({ recorded, standIn }) => [standIn, recorded]),
      ) as T,
  };
}

/** Where an answer has values that are new at each run, by the name of the place. */
function generatedValues({ request }: Exchange, { headers, body }: Answer): Record<string, string> {
  const { data } = (typeof body === 'object' ? body : {}) as { data?: GeneratedData | string };
  const values: Record<string, string | undefined> = {
    requestId: headers['X-Oneapi-Request-Id'],
    cookie: /new_api_refresh=([^;]+)/.exec(headers['Set-Cookie'] ?? '')?.[1],
  };
  if (typeof data === 'string' && request.path === '/api/user/token') values.accessToken = data;
  if (typeof data === 'object') {
    values.bearer = data.access_token;
    values.sid = data.session?.sid;
    for (const [id, key] of Object.entries(data.keys ?? {})) {
      Object.assign(values, { [`key ${id}`]: key, [`mask ${id}`]: maskKey(key) });
    }
  }
  const found = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(found) as Record<string, string>;
}

interface GeneratedData {
  access_token?: string;
  session?: { sid: string };
  keys?: Record<string, string>;
}

/**
 * `value` with every text in it rewritten, longer words first: a cookie begins with a session's
 * id.
 */
function replaceTexts(value: unknown, words: [string, string][]): unknown {
  const inOrder = words.toSorted(([one], [other]) => other.length - one.length);
  return mapLeaves(value, (leaf) =>
    typeof leaf === 'string'
      ? inOrder.reduce((text, [from, to]) => text.replaceAll(from, to), leaf)
      : leaf,
  );
}

function mapLeaves(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, change));
  if (typeof value !== 'object' || value === null) return change(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, mapLeaves(item, change)]),
  );
}

/**
 * Seconds that the real program may have needed between the beginning of a request and a time that
 * it wrote down.
 */
const tolerance = 2;

const timeFields = new Set([
  'access_expires_at',
  'accessed_time',
  'created_at',
  'created_time',
  'expires_at',
  'last_active_at',
]);

/** `actual` with the recorded times, where it has a time of its own at most two seconds away. */
export function withRecordedTimes(actual: unknown, recorded: unknown, name = ''): unknown {
  if (typeof actual === 'number' && timeFields.has(name)) {
    return isNear(actual, Number(recorded)) ? recorded : actual;
  }
  if (typeof actual === 'string' && name === 'Set-Cookie') {
    return withRecordedExpiry(actual, String(recorded));
  }
  if (typeof actual !== 'object' || actual === null) return actual;
  const other = (recorded ?? {}) as Record<string, unknown>;
  const entries = Object.entries(actual).map(([key, item]) => [
    key,
    withRecordedTimes(item, other[key], key),
  ]);
  return Array.isArray(actual) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function withRecordedExpiry(cookie: string, recorded: string): string {
  const expiry = /Expires=[^;]+/;
  const seconds = (text: string) => Date.parse(expiry.exec(text)?.[0].slice(8) ?? '') / 1000;
  if (!isNear(seconds(cookie), seconds(recorded))) return cookie;
  return cookie.replace(expiry, expiry.exec(recorded)?.[0] ?? '');
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= tolerance;
}
