import { jsonReply, type Reply, withHeaders } from '../http.ts';
import type { Vendor } from './vendors.ts';

/**
 * `refused`: as the vendor answers a wrong key. `malformed`: as it answers a key of a wrong form.
 * `exhausted`: the list is served, a call is not. `rate-limited`: neither is.
 */
export type KeyState = 'good' | 'refused' | 'malformed' | 'exhausted' | 'rate-limited';

/** A key that the upstream knows, in the order of the log's `key 0`, `key 1`, … */
export type UpstreamKey = string | { key: string; state: KeyState };

/** OpenAI's own words (general knowledge, not recorded). */
const exhaustedReply = jsonReply(429, {
  error: {
    message: 'You exceeded your current quota, please check your plan and billing details.',
    type: 'insufficient_quota',
    param: null,
    code: 'insufficient_quota',
  },
});

/** OpenAI's own words (general knowledge, not recorded). */
const rateLimitedReply = withHeaders(
  jsonReply(429, {
    error: {
      message: 'Rate limit reached for requests',
      type: 'requests',
      param: null,
      code: 'rate_limit_exceeded',
    },
  }),
  { 'Retry-After': '20' },
);

/** Why `key` may not do `what`, or `undefined` if it may. */
export function refusal(
  key: string,
  what: 'list' | 'call',
  { keys, vendor }: { keys: readonly UpstreamKey[] | 'any'; vendor: Vendor },
): Reply | undefined {
  if (key === '') return vendor.noKey ?? vendor.invalidKey(key);
  switch (stateOf(key, keys)) {
    case 'refused':
      return vendor.invalidKey(key);
    case 'malformed':
      return vendor.malformedKey ?? vendor.invalidKey(key);
    case 'rate-limited':
      return rateLimitedReply;
    case 'exhausted':
      return what === 'call' ? exhaustedReply : undefined;
    case 'good':
      return undefined;
  }
}

/** The place of `key` in `keys`, or -1. */
export function indexOfKey(key: string, keys: readonly UpstreamKey[] | 'any'): number {
  if (keys === 'any') return -1;
  return keys.findIndex((known) => (typeof known === 'string' ? known : known.key) === key);
}

function stateOf(key: string, keys: readonly UpstreamKey[] | 'any'): KeyState {
  if (keys === 'any') return 'good';
  const known = keys[indexOfKey(key, keys)];
  if (known === undefined) return 'refused';
  return typeof known === 'string' ? 'good' : known.state;
}
