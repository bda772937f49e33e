import { beforeEach, describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../lib/core/history.ts';
import type { ImportResult, RelayKey } from '../../../lib/core/keys/relay-key.ts';
import { fail, ok } from '../../../lib/core/result.ts';
import type { Secret } from '../../../lib/core/secrets.ts';
import type { Server } from '../../../lib/core/server/server.ts';
import { type Database, openDatabase } from '../../../lib/edges/database.ts';
import { createHistoryStore } from '../../../lib/edges/history-store.ts';
import { createKeyStore } from '../../../lib/edges/key-store.ts';
import { forgetRemoved } from '../../../lib/edges/removed-records.ts';
import { createSealedStore, type SealedStore } from '../../../lib/edges/sealed-store.ts';
import { createAttemptStore, createServerStore } from '../../../lib/edges/server-store.ts';
import { createProfileVault, type Vault } from '../../../lib/edges/vault.ts';
import { z } from '../../../lib/edges/zod.ts';
import { restingBytes, useFreshIndexedDb } from '../fakes/fresh-indexed-db.ts';
import { valueIn } from '../fakes/workbench.ts';

const KEY = 'sk-relay-0123456789abcd' as Secret;
const NOW = 1_790_000_000_000;
const text = z.string();

let database: Promise<Database>;
let vault: Vault;
let store: SealedStore;

beforeEach(() => {
  useFreshIndexedDb();
  database = openDatabase();
  vault = createProfileVault(database);
  store = createSealedStore(database, vault);
});

describe('a sealed record', () => {
  it('is read as it was written, and is nothing before', async () => {
    expect(await store.read('a', text)).toEqual(ok(undefined));
    await store.write({ a: 'one' });
    expect(await store.read('a', text)).toEqual(ok('one'));
    await store.write({ a: undefined });
    expect(await store.read('a', text)).toEqual(ok(undefined));
  });

  it('is written with the others, or none of them', async () => {
    await store.write({ a: 'one', b: 'one' });
    const open = await database;
    const aborting = {
      transaction() {
        const change = open.transaction('sealed', 'readwrite');
        queueMicrotask(() => change.abort());
        return change;
      },
    } as unknown as Database;
    const failing = createSealedStore(Promise.resolve(aborting), vault);
    expect(await failing.write({ a: 'two', b: 'two' })).toMatchObject({ ok: false });
    expect([await store.read('a', text), await store.read('b', text)]).toEqual([
      ok('one'),
      ok('one'),
    ]);
  });

  it('that is not as expected is a failure, and stays where it is', async () => {
    await store.write({ a: { of: 'another version' } });
    const unreadable = fail({ code: 'storage/unreadable', what: 'a' });
    expect(await store.read('a', text)).toEqual(unreadable);
    expect(await store.readAll('a', text)).toEqual(unreadable);
    expect(await store.names('')).toEqual(ok(['a']));
  });

  it('under the name of another is a failure', async () => {
    await store.write({ 'key/1': KEY });
    const open = await database;
    const moved = await open.get('sealed', 'key/1');
    if (moved) await open.put('sealed', moved, 'key/2');
    expect(await store.read('key/2', text)).toEqual(
      fail({ code: 'storage/unreadable', what: 'key/2' }),
    );
  });

  it('is listed by the beginning of its name, in order', async () => {
    await store.write({ 'h/2': 'two', 'h/1': 'one', 'h/10': 'ten', i: 'other' });
    expect(await store.names('h/')).toEqual(ok(['h/1', 'h/10', 'h/2']));
    expect(await store.readAll('h/', text)).toEqual(ok(['one', 'ten', 'two']));
  });

  it('that is kept in memory is opened once, and anew when it was written, by whomever', async () => {
    let opened = 0;
    const counting: Vault = {
      ...vault,
      open: (name, sealed) => {
        opened += 1;
        return vault.open(name, sealed);
      },
    };
    const keeping = createSealedStore(database, counting);
    expect(await keeping.readKept('a', text)).toEqual(ok(undefined));
    await keeping.write({ a: 'one' });
    expect(await keeping.readKept('a', text)).toEqual(ok('one'));
    expect(await keeping.readKept('a', text)).toEqual(ok('one'));
    expect(opened).toBe(1);
    await store.write({ a: 'two' });
    expect(await keeping.readKept('a', text)).toEqual(ok('two'));
    await store.write({ a: undefined });
    expect(await keeping.readKept('a', text)).toEqual(ok(undefined));
  });

  it('that is kept in memory is not shown once the vault is locked', async () => {
    const locked = fail({ code: 'vault/locked' } as const);
    const lockable = { ...vault };
    const keeping = createSealedStore(database, lockable);
    await keeping.write({ a: 'one' });
    expect(await keeping.readKept('a', text)).toEqual(ok('one'));
    lockable.ready = async () => locked;
    expect(await keeping.readKept('a', text)).toEqual(locked);
  });

  it('says that the vault is locked, and does not write', async () => {
    await store.write({ a: 'one' });
    const locked = fail({ code: 'vault/locked' } as const);
    const shut = createSealedStore(database, {
      ready: async () => locked,
      seal: async () => locked,
      open: async () => locked,
    });
    expect(await shut.read('a', text)).toEqual(locked);
    expect(await shut.readAll('', text)).toEqual(locked);
    expect(await shut.write({ a: 'two' })).toEqual(locked);
    expect(await store.read('a', text)).toEqual(ok('one'));
  });

  it.each([
    [new DOMException('no space', 'QuotaExceededError'), { code: 'storage/full' }],
    [new DOMException('closing', 'InvalidStateError'), { code: 'storage/unreadable', what: 'a' }],
    [new Error('no storage'), { code: 'storage/unreadable', what: 'a' }],
  ])('says what went wrong, and nothing of the browser’s words: %o', async (error, failure) => {
    const broken = createSealedStore(Promise.reject(error), vault);
    expect(await broken.read('a', text)).toEqual(fail(failure));
    const full = {
      transaction: () => {
        throw error;
      },
    } as unknown as Database;
    expect(await createSealedStore(Promise.resolve(full), vault).write({ a: 'two' })).toEqual(
      fail(failure),
    );
  });
});

const relayKey = (id: string): RelayKey => ({
  id,
  name: `Key ${id}`,
  baseUrl: 'https://relay.example',
  mask: 'sk-rel••••abcd',
  fingerprint: `print of ${id}`,
  addedAt: NOW,
  results: {
    's-1': { at: NOW, outcome: 'failed', failure: { code: 'server/banned', until: NOW + 1 } },
    's-2': {
      at: NOW,
      outcome: 'added',
      provider: 'Relay',
      disabled: false,
      loading: false,
      serving: { serving: 1, pooled: 0, unsure: 0, missing: 0, others: [] },
    },
  },
});

describe('relay keys at rest', () => {
  it('are what they were, with what came of their imports', async () => {
    const keys = createKeyStore(store, () => NOW);
    expect(await keys.list()).toEqual(ok([]));
    await keys.save([relayKey('1'), relayKey('2')], { 1: KEY });
    expect(await keys.list()).toEqual(ok([relayKey('1'), relayKey('2')]));
    expect(await keys.apiKey('1')).toEqual(ok(KEY));
    expect(await keys.apiKey('2')).toEqual(ok(undefined));
  });

  it('show neither key nor name nor relay', async () => {
    await createKeyStore(store, () => NOW).save([relayKey('1')], { 1: KEY });
    const bytes = await restingBytes(database);
    expect(bytes).toContain('key/1');
    for (const said of [KEY, 'Key 1', 'relay.example', 'sk-rel', 'print of']) {
      expect(bytes).not.toContain(said);
    }
  });

  it('can be put back until the browser starts anew', async () => {
    const keys = createKeyStore(store, () => NOW);
    await keys.save([relayKey('1'), relayKey('2')], { 1: KEY, 2: KEY });
    await keys.remove('1');
    expect(valueIn(await keys.list()).map(({ id }) => id)).toEqual(['2']);
    expect(await keys.apiKey('1')).toEqual(ok(undefined));
    await keys.restore('1');
    expect(valueIn(await keys.list()).map(({ id }) => id)).toEqual(['1', '2']);
    expect(await keys.apiKey('1')).toEqual(ok(KEY));
    await keys.remove('1');
    await forgetRemoved(store);
    expect(await keys.restore('1')).toEqual(fail({ code: 'storage/gone', what: 'key' }));
    expect(valueIn(await store.names('removed/'))).toEqual([]);
  });
});

const server = (id: string, isDefault = false): Server => ({
  id,
  name: `Server ${id}`,
  managementBaseUrl: `http://${id}.local:8317/v0/management`,
  headerNames: ['CF-Access-Client-Secret'],
  isDefault,
  plainHttpAccepted: false,
  check: { at: NOW, failure: { code: 'server/timeout', seconds: 15 } },
});

describe('servers at rest', () => {
  const opens = {
    managementKey: 'management-key-1' as Secret,
    headers: [{ name: 'CF-Access-Client-Secret', value: 'secret-of-the-proxy' }],
  };

  it('are what they were, and what opens them is kept apart', async () => {
    const servers = createServerStore(store, () => NOW);
    await servers.save([server('a', true)], { serverId: 'a', ...opens });
    expect(await servers.list()).toEqual(ok([server('a', true)]));
    expect(await servers.secrets('a')).toEqual(ok(opens));
    expect(await servers.secrets('b')).toEqual(ok(undefined));
    const bytes = await restingBytes(database);
    for (const said of ['management-key-1', 'secret-of-the-proxy', 'a.local', 'Server a']) {
      expect(bytes).not.toContain(said);
    }
  });

  it('have one default, whichever is taken out or put back', async () => {
    const servers = createServerStore(store, () => NOW);
    await servers.save([server('a', true), server('b')], { serverId: 'a', ...opens });
    const defaults = async () =>
      valueIn(await servers.list()).flatMap(({ id, isDefault }) => (isDefault ? [id] : []));
    await servers.remove('a');
    expect(await defaults()).toEqual(['b']);
    await servers.restore('a');
    expect(await defaults()).toEqual(['a']);
    expect(await servers.secrets('a')).toEqual(ok(opens));
  });
});

describe('counted refusals at rest', () => {
  it('are those of one address each', async () => {
    const attempts = createAttemptStore(store);
    const counted = { refusedAt: [NOW], held: true, bannedUntil: NOW + 60_000 };
    await attempts.save('http://a/v0/management', counted);
    await attempts.save('http://b/v0/management', { refusedAt: [], held: false });
    expect(await attempts.read('http://a/v0/management')).toEqual(ok(counted));
    expect(await attempts.read('http://c/v0/management')).toEqual(
      ok({ refusedAt: [], held: false }),
    );
  });
});

describe('History at rest', () => {
  const keyWith = (result: ImportResult) => ({
    id: '1',
    name: 'Key',
    mask: 'sk-rel••••abcd',
    host: 'relay.example',
    result,
  });
  const imported = (at: number): ImportResult => ({
    at,
    outcome: 'created',
    provider: 'Relay',
    disabled: false,
    loading: true,
    serving: { serving: ['m'], pooled: [{ id: 'n', with: ['B'] }], unsure: [], missing: ['o'] },
  });
  const entry = (id: string, at: number, over: Partial<HistoryEntry> = {}): HistoryEntry => ({
    id,
    at,
    server: { id: 'a', name: 'Home NAS' },
    runId: 'run',
    cause: 'import',
    kind: 'openai-compatibility',
    keys: [keyWith(imported(at))],
    lines: [{ sign: '+', what: 'keys', count: 1, masks: ['sk-rel••••abcd'] }],
    diff: [{ sign: '+', text: '"name": "Relay"' }],
    write: 'PUT',
    requests: [{ method: 'GET', path: 'openai-compatibility', status: 200, ms: 12 }],
    repeats: 1,
    gone: ['Other'],
    tookMs: 900,
    ...over,
  });

  it('is what it was, newest first', async () => {
    const history = createHistoryStore(store);
    const failed = entry('2', NOW + 1, {
      keys: [
        keyWith({
          at: NOW + 1,
          outcome: 'failed',
          failure: { code: 'import/not-saved', missing: 1, written: 0 },
        }),
      ],
    });
    await history.save(entry('1', NOW));
    await history.save(failed);
    expect(await history.list()).toEqual(ok([failed, entry('1', NOW)]));
  });

  it('has one entry of an id, also when it is dated anew', async () => {
    const history = createHistoryStore(store);
    await history.save(entry('1', NOW));
    await history.save(entry('2', NOW + 1));
    await history.save(entry('1', NOW + 5000, { repeats: 2 }));
    expect(valueIn(await history.list()).map(({ id, repeats }) => [id, repeats])).toEqual([
      ['1', 2],
      ['2', 1],
    ]);
  });

  it('keeps the newest 500', async () => {
    const history = createHistoryStore(store);
    for (let nth = 0; nth < 503; nth += 1) await history.save(entry(`${nth}`, NOW + nth));
    await history.save(entry('502', NOW + 502, { repeats: 3 }));
    const kept = valueIn(await history.list());
    expect([kept.length, kept[0]?.id, kept.at(-1)?.id]).toEqual([500, '502', '3']);
  });
});
