import { beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase, type SealedRecord } from '../../../lib/edges/database.ts';
import { createProfileVault, type Vault } from '../../../lib/edges/vault.ts';
import { useFreshIndexedDb } from '../fakes/fresh-indexed-db.ts';
import { valueIn } from '../fakes/workbench.ts';

const SECRET = { apiKey: 'sk-relay-0123456789abcd' };

let database: Promise<Database>;
let vault: Vault;

beforeEach(() => {
  useFreshIndexedDb();
  database = openDatabase();
  vault = createProfileVault(database);
});

const seal = async (name = 'key/1'): Promise<SealedRecord> =>
  valueIn(await vault.seal(name, SECRET));

describe('what a vault has sealed', () => {
  it('opens again, also with a worker that starts later', async () => {
    const sealed = await seal();
    expect(await vault.open('key/1', sealed)).toEqual({ ok: true, value: SECRET });
    const later = createProfileVault(openDatabase());
    expect(await later.open('key/1', sealed)).toEqual({ ok: true, value: SECRET });
  });

  it('shows nothing of itself, and looks different each time', async () => {
    const [one, two] = [await seal(), await seal()];
    expect(Buffer.from(one.data).toString('latin1')).not.toContain('sk-relay');
    expect(one.iv).not.toEqual(two.iv);
    expect(Buffer.from(one.data).equals(Buffer.from(two.data))).toBe(false);
  });

  it('does not open under another name', async () => {
    expect(await vault.open('key/2', await seal('key/1'))).toEqual({
      ok: false,
      failure: { code: 'storage/unreadable', what: 'key/2' },
    });
  });

  it('does not open with a changed byte, wherever it is', async () => {
    const sealed = await seal();
    for (const part of ['iv', 'data'] as const) {
      const bytes = new Uint8Array(sealed[part].slice());
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      const changed = { ...sealed, [part]: part === 'data' ? bytes.buffer : bytes };
      expect(await vault.open('key/1', changed)).toMatchObject({ ok: false });
    }
  });

  it('does not open in another profile', async () => {
    const sealed = await seal();
    useFreshIndexedDb();
    const elsewhere = createProfileVault(openDatabase());
    expect(await elsewhere.open('key/1', sealed)).toMatchObject({ ok: false });
  });
});

describe('the key of a vault', () => {
  it('cannot be taken out of the profile', async () => {
    await seal();
    const key = await (await database).get('keys', 'profile');
    expect(key).toMatchObject({ extractable: false, usages: ['encrypt', 'decrypt'] });
  });

  it('is one, also when the first secrets come at the same time', async () => {
    const names = ['a', 'b', 'c'];
    const sealed = await Promise.all(names.map((name) => seal(name)));
    const later = createProfileVault(openDatabase());
    const opened = await Promise.all(sealed.map((each, at) => later.open(names[at] ?? '', each)));
    expect(opened.map(({ ok }) => ok)).toEqual([true, true, true]);
  });

  it('is refused where the browser keeps none, and never kept readable instead', async () => {
    const broken = { get: async () => undefined, add: () => Promise.reject(new Error('private')) };
    const without = createProfileVault(Promise.resolve(broken as unknown as Database));
    const unavailable = { ok: false, failure: { code: 'vault/unavailable' } };
    expect(await without.seal('key/1', SECRET)).toEqual(unavailable);
    expect(await without.open('key/1', await seal())).toEqual(unavailable);
  });

  it('is refused where there is no database at all', async () => {
    const without = createProfileVault(Promise.reject(new Error('no storage here')));
    expect(await without.seal('key/1', SECRET)).toEqual({
      ok: false,
      failure: { code: 'vault/unavailable' },
    });
  });

  it('is asked for again after it was refused once', async () => {
    const store = await database;
    let refuses = true;
    const moody = {
      get: (...args: Parameters<Database['get']>) => store.get(...args),
      add: (...args: Parameters<Database['add']>) => {
        if (refuses) throw new Error('not now');
        return store.add(...args);
      },
    };
    const second = createProfileVault(Promise.resolve(moody as unknown as Database));
    expect(await second.seal('key/1', SECRET)).toMatchObject({ ok: false });
    refuses = false;
    expect(await second.seal('key/1', SECRET)).toMatchObject({ ok: true });
  });
});
