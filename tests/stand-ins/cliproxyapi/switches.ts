/** When the server reads its file after a write, in milliseconds. */
export interface ReloadTiming {
  startsAfterMs: number;
  /** From reading the file until what was read is in service. A write in between is lost. */
  takesMs: number;
}

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
   * `auth-index` and models show after the reload. Or a timing of your own.
   */
  reload: 'at once' | 'recorded' | ReloadTiming;
  /** False: as behind a reverse proxy that strips the CORS headers. */
  cors: boolean;
}

/** All delays off: a stand-in that does not disturb tests of something else. */
export const QUIET: Switches = { latencyMs: 0, keyCheckMs: 0, reload: 'at once', cors: true };
