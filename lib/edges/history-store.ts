import { ok } from '../core/result.ts';
import type { HistoryStore } from '../core/stores.ts';
import type { SealedStore } from './sealed-store.ts';
import { historyEntry } from './stored-shapes.ts';

const PREFIX = 'history/';
/** So many of the newest. */
const KEPT = 500;

/** Entries by the time of their change, so that their names sort them. */
const nameOf = ({ id, at }: { id: string; at: number }) =>
  `${PREFIX}${String(at).padStart(15, '0')}/${id}`;

export function createHistoryStore(store: SealedStore): HistoryStore {
  return {
    async list() {
      const entries = await store.readAll(PREFIX, historyEntry);
      return entries.ok ? ok(entries.value.toReversed()) : entries;
    },

    async save(entry) {
      const names = await store.names(PREFIX);
      if (!names.ok) return names;
      const isSame = (name: string) => name.endsWith(`/${entry.id}`);
      const others = names.value.filter((name) => !isSame(name));
      const dropped = [...names.value.filter(isSame), ...others.slice(0, 1 - KEPT)];
      return store.write({
        ...Object.fromEntries(dropped.map((name) => [name, undefined])),
        [nameOf(entry)]: entry,
      });
    },
  };
}
