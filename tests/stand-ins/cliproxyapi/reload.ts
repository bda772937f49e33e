import type { Clock } from '../clock.ts';
import type { ReloadTiming, Switches } from './switches.ts';
import type { Features } from './versions.ts';

/** When the server reads its file again. */
export interface Reloads {
  /** A write over the API has been made. */
  afterWrite: () => void;
  /** The file has changed in another way; only the file watcher sees it. */
  afterChange: () => void;
}

export interface ReloadOptions {
  features: Features;
  clock: Clock;
  switches: Switches;
  /** Reads the file; gives what puts it into service, or undefined if nothing is to be done. */
  read: () => (() => void) | undefined;
}

/** How long the file watcher waits for more changes. Measured on v7.1.76; scenario oc-manual-edit. */
const WATCHER_DELAY_MS = 150;

/**
 * Chosen so that about as much is lost as in the measurements of 7.2.140 (10 to 13 of 30 writes in a row) and
 * 7.1.76 (3 of 30 on a busy machine), with a short list.
 */
const RECORDED_TIMING = {
  afterWrite: { startsAfterMs: 0, takesMs: 7 },
  watcher: { startsAfterMs: WATCHER_DELAY_MS, takesMs: 30 },
} satisfies Record<string, ReloadTiming>;

/** Reloads as `switches.reload` says, one at a time: what comes during a reload starts no other one. */
export function createReloads({ features, clock, switches, read }: ReloadOptions): Reloads {
  let isReloading = false;
  let cancelNext = () => {};

  const timing = (): ReloadTiming => {
    if (switches.reload === 'at once') return { startsAfterMs: 0, takesMs: 0 };
    if (switches.reload !== 'recorded') return switches.reload;
    return RECORDED_TIMING[features.has('reload-after-write') ? 'afterWrite' : 'watcher'];
  };

  const reload = (takesMs: number) => {
    const serve = isReloading ? undefined : read();
    if (!serve || takesMs === 0) return serve?.();
    isReloading = true;
    clock.setTimeout(() => {
      isReloading = false;
      serve();
    }, takesMs);
  };

  const reloadIn = ({ startsAfterMs, takesMs }: ReloadTiming) => {
    if (startsAfterMs === 0) return reload(takesMs);
    cancelNext();
    cancelNext = clock.setTimeout(() => reload(takesMs), startsAfterMs);
  };

  return {
    afterWrite: () => reloadIn(timing()),
    afterChange: () => reloadIn({ ...timing(), startsAfterMs: WATCHER_DELAY_MS }),
  };
}
