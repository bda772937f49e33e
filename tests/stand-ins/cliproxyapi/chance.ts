import type { Spread } from './switches.ts';

/** The next of a row of numbers from 0 up to 1, always the same row for the same seed. */
export type Chance = () => number;

/** Mulberry32, a small generator that is good enough to throw dice with. */
export function createChance(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A length of time within `spread`, in whole milliseconds. */
export function drawMs(spread: number | Spread, chance: Chance): number {
  if (typeof spread === 'number') return spread;
  return spread.from + Math.floor(chance() * (spread.to - spread.from + 1));
}
