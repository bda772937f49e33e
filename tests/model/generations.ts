/** How a generation of servers behaves, as far as the write protocol can see it (FACTS sections 8 and 10). */
export interface Generation {
  name: 'v7.2' | 'v7.1' | 'v6.5';
  version: string;
  /** From a write until its reload begins to read the file. */
  startsAfterMs: number;
  /** From then until what was read is put into service. */
  takesMs: readonly [min: number, max: number];
  /** GET shows `auth-index`, and an empty list as `[]` (from v6.9.29). */
  showsLoaded: boolean;
  /** PATCH changes the given fields only (from v6.6.40), and `api-call` is there (from v6.6.63). */
  isPartial: boolean;
  /** A list that shrinks while a reload walks it ends the process (`contract/WRITING.md` section 6). */
  crashes: boolean;
}

export const V72: Generation = {
  name: 'v7.2',
  version: '7.2.140',
  startsAfterMs: 0,
  takesMs: [30, 50],
  showsLoaded: true,
  isPartial: true,
  crashes: true,
};

export const V71: Generation = {
  name: 'v7.1',
  version: '7.1.76',
  startsAfterMs: 150,
  takesMs: [0, 450],
  showsLoaded: true,
  isPartial: true,
  crashes: true,
};

export const V65: Generation = {
  name: 'v6.5',
  version: '6.5.65',
  startsAfterMs: 150,
  takesMs: [0, 450],
  showsLoaded: false,
  isPartial: false,
  crashes: false,
};
