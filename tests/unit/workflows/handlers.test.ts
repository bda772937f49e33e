import { describe, expect, it } from 'vitest';
import { reply } from '../fakes/fake-network.ts';
import {
  addKey,
  addServer,
  clickOn,
  SERVER,
  valueIn,
  type Workbench,
  workbench,
} from '../fakes/workbench.ts';

const popupOf = async ({ handlers }: Workbench, first = 16) =>
  valueIn(await handlers.readPopup({ first }));

describe('the popup', () => {
  it('has nothing to show before anything was set up', async () => {
    expect(await popupOf(workbench())).toEqual({
      servers: [],
      cards: [],
      total: 0,
      unseen: [],
      running: [],
    });
  });

  it('gets the first cards at once, and how many there are', async () => {
    const bench = workbench();
    for (let nth = 0; nth < 5; nth += 1) await addKey(bench, { apiKey: `sk-test-000${nth}` });
    const { cards, total } = await popupOf(bench, 2);
    expect([cards.length, total]).toEqual([2, 5]);
    expect(cards).toEqual(valueIn(await bench.handlers.readCards({})).slice(0, 2));
  });

  it('shows the default server, and the chosen one for the rest of the session', async () => {
    const bench = workbench();
    const home = await addServer(bench);
    const vps = await addServer(bench, { name: 'VPS', address: 'https://vps.example' });
    expect((await popupOf(bench)).chosenId).toBe(home);
    await bench.handlers.chooseServer({ serverId: vps });
    bench.restart();
    expect((await popupOf(bench)).chosenId).toBe(vps);
    await bench.handlers.removeServer({ serverId: vps });
    expect((await popupOf(bench)).chosenId).toBe(home);
  });

  it('sends nothing by being opened', async () => {
    const bench = workbench();
    await addServer(bench);
    await addKey(bench);
    await popupOf(bench);
    expect(bench.network.sent).toEqual([]);
  });

  it('says that the storage is locked, and leaves the unseen results unseen', async () => {
    const bench = workbench();
    bench.someoneLooks = false;
    const [serverId, keyId] = [await addServer(bench), await addKey(bench)];
    await bench.handlers.startImport(clickOn({ serverId, keyId }));
    bench.store.faults.all = { code: 'vault/locked' };
    expect(await bench.handlers.readPopup({ first: 16 })).toMatchObject({
      failure: { code: 'vault/locked' },
    });
    bench.store.faults.all = undefined;
    expect((await popupOf(bench)).unseen).toHaveLength(1);
  });
});

describe('a look at the chosen server', () => {
  const config = `openai-compatibility:
  - name: Mine
    base-url: https://relay.example/v1
    api-key-entries: [{ api-key: sk-test0001 }]
    models: [{ name: m, alias: m }]
`;

  it('tells every page which keys it holds, and where', async () => {
    const bench = workbench({ config });
    const serverId = await addServer(bench);
    const held = await addKey(bench);
    const other = await addKey(bench, { apiKey: 'sk-test0002' });
    await bench.handlers.lookAtServer({ serverId });
    expect(bench.announced.at(-1)).toEqual({
      event: 'states-changed',
      serverId,
      states: {
        [other]: { phase: 'absent' },
        [held]: {
          phase: 'held',
          holding: {
            provider: 'Mine',
            baseUrl: 'https://relay.example/v1',
            disabled: false,
            hasModels: true,
          },
        },
      },
    });
  });

  it('says why it could not be taken, and leaves the cards as they are', async () => {
    const bench = workbench();
    const serverId = await addServer(bench);
    await addKey(bench);
    bench.network.hosts.delete(SERVER);
    expect(await bench.handlers.lookAtServer({ serverId })).toEqual({
      ok: false,
      failure: { code: 'server/unreachable' },
    });
    expect((await popupOf(bench)).cards[0]?.state).toEqual({ phase: 'unknown' });
  });

  it('is not taken with a key that was refused', async () => {
    const bench = workbench();
    const serverId = await addServer(bench);
    bench.network.hosts.set(SERVER, async () => reply(401, { error: 'invalid management key' }));
    await bench.handlers.lookAtServer({ serverId });
    await bench.handlers.lookAtServer({ serverId });
    expect(bench.network.sent).toHaveLength(1);
  });
});

describe('what was typed into a form', () => {
  it('is kept until it is dropped, each form for itself, also by another worker', async () => {
    const bench = workbench();
    await bench.handlers.saveDraft({ form: 'key', value: { name: 'Mine' } });
    bench.restart();
    expect(await bench.handlers.readDraft({ form: 'key' })).toEqual({
      ok: true,
      value: { name: 'Mine' },
    });
    expect(await bench.handlers.readDraft({ form: 'server' })).toEqual({
      ok: true,
      value: undefined,
    });
    await bench.handlers.dropDraft({ form: 'key' });
    expect(await bench.handlers.readDraft({ form: 'key' })).toEqual({ ok: true, value: undefined });
  });
});

describe('a look whether a server is somewhere', () => {
  it('is one request without a key', async () => {
    const bench = workbench();
    expect(await bench.handlers.findServer({ address: '127.0.0.1:8317' })).toEqual({
      ok: true,
      value: { managementBaseUrl: `${SERVER}/v0/management` },
    });
    expect(bench.network.sent).toMatchObject([{ method: 'GET', path: '/', headers: {} }]);
  });
});
