import { fail, ok } from '../core/result.ts';
import type { KeyStore } from '../core/stores.ts';
import type { SealedStore } from './sealed-store.ts';
import { removedKey, secret, storedKeys } from './stored-shapes.ts';

const apiKeyOf = (keyId: string) => `key/${keyId}`;
const removedOf = (keyId: string) => `removed/key/${keyId}`;

/** Relay keys: one sealed record with all cards, and one for each key itself, opened only when it is needed. */
export function createKeyStore(store: SealedStore, now: () => number): KeyStore {
  const list = async () => {
    const read = await store.readKept('cards', storedKeys);
    return read.ok ? ok(read.value ?? []) : read;
  };

  return {
    list,
    apiKey: (keyId) => store.read(apiKeyOf(keyId), secret),

    save(keys, apiKeys = {}) {
      const records = Object.entries(apiKeys).map(([keyId, apiKey]) => [apiKeyOf(keyId), apiKey]);
      return store.write({ cards: keys, ...Object.fromEntries(records) });
    },

    async remove(keyId) {
      const [keys, apiKey] = [await list(), await store.read(apiKeyOf(keyId), secret)];
      if (!keys.ok) return keys;
      if (!apiKey.ok) return apiKey;
      const place = keys.value.findIndex(({ id }) => id === keyId);
      const key = keys.value[place];
      if (!key || !apiKey.value) return fail({ code: 'storage/gone', what: 'key' });
      return store.write({
        cards: keys.value.toSpliced(place, 1),
        [apiKeyOf(keyId)]: undefined,
        [removedOf(keyId)]: { at: now(), place, key, apiKey: apiKey.value },
      });
    },

    async restore(keyId) {
      const [keys, removed] = [await list(), await store.read(removedOf(keyId), removedKey)];
      if (!keys.ok) return keys;
      if (!removed.ok) return removed;
      if (!removed.value) return fail({ code: 'storage/gone', what: 'key' });
      const { place, key, apiKey } = removed.value;
      return store.write({
        cards: keys.value.toSpliced(place, 0, key),
        [apiKeyOf(keyId)]: apiKey,
        [removedOf(keyId)]: undefined,
      });
    },
  };
}
