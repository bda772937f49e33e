import type { Clock } from '../clock.ts';
import { type Chance, drawMs } from './chance.ts';
import type { ReloadTiming, Switches } from './switches.ts';
import type { Features } from './versions.ts';

/** When the server reads its file again. */
export interface Reloads {
  /** A write over the API has been made. */
  afterWrite: () => void;
  /** The file has changed in another way; only the file watcher sees it. */
  afterChange: () => void;
  /** Whether one is under way. */
  isRunning: () => boolean;
  /** The process ends: nothing is read or served any more. */
  stop: () => void;
}

/** What a reload has read, and how it comes into service. */
interface Reading {
  offerModels: () => void;
  serve: () => void;
}

export interface ReloadOptions {
  features: Features;
  clock: Clock;
  switches: Switches;
  chance: Chance;
  /** Reads the file; undefined if nothing is to be done. */
  read: () => Reading | undefined;
  /** Reads the file while it is cut off, and serves what is there. */
  serveTorn: () => void;
}

/** How long the file watcher waits for more changes. Measured on v7.1.76; scenario oc-manual-edit. */
const WATCHER_DELAY_MS = 150;

/** FACTS.md section 8, Models: they show 2 to 20 ms after the file is read, in both generations. */
const MODELS_AFTER_MS = { from: 2, to: 20 };

/**
 * WRITING.md sections 2 and 3: with some hundred keys the watcher's reload ends 300 to 600 ms after the write, on a
 * busy machine later; the `auth-index` of v7.2.140 was there after 31 ms (median), and always after 50 on a quiet one.
 */
const RECORDED_TIMING = {
  afterWrite: { startsAfterMs: 0, takesMs: { from: 30, to: 50 }, modelsAfterMs: MODELS_AFTER_MS },
  watcher: {
    startsAfterMs: WATCHER_DELAY_MS,
    takesMs: { from: 150, to: 600 },
    modelsAfterMs: MODELS_AFTER_MS,
  },
} satisfies Record<string, ReloadTiming>;

/** Reloads as the switches say, one at a time: what comes during a reload starts no other one. */
export function createReloads(options: ReloadOptions): Reloads {
  const { features, clock, switches, chance, read, serveTorn } = options;
  let isReloading = false;
  let isStopped = false;
  let cancelNext = () => {};
  let cancelCurrent = () => {};

  const timing = (): ReloadTiming => {
    if (switches.reload === 'at once') return { startsAfterMs: 0, takesMs: 0 };
    if (switches.reload !== 'recorded') return switches.reload;
    return RECORDED_TIMING[features.has('reload-after-write') ? 'afterWrite' : 'watcher'];
  };

  const reload = ({ takesMs, modelsAfterMs = takesMs }: ReloadTiming) => {
    const reading = isReloading ? undefined : read();
    const ms = drawMs(takesMs, chance);
    if (!reading || ms === 0) return reading?.serve();
    isReloading = true;
    const isTorn = chance() < switches.tornReloads;
    if (isTorn) serveTorn();
    const modelsMs = isTorn ? ms : drawMs(modelsAfterMs, chance);
    const cancelModels = modelsMs < ms ? clock.setTimeout(reading.offerModels, modelsMs) : () => {};
    const cancelEnd = clock.setTimeout(() => {
      isReloading = false;
      // After a torn reload the watcher sees the whole file, and with it what was written since.
      (isTorn ? read() : reading)?.serve();
    }, ms);
    cancelCurrent = () => {
      cancelModels();
      cancelEnd();
    };
  };

  const reloadIn = (how: ReloadTiming) => {
    if (isStopped) return;
    if (how.startsAfterMs === 0) return reload(how);
    cancelNext();
    cancelNext = clock.setTimeout(() => reload(how), how.startsAfterMs);
  };

  return {
    afterWrite: () => reloadIn(timing()),
    afterChange: () => reloadIn({ ...timing(), startsAfterMs: WATCHER_DELAY_MS }),
    isRunning: () => isReloading,
    stop() {
      isStopped = true;
      cancelNext();
      cancelCurrent();
    },
  };
}
