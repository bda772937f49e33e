import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ImportForm } from '../../../lib/core/import-view.ts';
import { answering, reply } from '../fakes/fake-network.ts';
import {
  addKey,
  addServer,
  clickOn,
  RELAY,
  resultOf,
  SERVER,
  valueIn,
  type Workbench,
  type WorkbenchOptions,
  workbench,
} from '../fakes/workbench.ts';

const provider = (name: string, baseUrl: string, more = '') => `
  - name: ${name}
    base-url: ${baseUrl}
    api-key-entries:
      - api-key: sk-old-key-of-somebody
        weight: 3
    models:
      - name: model-0001
        alias: model-0001
${more}`;
const ALREADY_THERE = `openai-compatibility:${provider('Somebody’s', `${RELAY}/v1/`)}`;

async function setUp(options: WorkbenchOptions = {}, baseUrl = RELAY) {
  const bench = workbench(options);
  const ids = { keyId: await addKey(bench, { baseUrl }), serverId: await addServer(bench) };
  return { bench, ids, handlers: bench.handlers };
}

const openDialog = async ({ handlers }: Workbench, ids: { keyId: string; serverId: string }) =>
  valueIn(await handlers.openImport({ ...ids, reason: 'asked' }));

const KIND = 'openai-compatibility';

const form: ImportForm = {
  kind: KIND,
  name: 'Relay',
  baseUrl: `${RELAY}/v1`,
  models: [{ upstream: 'model-0001', alias: 'model-0001' }],
  answers: {},
};

const READ = 'GET openai-compatibility';

describe('the import dialog', () => {
  it('begins with the name, the base URL and what was made of it, and has still to read the models', async () => {
    const { bench, ids } = await setUp();
    expect(await openDialog(bench, ids)).toEqual({
      keyId: ids.keyId,
      keyName: 'Relay',
      mask: '••••',
      server: { id: ids.serverId, name: 'Home NAS' },
      form: { kind: KIND, name: 'Relay', baseUrl: `${RELAY}/v1`, models: [], answers: {} },
      baseUrls: {
        'openai-compatibility': `${RELAY}/v1`,
        'claude-api-key': RELAY,
        'gemini-api-key': RELAY,
        'codex-api-key': `${RELAY}/v1`,
      },
      baseUrlNotes: ['version-added'],
      models: { state: 'reading' },
      pools: {},
      canSwitchOff: false,
    });
    expect(bench.asked()).toEqual([READ]);
  });

  it('begins with all models, by their own names, where the relay was asked already', async () => {
    const { bench, ids, handlers } = await setUp({
      relay: { basePaths: [''], models: ['a', 'b'] },
    });
    await handlers.readModels({ ...ids, baseUrl: RELAY, refresh: false });
    const { form: filled, models } = await openDialog(bench, ids);
    expect(models).toMatchObject({ state: 'read', upstream: ['a', 'b'] });
    expect(filled).toMatchObject({
      baseUrl: RELAY,
      models: [
        { upstream: 'a', alias: 'a' },
        { upstream: 'b', alias: 'b' },
      ],
    });
  });

  it('shows the provider that gets the key, and ticks no model of its own', async () => {
    const { bench, ids, handlers } = await setUp({ config: ALREADY_THERE });
    await handlers.readModels({ ...ids, baseUrl: RELAY, refresh: false });
    const dialog = await openDialog(bench, ids);
    expect(dialog.existing).toEqual({
      name: 'Somebody’s',
      baseUrl: `${RELAY}/v1/`,
      models: 1,
      disabled: false,
    });
    expect(dialog.form).toMatchObject({ name: 'Somebody’s', models: [] });
    expect(dialog.pools).toEqual({ 'model-0001': ['Somebody’s'] });
  });

  it('proposes the OpenAI-style address of a vendor for its Anthropic-style one', async () => {
    const { bench, ids } = await setUp({}, 'https://api.deepseek.com/anthropic');
    expect(await openDialog(bench, ids)).toMatchObject({
      insteadOf: 'https://api.deepseek.com/anthropic',
      form: { baseUrl: 'https://api.deepseek.com/v1' },
    });
  });

  it('opens also where the server cannot be read, and says why', async () => {
    const { bench, ids } = await setUp();
    bench.network.hosts.delete(SERVER);
    expect(await openDialog(bench, ids)).toMatchObject({
      form: { baseUrl: `${RELAY}/v1` },
      serverFailure: { code: 'server/unreachable' },
    });
  });

  it('is not asked for any more once it is open', async () => {
    const { bench, ids, handlers } = await setUp({ relay: { models: 0 } });
    await handlers.startImport(clickOn(ids));
    expect(valueIn(await handlers.readPopup({ first: 1 })).dialog).toMatchObject({
      reason: 'no-models',
    });
    await openDialog(bench, ids);
    expect(valueIn(await handlers.readPopup({ first: 1 }))).not.toHaveProperty('dialog');
  });
});

describe('the preview of an import', () => {
  it('shows in words and as masked JSON what the import would do, and asks nobody for it', async () => {
    const { bench, ids, handlers } = await setUp({ config: ALREADY_THERE });
    await openDialog(bench, ids);
    const preview = valueIn(await handlers.previewImport({ ...ids, form }));
    expect(preview).toEqual({
      decisions: [],
      isOpen: false,
      provider: 'Somebody’s',
      lines: [
        { sign: '+', what: 'keys', count: 1, masks: ['••••'] },
        { sign: '=', what: 'entry', keys: 1, models: 1 },
      ],
      diff: [
        { sign: ' ', text: '"api-key-entries": [' },
        { sign: ' ', text: '  {"api-key": "sk-old••••body", "weight": 3}' },
        { sign: '+', text: '  {"api-key": "••••"}' },
        { sign: ' ', text: ']' },
      ],
      write: 'PATCH',
    });
    expect(bench.asked()).toEqual([READ]);
  });

  it('shows exactly what is written', async () => {
    const { bench, ids, handlers } = await setUp({ config: ALREADY_THERE });
    await openDialog(bench, ids);
    const wanted = { ...form, baseUrl: 'https://other.example', name: 'Other' };
    const { lines, diff, write } = valueIn(await handlers.previewImport({ ...ids, form: wanted }));
    await handlers.runImport({ ...ids, form: wanted });
    const [entry] = valueIn(await handlers.readHistory({})).entries;
    expect(entry).toMatchObject({ lines, diff, write });
    expect(bench.server.configText()).toContain('base-url: https://other.example/v1');
  });

  it('is there also after the worker was ended while the dialog was open', async () => {
    const { bench, ids } = await setUp({ config: ALREADY_THERE });
    await openDialog(bench, ids);
    bench.restart();
    const preview = await bench.handlers.previewImport({ ...ids, form });
    expect(preview).toMatchObject({ value: { provider: 'Somebody’s', write: 'PATCH' } });
    await bench.handlers.previewImport({ ...ids, form });
    expect(bench.asked()).toEqual([READ, READ]);
  });

  it('says why there is none where the server cannot be read', async () => {
    const { bench, ids, handlers } = await setUp();
    bench.network.hosts.set(SERVER, answering(reply(401, { error: 'invalid management key' })));
    expect(await handlers.previewImport({ ...ids, form })).toMatchObject({
      failure: { code: 'server/wrong-management-key' },
    });
  });

  it('says what has to be decided, also what is decided already', async () => {
    const named = `openai-compatibility:${provider('Relay', 'https://else.example/v1')}`;
    const { bench, ids, handlers } = await setUp({ config: named });
    await openDialog(bench, ids);
    const open = valueIn(await handlers.previewImport({ ...ids, form }));
    expect(open).toMatchObject({ isOpen: true, decisions: [{ code: 'same-name' }], lines: [] });
    const answered = { ...form, answers: { provider: 'new' as const } };
    expect(valueIn(await handlers.previewImport({ ...ids, form: answered }))).toMatchObject({
      isOpen: false,
      decisions: [{ code: 'same-name' }],
      provider: 'Relay 2',
      write: 'PUT',
    });
  });
});

describe('an import from the dialog', () => {
  it('adds the version that was left out, and writes no blanks around names', async () => {
    const { bench, ids, handlers } = await setUp();
    const models = [
      { upstream: ' model-0001 ', alias: ' fast ' },
      { upstream: 'by-hand', alias: '' },
      { upstream: ' ', alias: 'nothing' },
    ];
    const typed = { ...form, name: ' Mine ', baseUrl: ' relay.example/ ', models };
    await handlers.runImport({ ...ids, form: typed });
    expect(listOn(bench)).toMatchObject([
      {
        name: 'Mine',
        'base-url': `${RELAY}/v1`,
        models: [
          { name: 'model-0001', alias: 'fast' },
          { name: 'by-hand', alias: 'by-hand' },
        ],
      },
    ]);
  });

  it('says nothing of what is served where no model was wanted', async () => {
    const { bench, ids, handlers } = await setUp();
    const nothing = { ...form, models: [], answers: { withoutModels: true } };
    await handlers.runImport({ ...ids, form: nothing });
    const [entry] = valueIn(await handlers.readHistory({})).entries;
    expect(resultOf(entry)).toMatchObject({ outcome: 'created' });
    expect(resultOf(entry)).not.toHaveProperty('serving');
    expect(bench.asked()).not.toContain('GET config');
  });

  it('keeps an address without a version only where the relay answered there', async () => {
    const { bench, ids, handlers } = await setUp({ relay: { basePaths: [''] } });
    await handlers.readModels({ ...ids, baseUrl: RELAY, refresh: false });
    await handlers.runImport({ ...ids, form: { ...form, baseUrl: RELAY } });
    expect(listOn(bench)).toMatchObject([{ 'base-url': RELAY }]);
  });

  it.each([
    ['no address', 'a b', { code: 'input/base-url', problem: 'not-an-address' }],
    [
      'an Anthropic-style address',
      'https://relay.example/anthropic',
      { code: 'input/anthropic-style' },
    ],
    [
      'a public address without encryption that the key was not saved with',
      'http://other.example/v1',
      { code: 'input/plain-http', host: 'other.example' },
    ],
  ])('is refused for %s, by the preview too, and nothing is sent', async (_, baseUrl, failure) => {
    const { bench, ids, handlers } = await setUp();
    const wanted = { ...form, baseUrl };
    expect(await handlers.previewImport({ ...ids, form: wanted })).toEqual({ ok: false, failure });
    await handlers.runImport({ ...ids, form: wanted });
    expect(valueIn(await handlers.readHistory({})).entries).toMatchObject([
      { keys: [{ result: { failure } }] },
    ]);
    expect(bench.network.sent).toEqual([]);
  });

  it('goes without encryption where that was insisted on when the key was saved', async () => {
    const bench = workbench();
    const plain = { baseUrl: 'http://relay.example', plainHttpAccepted: true };
    const ids = { keyId: await addKey(bench, plain), serverId: await addServer(bench) };
    await bench.handlers.runImport({ ...ids, form: { ...form, baseUrl: plain.baseUrl } });
    expect(listOn(bench)).toMatchObject([{ 'base-url': 'http://relay.example/v1' }]);
  });

  it('asks again, and writes nothing, where the list has changed so that somebody has to decide', async () => {
    const { bench, ids, handlers } = await setUp();
    await openDialog(bench, ids);
    const twins = `${provider('One', `${RELAY}/v1`)}${provider('Two', `${RELAY}/v1`)}`;
    bench.server.editConfig(`openai-compatibility:${twins}`);
    await bench.clock.sleep(1000);
    await handlers.runImport({ ...ids, form });
    expect(bench.announced).toContainEqual({
      event: 'dialog',
      ...ids,
      reason: 'decision',
    });
    expect(bench.asked().filter((asked) => !asked.startsWith('GET'))).toEqual([]);
  });
});

describe('models that are asked for from the dialog', () => {
  it.each([
    ['no address', 'a b', { code: 'input/base-url', problem: 'not-an-address' }],
    [
      'a public address without encryption',
      'http://other.example',
      { code: 'input/plain-http', host: 'other.example' },
    ],
  ])('are not asked for at %s: the key stays here', async (_, baseUrl, failure) => {
    const { bench, ids, handlers } = await setUp();
    const asked = await handlers.readModels({ ...ids, baseUrl, refresh: true });
    expect(asked).toEqual({ ok: false, failure });
    expect(bench.network.sent).toEqual([]);
  });
});

/** The provider list that the stand-in keeps. */
function listOn({ server }: Workbench): unknown {
  return parse(server.configText())['openai-compatibility'];
}
