import type { StoreFailure } from '../../../lib/core/failures/failure.ts';
import { fail, ok, type Result } from '../../../lib/core/result.ts';
import type { SealedStore } from '../../../lib/edges/sealed-store.ts';
import type { Shape } from '../../../lib/edges/zod.ts';

/** What goes wrong with a storage: with all of it, or with writes only. */
export interface StorageFaults {
  all?: StoreFailure | undefined;
  writes?: StoreFailure | undefined;
}

export interface MemoryStore extends SealedStore {
  /** As they rest: JSON, by name. */
  records: Map<string, string>;
  faults: StorageFaults;
}

/** Records that keep copies, as sealed ones do, and check their shape when they are read. */
export function memoryStore(): MemoryStore {
  const records = new Map<string, string>();
  const faults: StorageFaults = {};

  const names = (prefix: string) =>
    [...records.keys()].filter((name) => name.startsWith(prefix)).toSorted();

  function open<Value>(name: string, shape: Shape<Value>): Result<Value, StoreFailure> {
    const parsed = shape.safeParse(JSON.parse(records.get(name) ?? 'null'));
    return parsed.success ? ok(parsed.data) : fail({ code: 'storage/unreadable', what: name });
  }

  async function read<Value>(name: string, shape: Shape<Value>) {
    if (faults.all) return fail(faults.all);
    return records.has(name) ? open(name, shape) : ok(undefined);
  }

  return {
    records,
    faults,
    read,
    readKept: read,
    async readAll(prefix, shape) {
      if (faults.all) return fail(faults.all);
      const values = [];
      for (const name of names(prefix)) {
        const opened = open(name, shape);
        if (!opened.ok) return opened;
        values.push(opened.value);
      }
      return ok(values);
    },
    async names(prefix) {
      return faults.all ? fail(faults.all) : ok(names(prefix));
    },
    async write(changed) {
      const fault = faults.all ?? faults.writes;
      if (fault) return fail(fault);
      for (const [name, value] of Object.entries(changed)) {
        if (value === undefined) records.delete(name);
        else records.set(name, JSON.stringify(value));
      }
      return ok(undefined);
    },
  };
}
