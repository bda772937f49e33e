import { describe, expect, it } from 'vitest';
import type { ImportResult } from '../../../lib/core/keys/relay-key.ts';
import { reply, silent } from '../fakes/fake-network.ts';
import {
  addKey,
  addServer,
  CLIENT_KEY,
  clickOn,
  RELAY,
  resultOf,
  SERVER,
  valueIn,
  type Workbench,
  type WorkbenchOptions,
  workbench,
} from '../fakes/workbench.ts';

const other = (over: string) => `openai-compatibility:
  - name: Other
    base-url: https://other.example/v1
    api-key-entries:
      - api-key: sk-other-0001
    ${over}
`;

/** What is said to be served after one click, and what the server was asked for it. */
async function servingAfterImport(
  options: WorkbenchOptions & {
    answers?: Record<string, () => ReturnType<typeof reply> | undefined>;
  },
) {
  const bench = workbench({ relay: { models: ['m-1', 'm-2'] }, ...options });
  const server = bench.network.hosts.get(SERVER) ?? silent;
  bench.network.hosts.set(
    SERVER,
    async (request) =>
      options.answers?.[request.path.replace('/v0/management/', '')]?.() ?? server(request),
  );
  const [serverId, keyId] = [await addServer(bench), await addKey(bench)];
  await bench.handlers.startImport(clickOn({ keyId, serverId }));
  const [entry] = valueIn(await bench.handlers.readHistory({})).entries;
  const { serving } = resultOf(entry) as Exclude<ImportResult, { outcome: 'failed' }>;
  return { serving, bench, requests: entry?.requests.map(({ path }) => path) };
}

const askedForModels = ({ network }: Workbench) =>
  network.sent.find(({ origin, path }) => origin === SERVER && path === '/v1/models');

describe('what clients get after an import', () => {
  it('is asked of the server itself, with a client key of its own', async () => {
    const { serving, bench } = await servingAfterImport({});
    expect(serving).toEqual({ serving: ['m-1', 'm-2'], pooled: [], unsure: [], missing: [] });
    expect(askedForModels(bench)?.headers).toMatchObject({ 'x-api-key': CLIENT_KEY });
  });

  it('needs no client key where the server has none', async () => {
    const { serving, bench } = await servingAfterImport({ clientKeys: [] });
    expect(serving?.serving).toEqual(['m-1', 'm-2']);
    expect(askedForModels(bench)?.headers).toEqual({});
  });

  it('is a pool where another provider offers the same alias', async () => {
    const config = other('models: [{ name: m-1, alias: m-1 }]');
    expect((await servingAfterImport({ config })).serving).toEqual({
      serving: ['m-2'],
      pooled: [{ id: 'm-1', with: ['Other'] }],
      unsure: [],
      missing: [],
    });
  });

  it('is no pool with a provider that is switched off', async () => {
    const config = other('disabled: true\n    models: [{ name: m-1, alias: m-1 }]');
    expect((await servingAfterImport({ config })).serving?.serving).toEqual(['m-1', 'm-2']);
  });

  it('is not said to be served by this provider alone where a key list serves a hidden catalogue', async () => {
    const config = 'claude-api-key:\n  - api-key: sk-ant-0001\n';
    const { serving, requests } = await servingAfterImport({ config });
    expect(serving).toMatchObject({ serving: [], unsure: ['m-1', 'm-2'] });
    expect(requests).not.toContain('auth-files');
  });

  it.each([
    ['somebody is logged in', reply(200, { files: [{ name: 'me.json' }] })],
    ['nobody can tell who is logged in', reply(404, '')],
  ])('is not said to be served by this provider alone where %s', async (_, accounts) => {
    const answers = { 'auth-files': () => accounts };
    expect((await servingAfterImport({ answers })).serving).toMatchObject({
      serving: [],
      unsure: ['m-1', 'm-2'],
    });
  });

  it('is asked again for a while, because the server needs a moment to list it', async () => {
    let asked = 0;
    const late = () => {
      asked += 1;
      return asked < 3 ? reply(200, { object: 'list', data: [] }) : undefined;
    };
    const { serving, requests } = await servingAfterImport({ answers: { '/v1/models': late } });
    expect(serving?.serving).toEqual(['m-1', 'm-2']);
    expect(requests?.filter((path) => path === 'v1/models')).toHaveLength(3);
  });

  it('is said to be missing where it never appears', async () => {
    const answers = {
      '/v1/models': () => reply(200, { data: [{ id: 'm-1', owned_by: 'Relay' }] }),
    };
    expect((await servingAfterImport({ answers })).serving).toEqual({
      serving: ['m-1'],
      pooled: [],
      unsure: [],
      missing: ['m-2'],
    });
  });

  it.each([
    ['the configuration cannot be read', { config: () => reply(500, '') }],
    [
      'the configuration is of an unknown shape',
      { config: () => reply(200, { 'api-keys': 'none' }) },
    ],
    [
      'a provider list in it is of an unknown shape',
      {
        config: () => reply(200, { 'api-keys': [CLIENT_KEY], 'claude-api-key': { some: 'thing' } }),
      },
    ],
    ['the client side refuses', { '/v1/models': () => reply(401, { error: 'Invalid API key' }) }],
  ])('is not told where %s; the import stands', async (_, answers) => {
    const { serving, bench } = await servingAfterImport({ answers });
    expect(serving).toBeUndefined();
    expect(resultOf(valueIn(await bench.handlers.readHistory({})).entries[0])).toMatchObject({
      outcome: 'created',
    });
  });

  it('is not told where all client keys are examples', async () => {
    const clientKeys = ['your-api-key-1'];
    const { serving, requests } = await servingAfterImport({ clientKeys });
    expect(serving).toBeUndefined();
    expect(requests).not.toContain('v1/models');
  });

  it('is not asked for a provider that is switched off', async () => {
    const bench = workbench({
      config: other('disabled: true\n    models: [{ name: m, alias: m }]').replace(
        'https://other.example',
        RELAY,
      ),
    });
    const ids = { serverId: await addServer(bench), keyId: await addKey(bench) };
    await bench.handlers.startImport(clickOn(ids));
    expect(bench.announced).toContainEqual(
      expect.objectContaining({ event: 'dialog', reason: 'decision' }),
    );
    const { form } = valueIn(await bench.handlers.openImport({ ...ids, reason: 'decision' }));
    const answers = { disabledProvider: 'leave-off' } as const;
    await bench.handlers.runImport({ ...ids, form: { ...form, answers } });
    const [entry] = valueIn(await bench.handlers.readHistory({})).entries;
    expect(resultOf(entry)).toMatchObject({ outcome: 'added', disabled: true });
    expect(resultOf(entry)).not.toHaveProperty('serving');
    expect(entry?.requests.map(({ path }) => path)).not.toContain('config');
  });

  it.each(['', 'force-model-prefix: true\n'])('is found under its prefix (%s)', async (force) => {
    const prefixed = other('prefix: team\n    models: [{ name: m, alias: m }]');
    const config = `${force}${prefixed.replace('https://other.example', RELAY)}`;
    expect((await servingAfterImport({ config })).serving?.serving).toEqual(['team/m']);
  });
});
