import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../lib/core/history.ts';
import type { Secret } from '../../../lib/core/secrets.ts';
import { openAccess } from '../../../lib/workflows/open-server.ts';
import { addKey, addServer, clickOn, SERVER, valueIn, workbench } from '../fakes/workbench.ts';

const OTHER_SERVER = 'http://127.0.0.1:8318';

describe('changes that come at the same time', () => {
  it('keep both keys that were saved', async () => {
    const bench = workbench();
    await Promise.all([
      addKey(bench, { name: 'One', apiKey: 'sk-test0001' }),
      addKey(bench, { name: 'Two', apiKey: 'sk-test0002' }),
    ]);
    const cards = valueIn(await bench.handlers.readCards({}));
    expect(cards.map(({ name }) => name).toSorted()).toEqual(['One', 'Two']);
  });

  it('keep one key that was saved with a double click', async () => {
    const bench = workbench();
    const form = {
      name: 'Relay',
      baseUrl: 'relay.example',
      apiKey: 'sk-test0001',
      plainHttpAccepted: false,
    };
    const saved = await Promise.all([bench.handlers.saveKey(form), bench.handlers.saveKey(form)]);
    expect(saved).toMatchObject([
      { ok: true },
      { failure: { code: 'input/duplicate-key', name: 'Relay' } },
    ]);
    expect([...bench.store.records.keys()].filter((name) => name.startsWith('key/'))).toHaveLength(
      1,
    );
  });

  it('keep what an import came to beside a key that was added meanwhile', async () => {
    const bench = workbench();
    const serverId = await addServer(bench);
    const keyId = await addKey(bench);
    bench.network.hosts.clear();
    await Promise.all([
      bench.handlers.startImport(clickOn({ keyId, serverId })),
      ...Array.from({ length: 40 }, (_, nth) => addKey(bench, { apiKey: `sk-more-${1000 + nth}` })),
    ]);
    expect(valueIn(await bench.handlers.readCards({}))).toHaveLength(41);
  });

  it('take a key out beside one that is put back', async () => {
    const bench = workbench();
    const [one, two] = [await addKey(bench), await addKey(bench, { apiKey: 'sk-test0002' })];
    await bench.handlers.removeKey({ keyId: one });
    await Promise.all([
      bench.handlers.removeKey({ keyId: two }),
      bench.handlers.restoreKey({ keyId: one }),
    ]);
    expect(valueIn(await bench.handlers.readCards({})).map(({ id }) => id)).toEqual([one]);
  });

  it('keep both servers, and one default', async () => {
    const bench = workbench();
    await Promise.all([
      addServer(bench, { name: 'One' }),
      addServer(bench, { name: 'Two', address: OTHER_SERVER }),
    ]);
    const servers = valueIn(await bench.handlers.readServers({}));
    expect(servers.map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['One', true],
      ['Two', false],
    ]);
  });

  it('keep a server that was saved while the outcome of a test was kept', async () => {
    const bench = workbench();
    const id = await addServer(bench);
    const form = { id, name: '', address: SERVER, headers: [], plainHttpAccepted: false };
    await Promise.all([
      bench.handlers.testServer({ form, asker: 'person' }),
      ...Array.from({ length: 40 }, (_, nth) =>
        addServer(bench, { name: `Server ${nth}`, address: `http://127.0.0.1:${9000 + nth}` }),
      ),
    ]);
    expect(valueIn(await bench.handlers.readServers({}))).toHaveLength(41);
  });

  it('count the refusals of both servers', async () => {
    const bench = workbench();
    bench.network.hosts.set(OTHER_SERVER, (request) => bench.server.handle(request));
    const test = (address: string) =>
      bench.handlers.testServer({
        form: { name: '', address, managementKey: 'wrong', headers: [], plainHttpAccepted: false },
        asker: 'person',
      });
    const access = [SERVER, OTHER_SERVER].map((root) => ({
      managementBaseUrl: `${root}/v0/management`,
      managementKey: 'wrong' as Secret,
      headers: [],
    }));
    const opened = await Promise.all(access.map((one) => openAccess(one, 'person', bench.worker)));
    await Promise.all(opened.map((one) => valueIn(one).api.checkKey()));
    bench.restart();
    expect(valueIn(await test(SERVER)).refusals).toBe(2);
    expect(valueIn(await test(OTHER_SERVER)).refusals).toBe(2);
  });

  it('keep the drafts of both forms', async () => {
    const bench = workbench();
    await Promise.all([
      bench.handlers.saveDraft({ form: 'key', value: { name: 'K' } }),
      bench.handlers.saveDraft({ form: 'server', value: { name: 'S' } }),
    ]);
    expect(await bench.handlers.readDraft({ form: 'key' })).toMatchObject({ value: { name: 'K' } });
    expect(await bench.handlers.readDraft({ form: 'server' })).toMatchObject({
      value: { name: 'S' },
    });
  });

  it('show every result that nobody saw, and each once', async () => {
    const bench = workbench();
    bench.someoneLooks = false;
    const nobody = { name: 'Nobody', address: OTHER_SERVER };
    const servers = [await addServer(bench, nobody), await addServer(bench)];
    const keys = [await addKey(bench), await addKey(bench, { apiKey: 'sk-test0002' })];
    await Promise.all(
      keys.map((keyId, nth) =>
        bench.handlers.startImport(clickOn({ keyId, serverId: servers[nth] ?? '' })),
      ),
    );
    const popup = valueIn(await bench.handlers.readPopup({ first: 10 }));
    const names = (entries: readonly HistoryEntry[]) =>
      entries.flatMap(({ keys: told }) => told.map(({ id }) => id)).toSorted();
    expect(names(popup.unseen)).toEqual(keys.toSorted());
    expect(valueIn(await bench.handlers.readPopup({ first: 10 })).unseen).toEqual([]);
  });
});
