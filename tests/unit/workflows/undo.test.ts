import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fail } from '../../../lib/core/result.ts';
import {
  addKey,
  addServer,
  clickOn,
  RELAY,
  valueIn,
  type Workbench,
  workbench,
} from '../fakes/workbench.ts';

const KEY = 'sk-relay-0123456789abcd';
const OTHERS = `
  - name: Others
    base-url: https://others.example/v1
    headers:
      X-Team: red
    api-key-entries:
      - api-key: sk-of-somebody-else
        weight: 3
    models:
      - name: m
        alias: m
`;
const MINE = (keys: string, over = '') => `
  - name: Mine
    base-url: ${RELAY}/v1
    api-key-entries: [${keys}]
    models:
      - name: gpt
        alias: gpt
${over}`;

async function importedOn(entries: string) {
  const bench = workbench({ config: `openai-compatibility:${entries}` });
  const ids = { serverId: await addServer(bench), keyId: await addKey(bench, { apiKey: KEY }) };
  const before = listOn(bench);
  await bench.handlers.startImport(clickOn(ids));
  const [entry] = await entriesOf(bench);
  return { bench, ids, before, entryId: entry?.id ?? '', entry };
}

const listOn = ({ server }: Workbench): Record<string, unknown>[] =>
  parse(server.configText())['openai-compatibility'] ?? [];
const entriesOf = async ({ handlers }: Workbench) =>
  valueIn(await handlers.readHistory({})).entries;
const writesOf = (bench: Workbench) =>
  bench.server.log.filter(({ method }) => method === 'PUT' || method === 'PATCH');

describe('taking an import back', () => {
  it('removes the provider that it created, and leaves the list as it was', async () => {
    const { bench, before, entryId, entry } = await importedOn(OTHERS);
    expect(entry).toMatchObject({ undo: 'possible' });
    expect(listOn(bench)).toHaveLength(2);
    await bench.handlers.undo({ entryId, resolve: 'ask' });
    expect(listOn(bench)).toEqual(before);
    const [undone, original] = await entriesOf(bench);
    expect(undone).toMatchObject({ cause: 'undo', keys: [], undo: 'possible' });
    expect(original).toMatchObject({ id: entryId, undo: 'done' });
  });

  it('waits three seconds after the last write before it takes something out', async () => {
    const { bench, entryId } = await importedOn(OTHERS);
    await bench.handlers.undo({ entryId, resolve: 'ask' });
    const [first, second] = writesOf(bench);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(3000);
  });

  it('leaves nothing behind where the provider was the only one', async () => {
    const { bench, entryId } = await importedOn(' []');
    await bench.handlers.undo({ entryId, resolve: 'ask' });
    expect(listOn(bench)).toEqual([]);
  });

  it('takes a key out of a provider, and nothing that others added meanwhile', async () => {
    const { bench, entryId } = await importedOn(MINE('{ api-key: sk-old }'));
    const added = MINE(`{ api-key: sk-old }, { api-key: ${KEY} }, { api-key: sk-theirs }`);
    bench.server.editConfig(`openai-compatibility:${added}`);
    await bench.clock.sleep(5000);
    await bench.handlers.undo({ entryId, resolve: 'ask' });
    expect(listOn(bench)[0]?.['api-key-entries']).toEqual([
      { 'api-key': 'sk-old' },
      { 'api-key': 'sk-theirs' },
    ]);
  });

  it('stops where somebody changed what it would remove, until one says who wins', async () => {
    const { bench, entryId } = await importedOn(OTHERS);
    const [, created] = listOn(bench);
    const changed = { ...created, prefix: 'theirs' };
    bench.server.editConfig(JSON.stringify({ 'openai-compatibility': [changed] }));
    await bench.clock.sleep(5000);
    const preview = await bench.handlers.previewUndo({ entryId, resolve: 'ask' });
    expect(preview).toMatchObject({
      value: { conflicts: [{ code: 'changed-removal', provider: 'Relay' }], lines: [] },
    });
    expect(JSON.stringify(preview)).not.toContain(KEY);
    await bench.handlers.undo({ entryId, resolve: 'ask' });
    expect((await entriesOf(bench))[0]).toMatchObject({
      cause: 'undo',
      failure: { code: 'change/conflict', conflicts: [{ code: 'changed-removal' }] },
    });
    expect(listOn(bench)).toHaveLength(1);

    await bench.handlers.undo({ entryId, resolve: 'theirs' });
    expect(listOn(bench)).toHaveLength(1);
    const again = await importedOn(OTHERS);
    again.bench.server.editConfig(JSON.stringify({ 'openai-compatibility': [changed] }));
    await again.bench.clock.sleep(5000);
    const choice = { entryId: again.entryId, resolve: 'ours' } as const;
    const { seen } = valueIn(await again.bench.handlers.previewUndo(choice));
    await again.bench.handlers.undo({ ...choice, seen });
    expect(listOn(again.bench)).toEqual([]);
  });

  it('overwrites nothing of others that was not shown', async () => {
    const { bench, entryId } = await importedOn(OTHERS);
    const [, created] = listOn(bench);
    const edit = async (prefix: string) => {
      const changed = [{ ...created, prefix }];
      bench.server.editConfig(JSON.stringify({ 'openai-compatibility': changed }));
      await bench.clock.sleep(5000);
    };
    await edit('shown');
    const choice = { entryId, resolve: 'ours' } as const;
    const { seen } = valueIn(await bench.handlers.previewUndo(choice));
    await edit('later');
    const writes = writesOf(bench).length;
    expect(await bench.handlers.undo({ ...choice, seen })).toEqual(
      fail({ code: 'change/list-changed' }),
    );
    expect(writesOf(bench)).toHaveLength(writes);
    expect(listOn(bench)).toMatchObject([{ prefix: 'later' }]);
  });

  it('has nothing to do where somebody took it out already', async () => {
    const { bench, entryId } = await importedOn(OTHERS);
    bench.server.editConfig(`openai-compatibility:${OTHERS}`);
    await bench.clock.sleep(5000);
    const writes = writesOf(bench).length;
    await bench.handlers.undo({ entryId, resolve: 'ask' });
    expect(writesOf(bench)).toHaveLength(writes);
    expect((await entriesOf(bench))[0]).toMatchObject({ cause: 'undo' });
    expect((await entriesOf(bench))[0]?.failure).toBeUndefined();
  });

  it('can be taken back itself', async () => {
    const { bench, entryId } = await importedOn(OTHERS);
    const imported = listOn(bench);
    await bench.handlers.undo({ entryId, resolve: 'ask' });
    const [undone] = await entriesOf(bench);
    await bench.handlers.undo({ entryId: undone?.id ?? '', resolve: 'ask' });
    expect(listOn(bench)).toEqual(imported);
  });

  it('is possible after a restart, and long after', async () => {
    const { bench, before, entryId } = await importedOn(MINE('{ api-key: sk-old }'));
    await bench.clock.sleep(86_400_000);
    bench.restart();
    await bench.handlers.undo({ entryId, resolve: 'ask' });
    expect(listOn(bench)).toEqual(before);
  });
});

describe('a backup', () => {
  it('is the list just before a write, and can be put in its place', async () => {
    const { bench, ids, before } = await importedOn(OTHERS);
    const [backup] = valueIn(await bench.handlers.readBackups(ids));
    expect(backup).toMatchObject({ providers: 1, keys: 1, kind: 'openai-compatibility' });
    const ref = { serverId: ids.serverId, backupId: backup?.id ?? '' };
    const preview = await bench.handlers.previewRestore(ref);
    expect(preview).toMatchObject({
      value: {
        lines: [{ sign: '-', what: 'provider', name: 'Relay' }, {}, {}, { what: 'list' }],
        write: 'PUT',
      },
    });
    const { seen } = valueIn(preview);
    await bench.handlers.restoreBackup({ ...ref, seen });
    expect(listOn(bench)).toEqual(before);
    expect((await entriesOf(bench))[0]).toMatchObject({ cause: 'restore', undo: 'possible' });
  });

  it('is not put in the place of a list that was not shown', async () => {
    const { bench, ids } = await importedOn(OTHERS);
    const [backup] = valueIn(await bench.handlers.readBackups(ids));
    const ref = { serverId: ids.serverId, backupId: backup?.id ?? '' };
    const { seen } = valueIn(await bench.handlers.previewRestore(ref));
    bench.server.editConfig(`openai-compatibility:${OTHERS}${MINE('{ api-key: sk-new }')}`);
    await bench.clock.sleep(5000);
    const list = listOn(bench);
    expect(await bench.handlers.restoreBackup({ ...ref, seen })).toEqual(
      fail({ code: 'change/list-changed' }),
    );
    expect(listOn(bench)).toEqual(list);
  });

  it('is given out whole only when it is asked for by name', async () => {
    const { bench, ids } = await importedOn(OTHERS);
    const [backup] = valueIn(await bench.handlers.readBackups(ids));
    const ref = { serverId: ids.serverId, backupId: backup?.id ?? '' };
    expect(JSON.stringify(await bench.handlers.readBackups(ids))).not.toContain('sk-of-somebody');
    expect(JSON.stringify(await bench.handlers.previewRestore(ref))).not.toContain(KEY);
    const file = valueIn(await bench.handlers.readBackup(ref));
    expect(file.name).toMatch(/^Home NAS openai-compatibility \d{4}-\d\d-\d\dT[\d-]+\.json$/);
    expect(JSON.parse(file.json)['openai-compatibility']).toMatchObject([
      { name: 'Others', 'api-key-entries': [{ 'api-key': 'sk-of-somebody-else' }] },
    ]);
  });

  it('is kept for the newest twenty writes of a server', async () => {
    const { bench, ids } = await importedOn(OTHERS);
    for (let nth = 0; nth < 21; nth += 1) {
      const backup = { id: `b${nth}`, at: nth + 9e12, serverId: ids.serverId, entries: [] };
      await bench.worker.edges.backups.save({ ...backup, kind: 'openai-compatibility' });
    }
    const kept = valueIn(await bench.handlers.readBackups(ids));
    expect(kept.map(({ id }) => id)).toEqual(
      Array.from({ length: 20 }, (_, nth) => `b${20 - nth}`),
    );
  });
});
