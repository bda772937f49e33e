import { describe, expect, it } from 'vitest';
import {
  afterBan,
  afterKeyChange,
  afterRefusal,
  afterSuccess,
  banRemaining,
  maySend,
  NO_ATTEMPTS,
} from '../../../lib/core/server/attempts.ts';

const NOW = 1_790_000_000_000;
const MINUTE = 60_000;
const refused = (times: number) =>
  Array.from({ length: times }).reduce<typeof NO_ATTEMPTS>(
    (attempts, _, at) => afterRefusal(attempts, NOW + at * 1000),
    NO_ATTEMPTS,
  );
const later = NOW + 10_000;

describe('a refused management key', () => {
  it('[H-01] is not sent again by itself, but a person may test it once more', () => {
    expect(maySend(refused(1), later, 'itself')).toEqual({ may: 'not', because: 'held' });
    expect(maySend(refused(1), later, 'person')).toEqual({ may: 'send' });
  });

  it('is asked about after the second time, with at most three tries left', () => {
    expect(maySend(refused(2), later, 'person')).toEqual({ may: 'ask', triesLeft: 3 });
    expect(maySend(refused(3), later, 'person')).toEqual({ may: 'ask', triesLeft: 2 });
  });

  it('is not sent a fifth time before the window is over, unless the person insists', () => {
    expect(maySend(refused(4), later, 'person')).toEqual({
      may: 'not',
      because: 'last-try',
      until: NOW + 30 * MINUTE,
    });
    expect(maySend(refused(4), later, 'insists')).toEqual({ may: 'send' });
    expect(maySend(refused(4), NOW + 31 * MINUTE, 'person')).toEqual({ may: 'send' });
  });

  it('is sent again once it was changed; the counted tries stay counted', () => {
    const changed = afterKeyChange(refused(2));
    expect(maySend(changed, later, 'itself')).toEqual({ may: 'send' });
    expect(maySend(changed, later, 'person')).toEqual({ may: 'ask', triesLeft: 3 });
  });

  it('is forgotten after a success, which resets the server’s counter too', () => {
    expect(maySend(afterSuccess(), later, 'itself')).toEqual({ may: 'send' });
  });
});

describe('a ban', () => {
  it('[H-01] holds everything until it is over', () => {
    const banned = afterBan(refused(2), NOW + 30 * MINUTE);
    expect(maySend(banned, later, 'itself')).toMatchObject({ may: 'not', because: 'banned' });
    expect(maySend(banned, later, 'person')).toEqual({
      may: 'not',
      because: 'banned',
      until: NOW + 30 * MINUTE,
    });
    expect(maySend(banned, NOW + 31 * MINUTE, 'person')).toEqual({ may: 'send' });
  });

  it.each([
    ['IP banned due to too many failed attempts. Try again in 30m0s', 30 * MINUTE],
    ['IP banned due to too many failed attempts. Try again in 29m59s', 30 * MINUTE - 1000],
    ['IP banned due to too many failed attempts. Try again in 1h2m3.5s', 62 * MINUTE + 3500],
    ['IP banned due to too many failed attempts. Try again in 850ms', 850],
    ['invalid management key', undefined],
  ])('is read from “%s”', (message, ms) => {
    expect(banRemaining(message)).toBe(ms);
  });
});
