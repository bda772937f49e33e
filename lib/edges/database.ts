import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { StoreFailure } from '../core/failures/failure.ts';
import { fail, type Result } from '../core/result.ts';

/** A sealed value as it rests: what it is called is readable, what it says is not. */
export interface SealedRecord {
  /** Version of this shape. */
  v: 1;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  sealed: { key: string; value: SealedRecord };
}

export type Database = IDBPDatabase<Schema>;

/** The one database. Only the worker opens it. */
export const openDatabase = (name = 'keyferry'): Promise<Database> =>
  openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('keys');
      database.createObjectStore('sealed');
    },
  });

/** A storage error as a failure. What the browser says in words differs and is not passed on. */
export async function orStoreFailure<Value>(
  what: string,
  work: () => Promise<Result<Value, StoreFailure>>,
): Promise<Result<Value, StoreFailure>> {
  try {
    return await work();
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'QuotaExceededError') return fail({ code: 'storage/full' });
    return fail({ code: 'storage/unreadable', what });
  }
}
