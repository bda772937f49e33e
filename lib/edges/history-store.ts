import { ok } from '../core/result.ts';
import type { HistoryStore } from '../core/stores.ts';
import type { SealedStore } from './sealed-store.ts';
import { historyEntry, undoRecord } from './stored-shapes.ts';

const PREFIX = 'history/';
/** So many of the newest. */
const KEPT = 500;

/** Entries by the time of their change, so that their names sort them. */
const nameOf = ({ id, at }: { id: string; at: number }) =>
  `${PREFIX}${String(at).padStart(15, '0')}/${id}`;

const idOf = (name: string) => name.slice(name.lastIndexOf('/') + 1);
const undoName = (entryId: string) => `undo/${entryId}`;

export function createHistoryStore(store: SealedStore): HistoryStore {
  return {
    async list() {
      const entries = await store.readAll(PREFIX, historyEntry);
      return entries.ok ? ok(entries.value.toReversed()) : entries;
    },

    async read(entryId) {
      const names = await store.names(PREFIX);
      if (!names.ok) return names;
      const name = names.value.find((each) => idOf(each) === entryId);
      return name === undefined ? ok(undefined) : store.read(name, historyEntry);
    },

    async save(entry, undo) {
      const names = await store.names(PREFIX);
      if (!names.ok) return names;
      const same = names.value.filter((name) => idOf(name) === entry.id);
      const old = names.value.filter((name) => idOf(name) !== entry.id).slice(0, 1 - KEPT);
      return store.write({
        ...Object.fromEntries([...same, ...old].map((name) => [name, undefined])),
        ...Object.fromEntries(old.map((name) => [undoName(idOf(name)), undefined])),
        [nameOf(entry)]: entry,
        ...(undo && { [undoName(entry.id)]: undo }),
      });
    },

    undoOf: (entryId) => store.read(undoName(entryId), undoRecord),
  };
}
