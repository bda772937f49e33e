/** What a server has counted against this address, as far as we know: the ban-aware client stands on it. */
export interface Attempts {
  /** When the server refused our key; epoch ms, newest last. */
  refusedAt: readonly number[];
  /** A refused key is not sent again by itself until it is changed or the person presses Test. */
  held: boolean;
  /** The server said it shuts this address out until then; epoch ms. */
  bannedUntil?: number | undefined;
}

export const NO_ATTEMPTS: Attempts = { refusedAt: [], held: false };

/** The server locks an address out after five failures (recorded v7.2.140, scenario auth-ban-wrong). */
const TRIES_BEFORE_BAN = 5;
const WINDOW_MS = 30 * 60_000;

/** Who wants to send: Keyferry by itself, a person with a click, or a person who was warned and insists. */
export type Asker = 'itself' | 'person' | 'insists';

export type Permission =
  | { may: 'send' }
  /** `held`: the last key was refused. `banned`, `last-try`: until then, epoch ms. */
  | { may: 'not'; because: 'held' }
  | { may: 'not'; because: 'banned' | 'last-try'; until: number }
  | { may: 'ask'; triesLeft: number };

/** Whether a management call may be sent now. Other programs on this address count too, so tries left are at most. */
export function maySend(attempts: Attempts, now: number, asker: Asker): Permission {
  if (asker === 'insists') return { may: 'send' };
  const { bannedUntil = 0 } = attempts;
  if (bannedUntil > now) return { may: 'not', because: 'banned', until: bannedUntil };
  if (asker === 'itself') {
    return attempts.held ? { may: 'not', because: 'held' } : { may: 'send' };
  }
  const recent = attempts.refusedAt.filter((at) => at > now - WINDOW_MS);
  const triesLeft = TRIES_BEFORE_BAN - recent.length;
  if (triesLeft <= 1) {
    return { may: 'not', because: 'last-try', until: (recent[0] ?? now) + WINDOW_MS };
  }
  return recent.length >= 2 ? { may: 'ask', triesLeft } : { may: 'send' };
}

/** Wrong tries of ours that the server may still count. */
export const recentRefusals = (attempts: Attempts, now: number): number =>
  attempts.refusedAt.filter((at) => at > now - WINDOW_MS).length;

export const afterRefusal = (attempts: Attempts, now: number): Attempts => ({
  refusedAt: [...attempts.refusedAt.filter((at) => at > now - WINDOW_MS), now],
  held: true,
});

export const afterBan = (attempts: Attempts, until: number): Attempts => ({
  ...attempts,
  held: true,
  bannedUntil: until,
});

/** A right key resets the server's counter (recorded v7.2.140, scenario auth-ban-reset). */
export const afterSuccess = (): Attempts => NO_ATTEMPTS;

/** Another key may be right; what the server counted stays counted. */
export const afterKeyChange = (attempts: Attempts): Attempts => ({ ...attempts, held: false });

/**
 * The time left of a ban, in ms, from the server's sentence: `… Try again in 29m59s`
 * (a Go duration; recorded v7.2.140, scenario auth-ban-wrong). Nothing if it is none.
 */
export function banRemaining(message: string): number | undefined {
  const text = /banned.*try again in ((?:\d+(?:\.\d+)?(?:h|ms|m|s))+)/i.exec(message)?.[1];
  if (text === undefined) return undefined;
  const unitMs: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? 0), 0);
}
