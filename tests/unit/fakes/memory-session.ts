import { fail, ok } from '../../../lib/core/result.ts';
import type { SessionState, SessionStore } from '../../../lib/core/stores.ts';
import { EMPTY_SESSION } from '../../../lib/edges/session-shapes.ts';
import type { StorageFaults } from './memory-store.ts';

export interface MemorySession extends SessionStore {
  /** As they rest: JSON, by name. */
  values: Map<string, string>;
  faults: StorageFaults;
}

/** The session's state, in copies as `storage.session` keeps them. */
export function memorySession(): MemorySession {
  const values = new Map<string, string>();
  const faults: StorageFaults = {};
  return {
    values,
    faults,
    async read(name) {
      if (faults.all) return fail(faults.all);
      const value = values.get(name);
      return ok(
        value === undefined
          ? EMPTY_SESSION[name]
          : (JSON.parse(value) as SessionState[typeof name]),
      );
    },
    async write(name, value) {
      const fault = faults.all ?? faults.writes;
      if (fault) return fail(fault);
      values.set(name, JSON.stringify(value));
      return ok(undefined);
    },
  };
}
