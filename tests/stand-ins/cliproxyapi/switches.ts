/** A length of time that is drawn anew each time, in milliseconds, both ends included. */
export interface Spread {
  from: number;
  to: number;
}

/** When the server reads its file after a write, in milliseconds. */
export interface ReloadTiming {
  startsAfterMs: number;
  /** From reading the file until what was read is in service. A write in between is lost. */
  takesMs: number | Spread;
  /** From reading the file until clients are offered the models in it; with the rest if missing. */
  modelsAfterMs?: number | Spread;
}

/**
 * What becomes of a write over the management API.
 *
 * `saved, answered 500`: as a server whose disk fails after the file was written.
 * `appliedAfterMs`: the connection breaks at once, as for a client that gives up, and the server works on: the write
 * is applied that much later. Seen up to 1.4 s later with the key of the file (WRITING.md section 7).
 */
type WriteFault = 'saved, answered 500' | { appliedAfterMs: number };

/** What a test can change about the stand-in, also while it runs. */
export interface Switches {
  /** How long each request takes before anything else happens, in milliseconds. */
  latencyMs: number;
  /**
   * How long a check of the key from the file takes, in milliseconds, one after the other. The server needs about 60;
   * with MANAGEMENT_PASSWORD it needs none.
   */
  keyCheckMs: number;
  /**
   * `at once`: a write is in service when it is answered, nothing is lost. `recorded`: as the version does it, and
   * with its lost updates: a write during a reload is overwritten, in memory and with the next write in the file;
   * models show during the reload, `auth-index` after it. Or a timing of your own.
   */
  reload: 'at once' | 'recorded' | ReloadTiming;
  /**
   * How many of the reloads, 0 to 1, read the file while it is cut off: the provider lists are empty or short until
   * such a reload ends, and a write on top of that is permanent. WRITING.md section 6.
   */
  tornReloads: number;
  /** Whether a provider list that gets shorter during a reload ends the process. WRITING.md section 6. */
  crashesOnShrink: boolean;
  /** What becomes of the next write; the one after it goes as usual. */
  nextWrite: 'as usual' | WriteFault;
  /** False: as behind a reverse proxy that strips the CORS headers. */
  cors: boolean;
}

/** All delays and faults off: a stand-in that does not disturb tests of something else. */
export const QUIET: Switches = {
  latencyMs: 0,
  keyCheckMs: 0,
  reload: 'at once',
  tornReloads: 0,
  crashesOnShrink: false,
  nextWrite: 'as usual',
  cors: true,
};
