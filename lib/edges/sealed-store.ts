import type { StoreFailure } from '../core/failures/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { type Database, orStoreFailure, type SealedRecord } from './database.ts';
import type { Vault } from './vault.ts';
import type { Shape } from './zod.ts';

/** Sealed records by name. A name is like a path; what is in a record is for its own file to say. */
export interface SealedStore {
  /** Nothing if there is no such record; a failure if it cannot be read, never a default instead. */
  read<Value>(name: string, schema: Shape<Value>): Promise<Result<Value | undefined, StoreFailure>>;
  /**
   * The same for a record that is large, read often, and without secrets: what was opened is
   * kept in memory as long as the record is the same. Nobody may change it.
   */
  readKept<Value>(
    name: string,
    schema: Shape<Value>,
  ): Promise<Result<Value | undefined, StoreFailure>>;
  /** All records whose names begin so, by name. */
  readAll<Value>(
    prefix: string,
    schema: Shape<Value>,
  ): Promise<Result<readonly Value[], StoreFailure>>;
  names(prefix: string): Promise<Result<readonly string[], StoreFailure>>;
  /** Writes all of these or none; a record without a value is removed. */
  write(records: Readonly<Record<string, unknown>>): Promise<Result<void, StoreFailure>>;
}

export function createSealedStore(database: Promise<Database>, vault: Vault): SealedStore {
  async function openRecord<Value>(
    name: string,
    sealed: SealedRecord,
    schema: Shape<Value>,
  ): Promise<Result<Value, StoreFailure>> {
    const opened = await vault.open(name, sealed);
    if (!opened.ok) return opened;
    const parsed = schema.safeParse(opened.value);
    return parsed.success ? ok(parsed.data) : fail({ code: 'storage/unreadable', what: name });
  }

  /** By name, what the record said that had this IV: each that is sealed gets a fresh one. */
  const kept = new Map<string, { iv: SealedRecord['iv']; value: unknown }>();

  async function openKept<Value>(
    name: string,
    sealed: SealedRecord,
    schema: Shape<Value>,
  ): Promise<Result<Value, StoreFailure>> {
    const known = kept.get(name);
    if (known && sameBytes(known.iv, sealed.iv)) {
      const isOpen = await vault.ready();
      return isOpen.ok ? ok(known.value as Value) : isOpen;
    }
    const opened = await openRecord(name, sealed, schema);
    if (opened.ok) kept.set(name, { iv: sealed.iv, value: opened.value });
    return opened;
  }

  return {
    readKept: <Value>(name: string, schema: Shape<Value>) =>
      orStoreFailure<Value | undefined>(name, async () => {
        const sealed = await (await database).get('sealed', name);
        return sealed ? openKept(name, sealed, schema) : ok(undefined);
      }),

    read: <Value>(name: string, schema: Shape<Value>) =>
      orStoreFailure<Value | undefined>(name, async () => {
        const sealed = await (await database).get('sealed', name);
        return sealed ? openRecord(name, sealed, schema) : ok(undefined);
      }),

    readAll: (prefix, schema) =>
      orStoreFailure(prefix, async () => {
        const range = rangeOf(prefix);
        const store = (await database).transaction('sealed').store;
        const [names, records] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
        const values = [];
        for (const [at, sealed] of records.entries()) {
          const opened = await openRecord(names[at] ?? '', sealed, schema);
          if (!opened.ok) return opened;
          values.push(opened.value);
        }
        return ok(values);
      }),

    names: (prefix) =>
      orStoreFailure(prefix, async () =>
        ok(await (await database).getAllKeys('sealed', rangeOf(prefix))),
      ),

    write: (records) =>
      orStoreFailure(Object.keys(records)[0] ?? '', async () => {
        const sealed: [string, SealedRecord | undefined][] = [];
        for (const [name, value] of Object.entries(records)) {
          const record = value === undefined ? ok(undefined) : await vault.seal(name, value);
          if (!record.ok) return record;
          sealed.push([name, record.value]);
        }
        const change = (await database).transaction('sealed', 'readwrite');
        const writes = sealed.map(([name, record]) =>
          record ? change.store.put(record, name) : change.store.delete(name),
        );
        await Promise.all([...writes, change.done]);
        return ok(undefined);
      }),
  };
}

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

const rangeOf = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);
