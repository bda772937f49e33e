import type { Reply } from '../http.ts';

/** Requests allowed within the window of each kind. 0 refuses all, `Infinity` none. */
export interface Limits {
  /** Login, refresh, access token, reveal and usage together, in 20 minutes and per address. */
  critical: number;
  /** Everything under /api, in 3 minutes and per address. */
  global: number;
  /** Token search, in a minute and per user. */
  search: number;
}

/**
 * The defaults of generation 4 (source); in the recording the 21st critical request is the first
 * refused.
 */
export const defaultLimits: Limits = { critical: 20, global: 360, search: 10 };

const windowSeconds: Record<keyof Limits, number> = { critical: 1200, global: 180, search: 60 };

/** Counts a request; the answer is a 429 if it is one too many. `who` parts the counts. */
export type RateLimiter = (kind: keyof Limits, allowed: number, who?: string) => Reply | undefined;

/** Sliding windows, in memory. `now` gives milliseconds. */
export function createRateLimiter(now: () => number): RateLimiter {
  const accepted = new Map<string, number[]>();
  return (kind, allowed, who = '') => {
    const since = now() - windowSeconds[kind] * 1000;
    const times = (accepted.get(kind + who) ?? []).filter((time) => time > since);
    if (times.length >= allowed) return tooManyRequests(kind);
    accepted.set(kind + who, [...times, now()]);
    return undefined;
  };
}

/** Empty, without a content type; only generation 4 says when to come back (recorded). */
function tooManyRequests(kind: keyof Limits): Reply {
  return { status: 429, headers: { 'Retry-After': String(windowSeconds[kind]) }, body: '' };
}
