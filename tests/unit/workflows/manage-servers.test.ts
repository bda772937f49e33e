import { describe, expect, it } from 'vitest';
import type { ServerForm } from '../../../lib/core/server/server.ts';
import {
  addKey,
  addServer,
  clickOn,
  MANAGEMENT_KEY,
  SERVER,
  valueIn,
  type Workbench,
  workbench,
} from '../fakes/workbench.ts';

const form: ServerForm = {
  name: 'Tokyo VPS',
  address: 'https://vps.example',
  managementKey: 'secret-of-the-vps',
  headers: [],
  plainHttpAccepted: false,
};

const serversOf = async ({ handlers }: Workbench) => valueIn(await handlers.readServers({}));
const namesOf = async (bench: Workbench) => (await serversOf(bench)).map(({ name }) => name);
const defaultOf = async (bench: Workbench) =>
  (await serversOf(bench)).filter(({ isDefault }) => isDefault).map(({ name }) => name);
const secretsOf = async ({ worker }: Workbench, serverId: string) =>
  valueIn(await worker.edges.servers.secrets(serverId));

describe('a server that is saved', () => {
  it('sends nothing, and keeps what opens it apart from what a page is shown', async () => {
    const bench = workbench();
    const id = await addServer(bench);
    expect(bench.network.sent).toEqual([]);
    expect(await serversOf(bench)).toEqual([
      {
        id,
        name: 'Home NAS',
        managementBaseUrl: `${SERVER}/v0/management`,
        headerNames: [],
        isDefault: true,
        plainHttpAccepted: false,
      },
    ]);
    expect(await secretsOf(bench, id)).toEqual({ managementKey: MANAGEMENT_KEY, headers: [] });
    expect(bench.announced).toContainEqual({ event: 'servers-changed' });
  });

  it('is the default if it is the first, and else is not', async () => {
    const bench = workbench();
    await addServer(bench);
    await addServer(bench, form);
    expect(await defaultOf(bench)).toEqual(['Home NAS']);
  });

  it('may not have the name of another', async () => {
    const bench = workbench();
    await addServer(bench);
    expect(await bench.handlers.saveServer({ ...form, name: 'home nas ' })).toEqual({
      ok: false,
      failure: { code: 'input/name', problem: 'taken' },
    });
    expect(await namesOf(bench)).toEqual(['Home NAS']);
  });

  it('keeps its place, its key and its header values when it is changed and they are left out', async () => {
    const bench = workbench();
    const headers = [{ name: 'CF-Access-Client-Id', value: 'me' }];
    const id = await addServer(bench, { headers });
    await addServer(bench, form);
    await bench.handlers.saveServer({
      ...form,
      id,
      name: 'Renamed',
      address: SERVER,
      managementKey: undefined,
      headers: [{ name: 'CF-Access-Client-Id' }],
    });
    expect(await namesOf(bench)).toEqual(['Renamed', 'Tokyo VPS']);
    expect(await defaultOf(bench)).toEqual(['Renamed']);
    expect(await secretsOf(bench, id)).toEqual({ managementKey: MANAGEMENT_KEY, headers });
  });

  it('forgets what the last test found when its address or key changes, and not before', async () => {
    const bench = workbench();
    const id = await addServer(bench);
    const stored = { ...form, id, name: 'Home NAS', address: SERVER, managementKey: undefined };
    await bench.handlers.testServer({ form: stored, asker: 'person' });
    await bench.handlers.saveServer({ ...stored, name: 'Renamed' });
    expect(await serversOf(bench)).toMatchObject([{ check: { version: '7.2.140' } }]);
    await bench.handlers.saveServer({ ...stored, managementKey: 'another' });
    expect((await serversOf(bench))[0]).not.toHaveProperty('check');
  });

  it('may be used again with another key after one refusal, and after two only when a person says so', async () => {
    const bench = workbench();
    const id = await addServer(bench, { managementKey: 'wrong' });
    const look = async () => {
      const looked = await bench.handlers.lookAtServer({ serverId: id });
      return looked.ok || looked.failure.code;
    };
    const save = (managementKey: string) =>
      bench.handlers.saveServer({ ...form, id, address: SERVER, managementKey });
    expect([await look(), await look()]).toEqual(['server/wrong-management-key', 'server/held']);
    await save('wrong too');
    expect(await look()).toBe('server/wrong-management-key');
    await save(MANAGEMENT_KEY);
    expect(await look()).toBe('server/held');
    const stored = { ...form, id, address: SERVER, managementKey: undefined };
    await bench.handlers.testServer({ form: stored, asker: 'insists' });
    expect(await look()).toBe(true);
  });

  it('is no server without storage, and says why', async () => {
    const bench = workbench();
    bench.store.faults.writes = { code: 'storage/full' };
    expect(await bench.handlers.saveServer(form)).toEqual({
      ok: false,
      failure: { code: 'storage/full' },
    });
    expect(bench.announced).toEqual([]);
    bench.store.faults.all = { code: 'vault/locked' };
    expect(await bench.handlers.readServers({})).toEqual({
      ok: false,
      failure: { code: 'vault/locked' },
    });
  });
});

describe('a server that is removed', () => {
  it('is put back where it was, with what opens it, and as the default if it was', async () => {
    const bench = workbench();
    const id = await addServer(bench);
    await addServer(bench, form);
    await bench.handlers.removeServer({ serverId: id });
    expect(await namesOf(bench)).toEqual(['Tokyo VPS']);
    expect(await defaultOf(bench)).toEqual(['Tokyo VPS']);
    expect(await secretsOf(bench, id)).toBeUndefined();
    await bench.handlers.restoreServer({ serverId: id });
    expect(await namesOf(bench)).toEqual(['Home NAS', 'Tokyo VPS']);
    expect(await defaultOf(bench)).toEqual(['Home NAS']);
    expect(await secretsOf(bench, id)).toMatchObject({ managementKey: MANAGEMENT_KEY });
  });

  it('is gone for whoever asks for it', async () => {
    const bench = workbench();
    const gone = { ok: false, failure: { code: 'storage/gone', what: 'server' } };
    const [id, keyId] = [await addServer(bench), await addKey(bench)];
    await addServer(bench, form);
    await bench.handlers.removeServer({ serverId: id });
    expect(await bench.handlers.removeServer({ serverId: id })).toEqual(gone);
    expect(await bench.handlers.makeDefault({ serverId: id })).toEqual(gone);
    expect(await bench.handlers.chooseServer({ serverId: id })).toEqual(gone);
    expect(await bench.handlers.lookAtServer({ serverId: id })).toEqual(gone);
    expect(await bench.handlers.startImport(clickOn({ keyId, serverId: id }))).toEqual(gone);
    expect(await bench.handlers.restoreServer({ serverId: 'never' })).toEqual(gone);
    expect(bench.network.sent).toEqual([]);
  });
});

describe('the default server', () => {
  it('is exactly one', async () => {
    const bench = workbench();
    await addServer(bench);
    const serverId = await addServer(bench, form);
    await bench.handlers.makeDefault({ serverId });
    expect(await defaultOf(bench)).toEqual(['Tokyo VPS']);
    expect(await namesOf(bench)).toEqual(['Home NAS', 'Tokyo VPS']);
  });
});
