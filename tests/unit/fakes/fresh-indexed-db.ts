import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { Database } from '../../../lib/edges/database.ts';

/** A fresh IndexedDB for the edges, as a browser profile has one. Opened again, it has what was stored. */
export function useFreshIndexedDb(): void {
  Object.assign(globalThis, { indexedDB: new IDBFactory() });
}

/** All that rests in the database, as the bytes that a thief of the profile's files would find. */
export async function restingBytes(database: Promise<Database>): Promise<string> {
  const open = await database;
  const names = await open.getAllKeys('sealed');
  const records = await open.getAll('sealed');
  const bytes = records.flatMap(({ iv, data }) => [iv, new Uint8Array(data)]);
  return [...names, ...bytes.map((part) => Buffer.from(part).toString('latin1'))].join('\n');
}
