import type { StoreFailure } from '../core/failures/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Database, SealedRecord } from './database.ts';
import { parseJson } from './http.ts';

/**
 * Where every secret rests: AES-GCM, with a fresh IV for each record and the record's
 * name bound to it. Any answer may be `vault/locked`.
 */
export interface Vault {
  /** Whether it can be opened: what was opened earlier is not to be shown while it cannot. */
  ready(): Promise<Result<void, StoreFailure>>;
  seal(name: string, value: unknown): Promise<Result<SealedRecord, StoreFailure>>;
  open(name: string, sealed: SealedRecord): Promise<Result<unknown, StoreFailure>>;
}

const KEY_NAME = 'profile';
const IV_BYTES = 12;

/**
 * A vault under a key of this browser profile that cannot be taken out of it. It guards
 * copied or synced storage and casual looking, not against someone who runs this profile.
 */
export function createProfileVault(database: Promise<Database>): Vault {
  let key: Promise<Result<CryptoKey, StoreFailure>> | undefined;
  const readKey = async () => {
    // Set before anything is awaited: of two that make a key at once, one would be refused.
    key ??= profileKey(database);
    const found = await key;
    if (!found.ok) key = undefined;
    return found;
  };
  return {
    async ready() {
      const found = await readKey();
      return found.ok ? ok(undefined) : found;
    },

    async seal(name, value) {
      const found = await readKey();
      if (!found.ok) return found;
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const plain = new TextEncoder().encode(JSON.stringify(value));
      const data = await crypto.subtle.encrypt(cipher(iv, name), found.value, plain);
      return ok({ v: 1, iv, data });
    },

    async open(name, { iv, data }) {
      const found = await readKey();
      if (!found.ok) return found;
      try {
        const plain = await crypto.subtle.decrypt(cipher(iv, name), found.value, data);
        return ok(parseJson(new TextDecoder().decode(plain)));
      } catch {
        return fail({ code: 'storage/unreadable', what: name });
      }
    },
  };
}

const cipher = (iv: Uint8Array<ArrayBuffer>, name: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(`keyferry/1/${name}`),
});

async function profileKey(opening: Promise<Database>): Promise<Result<CryptoKey, StoreFailure>> {
  try {
    const database = await opening;
    const known = await database.get('keys', KEY_NAME);
    if (known) return ok(known);
    const usages: KeyUsage[] = ['encrypt', 'decrypt'];
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages);
    await database.add('keys', made, KEY_NAME);
    return ok(made);
  } catch {
    // Private windows of some browsers cannot keep a key; a readable one is never kept instead.
    return fail({ code: 'vault/unavailable' });
  }
}
