import type { ProviderKind } from '../../lib/core/changes/provider.ts';
import type { VirtualClock } from '../stand-ins/clock.ts';
import type { Generation } from './generations.ts';
import { credentialsOf, type Entries, keysOf, type Lists, OPENAI } from './lists.ts';
import type { Random } from './random.ts';

/**
 * Why the lists in service changed. `race`: a reload put in an older state than the one that was
 * written meanwhile. `torn`: a reload read a file that was just being written, or the next one
 * mended that.
 */
export type Cause = 'ours' | 'foreign' | 'race' | 'torn';

/** The lists in service from a moment on. */
interface Change {
  at: number;
  cause: Cause;
  lists: Lists;
}

export interface ServerState {
  /** In service, as GET shows them. */
  lists(): Lists;
  loaded(): ReadonlySet<string>;
  /** Since the start, oldest first. */
  changes: readonly Change[];
  isDown(): boolean;
  /** No reload is under way or about to begin. */
  isAtRest(): boolean;
  /** A write over the API. Answers whether the server has survived it. */
  write(kind: ProviderKind, entries: Entries, cause: Cause): 'done' | 'crashed';
  /** Somebody edits the file. */
  editFile(change: (entries: Entries) => Entries): void;
  /** A reload shows only the first `keep` providers for a while. */
  tear(keep: number, forMs: number): void;
  restart(downMs: number): void;
}

/** The file watcher's delay, in every generation (FACTS section 8). */
const WATCHER_MS = 150;

/**
 * What a server keeps: lists in memory, the same in its file, and the reloads between the two, in
 * which writes get lost (FACTS section 8; the stand-in's `reload.ts` does the same).
 */
export function createServerState(
  start: Lists,
  generation: Generation,
  {
    clock,
    random,
    onRestart,
    onCrash,
  }: { clock: VirtualClock; random: Random; onRestart(): void; onCrash(): void },
): ServerState {
  let memory = start;
  let file = start;
  let loaded = credentialsOf(start);
  let isReloading = false;
  let isTorn = false;
  let isHandEdited = false;
  let isReloadDue = false;
  let downUntil = 0;
  let cancelReload = () => {};
  /** What a process had in mind ends with it. */
  let process = 0;
  const changes: Change[] = [{ at: clock.now(), cause: 'foreign', lists: start }];

  function serve(lists: Lists, cause: Cause) {
    if (lists !== memory) changes.push({ at: clock.now(), cause, lists });
    memory = lists;
  }

  function inThisProcess(happen: () => void, ms: number) {
    const here = process;
    return clock.setTimeout(() => here === process && happen(), ms);
  }

  function reload() {
    isReloadDue = false;
    // What comes during a reload starts no other one.
    if (isReloading) return;
    isReloading = true;
    const read = file;
    const cause = isHandEdited ? 'foreign' : 'race';
    isHandEdited = false;
    inThisProcess(
      () => {
        isReloading = false;
        serve(read, cause);
        loaded = credentialsOf(read);
      },
      random.int(...generation.takesMs),
    );
  }

  function reloadIn(ms: number) {
    if (ms === 0) return reload();
    cancelReload();
    isReloadDue = true;
    cancelReload = inThisProcess(reload, ms);
  }

  function restart(downMs: number) {
    process += 1;
    downUntil = clock.now() + downMs;
    isReloading = false;
    isReloadDue = false;
    isTorn = false;
    inThisProcess(() => {
      serve(file, isHandEdited ? 'foreign' : 'race');
      isHandEdited = false;
      loaded = credentialsOf(file);
      onRestart();
    }, downMs);
  }

  return {
    changes,
    lists: () => memory,
    loaded: () => loaded,
    isDown: () => clock.now() < downUntil,
    isAtRest: () => !isReloading && !isReloadDue && !isTorn && clock.now() >= downUntil,
    restart,

    write(kind, entries, cause) {
      const before = memory[kind];
      serve({ ...memory, [kind]: entries }, cause);
      file = memory;
      isTorn = false;
      isHandEdited = false;
      if (generation.crashes && isReloading && shrinks(before, entries)) {
        onCrash();
        restart(random.int(500, 3000));
        return 'crashed';
      }
      reloadIn(generation.startsAfterMs);
      return 'done';
    },

    editFile(change) {
      file = { ...file, [OPENAI]: change(file[OPENAI]) };
      isHandEdited = true;
      reloadIn(WATCHER_MS);
    },

    tear(keep, forMs) {
      if (memory[OPENAI].length <= keep) return;
      serve({ ...memory, [OPENAI]: memory[OPENAI].slice(0, keep) }, 'torn');
      isTorn = true;
      inThisProcess(() => {
        if (!isTorn) return;
        isTorn = false;
        serve(file, 'torn');
        loaded = credentialsOf(file);
      }, forMs);
    },
  };
}

const shrinks = (before: Entries, after: Entries): boolean =>
  after.length < before.length || keysOf(after).length < keysOf(before).length;
