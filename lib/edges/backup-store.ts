import { ok } from '../core/result.ts';
import type { BackupStore } from '../core/stores.ts';
import type { SealedStore } from './sealed-store.ts';
import { storedBackup } from './stored-shapes.ts';

/** So many of the newest of each server. */
const KEPT = 20;

const prefixOf = (serverId: string) => `backup/${serverId}/`;

/** Backups by the time at which they were made, so that their names sort them. */
export function createBackupStore(store: SealedStore): BackupStore {
  return {
    async list(serverId) {
      const backups = await store.readAll(prefixOf(serverId), storedBackup);
      return backups.ok ? ok(backups.value.toReversed()) : backups;
    },

    async save(backup) {
      const prefix = prefixOf(backup.serverId);
      const names = await store.names(prefix);
      if (!names.ok) return names;
      const dropped = names.value.slice(0, 1 - KEPT);
      return store.write({
        ...Object.fromEntries(dropped.map((name) => [name, undefined])),
        [`${prefix}${String(backup.at).padStart(15, '0')}/${backup.id}`]: backup,
      });
    },
  };
}
