import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../lib/core/history.ts';
import { reply, silent } from '../fakes/fake-network.ts';
import {
  addKey,
  addServer,
  clickOn,
  RELAY,
  resultOf,
  SERVER,
  valueIn,
  type Workbench,
  workbench,
} from '../fakes/workbench.ts';

const KEY = 'sk-relay-0123456789abcd';
const OTHERS = `
  - name: Others
    base-url: https://others.example/v1
    api-key-entries:
      - api-key: sk-of-somebody-else
    models: [{ name: m, alias: m }]
`;
const config = `openai-compatibility:${OTHERS}`;

/** Imports a key; `later` happens when its result has been told and before the last look. */
async function importAnd(later: (bench: Workbench) => void | Promise<void>) {
  const bench = workbench({ config });
  const ids = { serverId: await addServer(bench), keyId: await addKey(bench, { apiKey: KEY }) };
  const { sleep } = bench.clock;
  let isLater = false;
  bench.clock.sleep = async (ms) => {
    if (ms === 2000 && !isLater) {
      isLater = true;
      await later(bench);
    }
    await sleep(ms);
  };
  await bench.handlers.startImport(clickOn(ids));
  return { bench, history: valueIn(await bench.handlers.readHistory({})).entries };
}

const told = ({ announced }: Workbench): HistoryEntry[] =>
  announced.flatMap((news) => (news.event === 'result' ? [news.entry] : []));

const READ = 'GET openai-compatibility';
const MODELS = ['1', '2', '3']
  .map((n) => `{ name: model-000${n}, alias: model-000${n} }`)
  .join(', ');

describe('two seconds after an import was told', () => {
  it('the list is looked at once more, and that is all where the key is there', async () => {
    const { bench, history } = await importAnd(() => {});
    expect(bench.asked().at(-1)).toBe(READ);
    expect(bench.asked().filter((asked) => asked === READ)).toHaveLength(3);
    expect(history).toMatchObject([{ repeats: 0 }]);
    expect(told(bench)).toHaveLength(1);
  });

  it('what the server dropped is written again, and the receipt corrected', async () => {
    const { bench, history } = await importAnd(({ server }) => server.editConfig(config));
    expect(bench.server.configText()).toContain(KEY);
    expect(history).toMatchObject([{ keys: [{ result: { outcome: 'created' } }], repeats: 1 }]);
    expect(told(bench).map(({ id, repeats }) => [id, repeats])).toEqual([
      [history[0]?.id, 0],
      [history[0]?.id, 1],
    ]);
  });

  it('is told as a failure in the same receipt where it cannot be written again', async () => {
    const { bench, history } = await importAnd((there) => {
      there.server.editConfig(config);
      const server = there.network.hosts.get(SERVER) ?? silent;
      there.network.hosts.set(SERVER, async (request) =>
        request.method === 'PUT' ? reply(400, { error: 'invalid body' }) : server(request),
      );
    });
    expect(history).toMatchObject([
      { keys: [{ result: { outcome: 'failed', failure: { code: 'server/refused-write' } } }] },
    ]);
    expect(valueIn(await bench.handlers.readCards({}))[0]?.state.phase).toBe('failed');
  });

  it('is told as a failure where somebody has its name for another by now', async () => {
    const another = `
  - name: Relay
    base-url: https://elsewhere.example/v1
    models: [{ name: m, alias: m }]
`;
    const { history } = await importAnd(({ server }) =>
      server.editConfig(`openai-compatibility:${OTHERS}${another}`),
    );
    const failure = { code: 'import/not-saved', missing: 1 };
    expect(resultOf(history[0])).toMatchObject({ outcome: 'failed', failure });
  });

  it('nothing is said where the key stands in two places by now', async () => {
    const twins = ['Relay', 'Copy'].map(
      (name) => `
  - name: ${name}
    base-url: ${RELAY}/v1
    api-key-entries: [{ api-key: ${KEY} }]
    models: [${MODELS}]
`,
    );
    const { bench, history } = await importAnd(({ server }) =>
      server.editConfig(`openai-compatibility:${OTHERS}${twins.join('')}`),
    );
    expect(history).toMatchObject([{ keys: [{ result: { outcome: 'created' } }], repeats: 0 }]);
    expect(told(bench)).toHaveLength(1);
  });

  it('what its owner has edited since stays as it is', async () => {
    const edited = `
  - name: Renamed
    base-url: ${RELAY}/v1
    api-key-entries: [{ api-key: ${KEY} }]
    models: [{ name: model-0002, alias: only }]
`;
    const { bench, history } = await importAnd(({ server }) =>
      server.editConfig(`openai-compatibility:${OTHERS}${edited}`),
    );
    expect(bench.server.configText()).toContain(edited);
    expect(history).toMatchObject([{ repeats: 0 }]);
    expect(told(bench)).toHaveLength(1);
  });

  it('a backup that was put back meanwhile is no loss', async () => {
    const { bench, history } = await importAnd(async ({ handlers }) => {
      const [server] = valueIn(await handlers.readServers({}));
      const serverId = server?.id ?? '';
      const [backup] = valueIn(await handlers.readBackups({ serverId }));
      const ref = { serverId, backupId: backup?.id ?? '' };
      const { seen } = valueIn(await handlers.previewRestore(ref));
      await handlers.restoreBackup({ ...ref, seen });
    });
    expect(bench.server.configText()).not.toContain(KEY);
    const entries = history.map(({ cause, repeats, failure }) => [cause, repeats, failure]);
    expect(entries).toEqual([
      ['restore', 0, undefined],
      ['import', 0, undefined],
    ]);
  });

  it('nothing is said where the server cannot be looked at', async () => {
    const { bench, history } = await importAnd(({ network }) => void network.hosts.delete(SERVER));
    expect(history).toMatchObject([{ keys: [{ result: { outcome: 'created' } }] }]);
    expect(told(bench)).toHaveLength(1);
  });

  it('nothing is asked after an import that wrote nothing', async () => {
    const { bench } = await importAnd(() => {});
    const before = bench.asked().length;
    await bench.handlers.startImport({
      keyIds: valueIn(await bench.handlers.readCards({})).map(({ id }) => id),
      serverIds: valueIn(await bench.handlers.readServers({})).map(({ id }) => id),
    });
    const asked = bench.asked().slice(before);
    expect(asked.filter((request) => request === READ)).toHaveLength(1);
  });
});
