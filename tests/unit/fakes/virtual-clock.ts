import type { Clock } from '../../../lib/core/ports.ts';
import type { Clock as StandInClock } from '../../stand-ins/clock.ts';

/** The clock of our own code and of the stand-ins that it talks to. */
export interface VirtualClock extends Clock, StandInClock {
  /** Runs `happen` when the clock gets there. */
  at(ms: number, happen: () => void): void;
}

/** A clock on which waiting takes no time: whoever sleeps moves it on, and what is due happens on the way. */
export function virtualClock(start = 1_790_000_000_000): VirtualClock {
  let now = start;
  let due: { ms: number; happen: () => void }[] = [];

  function at(ms: number, happen: () => void) {
    const event = { ms, happen };
    due.push(event);
    return () => {
      due = due.filter((other) => other !== event);
    };
  }

  function moveTo(ms: number) {
    for (;;) {
      const next = due.filter((event) => event.ms <= ms).sort((a, b) => a.ms - b.ms)[0];
      if (!next) break;
      due = due.filter((event) => event !== next);
      now = Math.max(now, next.ms);
      next.happen();
    }
    now = Math.max(now, ms);
  }

  return {
    now: () => now,
    at: (ms, happen) => void at(ms, happen),
    setTimeout: (task, ms) => at(now + ms, task),
    async sleep(ms) {
      moveTo(now + ms);
    },
  };
}
