import { describe, expect, it } from 'vitest';
import type { KeyForm } from '../../../lib/core/protocol.ts';
import {
  addKey,
  addServer,
  clickOn,
  MANAGEMENT_KEY,
  RELAY,
  valueIn,
  type Workbench,
  workbench,
} from '../fakes/workbench.ts';

const KEY = 'sk-relay-0123456789abcd';
const form: KeyForm = { name: 'Relay', baseUrl: RELAY, apiKey: KEY, plainHttpAccepted: false };

const cardsOf = async ({ handlers }: Workbench) => valueIn(await handlers.readCards({}));
const revealed = async ({ handlers }: Workbench, keyId: string) =>
  valueIn(await handlers.revealKey({ keyId })).apiKey;

describe('a relay key that is saved', () => {
  it('becomes the first card, masked', async () => {
    const bench = workbench();
    await addKey(bench, { name: 'Older' });
    const saved = valueIn(await bench.handlers.saveKey(form));
    expect(saved).toEqual({
      id: saved.id,
      name: 'Relay',
      host: 'relay.example',
      mask: 'sk-rel••••abcd',
      state: { phase: 'unknown' },
    });
    expect((await cardsOf(bench)).map(({ name }) => name)).toEqual(['Relay', 'Older']);
    expect(bench.announced).toContainEqual({ event: 'cards-changed' });
    expect(bench.network.sent).toEqual([]);
  });

  it('is stored without what was pasted around it', async () => {
    const bench = workbench();
    const apiKey = `  Authorization: Bearer ${KEY.slice(0, 9)}\n ${KEY.slice(9)}\n`;
    const { id } = valueIn(await bench.handlers.saveKey({ ...form, apiKey }));
    expect(await revealed(bench, id)).toBe(KEY);
  });

  it('takes the host for a name that was left out', async () => {
    const bench = workbench();
    const saved = await bench.handlers.saveKey({ ...form, name: ' ', baseUrl: 'relay.example/v1' });
    expect(saved).toMatchObject({ value: { name: 'relay.example' } });
  });

  it.each<[string, Partial<KeyForm>, object]>([
    ['a masked key', { apiKey: 'sk-rel••••abcd' }, { code: 'input/secret', problem: 'masked' }],
    ['a starred key', { apiKey: 'sk-rel****abcd' }, { code: 'input/secret', problem: 'masked' }],
    ['an example', { apiKey: 'YOUR_API_KEY' }, { code: 'input/secret', problem: 'placeholder' }],
    ['no key', { apiKey: ' ' }, { code: 'input/secret', problem: 'empty' }],
    ['no address', { baseUrl: '' }, { code: 'input/base-url', problem: 'empty' }],
    ['no real address', { baseUrl: 'a b' }, { code: 'input/base-url', problem: 'not-an-address' }],
    [
      'an address that everybody on the way can listen to',
      { baseUrl: 'http://relay.example/v1' },
      { code: 'input/plain-http', host: 'relay.example' },
    ],
  ])('is refused with %s, and nothing is stored', async (_, over, failure) => {
    const bench = workbench();
    expect(await bench.handlers.saveKey({ ...form, ...over })).toEqual({ ok: false, failure });
    expect(bench.store.records.size).toBe(0);
  });

  it('goes to a public host without encryption when the person insists', async () => {
    const bench = workbench();
    const insisted = { ...form, baseUrl: 'http://relay.example', plainHttpAccepted: true };
    expect(await bench.handlers.saveKey(insisted)).toMatchObject({ ok: true });
  });

  it('is refused a second time for the same relay, however that is written', async () => {
    const bench = workbench();
    await bench.handlers.saveKey(form);
    const again = { ...form, name: 'Again', baseUrl: 'RELAY.example/v1/chat/completions' };
    expect(await bench.handlers.saveKey(again)).toEqual({
      ok: false,
      failure: { code: 'input/duplicate-key', name: 'Relay' },
    });
    const elsewhere = await bench.handlers.saveKey({ ...form, baseUrl: 'https://other.example' });
    expect(elsewhere).toMatchObject({ ok: true });
  });

  it('is refused when it is the management key of a server', async () => {
    const bench = workbench();
    await addServer(bench);
    expect(await bench.handlers.saveKey({ ...form, apiKey: `Bearer ${MANAGEMENT_KEY}` })).toEqual({
      ok: false,
      failure: { code: 'input/is-management-key', server: 'Home NAS' },
    });
  });
});

describe('a relay key that is changed', () => {
  it('keeps its key where none was typed, and its place', async () => {
    const bench = workbench();
    const { id } = valueIn(await bench.handlers.saveKey(form));
    await addKey(bench, { name: 'Newer', apiKey: 'sk-test0002' });
    await bench.handlers.saveKey({ ...form, id, name: 'Renamed', apiKey: '' });
    expect((await cardsOf(bench)).map(({ name }) => name)).toEqual(['Newer', 'Renamed']);
    expect(await revealed(bench, id)).toBe(KEY);
  });

  it('has its own key twice without being refused', async () => {
    const bench = workbench();
    const { id } = valueIn(await bench.handlers.saveKey(form));
    expect(await bench.handlers.saveKey({ ...form, id, name: 'Renamed' })).toMatchObject({
      ok: true,
    });
  });

  it('forgets what came of its imports with another key or address, and not with another name', async () => {
    const bench = workbench();
    const serverId = await addServer(bench);
    const { id } = valueIn(await bench.handlers.saveKey(form));
    bench.network.hosts.delete('http://127.0.0.1:8317');
    await bench.handlers.startImport(clickOn({ keyId: id, serverId }));
    const phase = async () => (await cardsOf(bench))[0]?.state.phase;
    expect(await phase()).toBe('failed');
    await bench.handlers.saveKey({ ...form, id, name: 'Renamed', apiKey: undefined });
    expect(await phase()).toBe('failed');
    await bench.handlers.saveKey({ ...form, id, apiKey: 'sk-another-key-0001' });
    expect(await phase()).toBe('unknown');
  });

  it('is gone if it was removed meanwhile', async () => {
    const bench = workbench();
    const { id } = valueIn(await bench.handlers.saveKey(form));
    await bench.handlers.removeKey({ keyId: id });
    expect(await bench.handlers.saveKey({ ...form, id, apiKey: '' })).toEqual({
      ok: false,
      failure: { code: 'storage/gone', what: 'key' },
    });
  });

  it('is read for its form without being opened', async () => {
    const bench = workbench();
    const { id } = valueIn(await bench.handlers.saveKey(form));
    bench.worker.edges.keys.apiKey = () => Promise.reject(new Error('opened'));
    expect(await bench.handlers.readKey({ keyId: id })).toEqual({
      ok: true,
      value: { name: 'Relay', baseUrl: RELAY },
    });
  });
});

describe('a relay key that is removed', () => {
  it('can be put back where it was', async () => {
    const bench = workbench();
    const ids = [];
    for (const apiKey of ['sk-test0001', 'sk-test0002', 'sk-test0003']) {
      ids.unshift(await addKey(bench, { apiKey, name: apiKey }));
    }
    const keyId = ids[1] ?? '';
    await bench.handlers.removeKey({ keyId });
    expect((await cardsOf(bench)).map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    expect(await bench.handlers.revealKey({ keyId })).toEqual({
      ok: false,
      failure: { code: 'storage/gone', what: 'key' },
    });
    await bench.handlers.restoreKey({ keyId });
    expect((await cardsOf(bench)).map(({ id }) => id)).toEqual(ids);
    expect(await revealed(bench, keyId)).toBe('sk-test0002');
    expect(await bench.handlers.restoreKey({ keyId })).toMatchObject({ ok: false });
  });

  it('is told to every page', async () => {
    const bench = workbench();
    const keyId = await addKey(bench);
    bench.announced.length = 0;
    await bench.handlers.removeKey({ keyId });
    await bench.handlers.restoreKey({ keyId });
    expect(bench.announced).toEqual([{ event: 'cards-changed' }, { event: 'cards-changed' }]);
  });
});

describe('keys in a storage that', () => {
  it('is locked, say so wherever they are asked for', async () => {
    const bench = workbench();
    const [keyId, serverId] = [await addKey(bench), await addServer(bench)];
    bench.store.faults.all = { code: 'vault/locked' };
    const { handlers } = bench;
    const locked = { ok: false, failure: { code: 'vault/locked' } };
    expect(await handlers.readPopup({ first: 16 })).toEqual(locked);
    expect(await handlers.readCards({})).toEqual(locked);
    expect(await handlers.readKey({ keyId })).toEqual(locked);
    expect(await handlers.revealKey({ keyId })).toEqual(locked);
    expect(await handlers.saveKey(form)).toEqual(locked);
    expect(await handlers.removeKey({ keyId })).toEqual(locked);
    expect(await handlers.startImport(clickOn({ keyId, serverId }))).toEqual(locked);
  });

  it('is full, are not half saved', async () => {
    const bench = workbench();
    bench.store.faults.writes = { code: 'storage/full' };
    expect(await bench.handlers.saveKey(form)).toEqual({
      ok: false,
      failure: { code: 'storage/full' },
    });
    expect(await cardsOf(bench)).toEqual([]);
    expect(bench.announced).toEqual([]);
  });
});
