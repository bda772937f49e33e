import { expect, test } from './fixtures.ts';
import { apiKeyOf } from './keyferry.ts';
import { listWrites } from './server-log.ts';
import { configYaml, type Entry } from './server-under-test.ts';

/** A provider as a test puts it on the server. */
const provider = (name: string, baseUrl: string, rest: object = {}): Entry => ({
  name,
  'base-url': baseUrl,
  'api-key-entries': [{ 'api-key': apiKeyOf(`of-${name}`) }],
  models: [{ name: 'gpt-5', alias: 'gpt-5' }],
  ...rest,
});

test('[I-04] [I-22] [I-24] a relay that the server does not know becomes a provider with its models and this one key @server', async ({
  keyferry,
  server,
  relay,
}) => {
  const other = provider('other', 'https://other.example/v1');
  await server.setProviders([other]);
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
  expect(await server.providers()).toMatchObject([
    other,
    {
      name: 'claude-main',
      'base-url': `${relay.url}/v1`,
      'api-key-entries': [{ 'api-key': apiKeyOf('claude-main') }],
      models: ['gpt-5', 'kimi-k2', 'vendor/glm-4.6'].map((id) => ({ name: id, alias: id })),
    },
  ]);
});

test('[I-03] [I-07] a key of a known relay is added to its provider, and nothing else changes @server', async ({
  keyferry,
  server,
  relay,
}) => {
  await server.setProviders([
    provider('first', 'https://first.example/v1', { prefix: 'one' }),
    provider('Renamed By Hand', `${relay.url}/v1/`, {
      prefix: 'team',
      priority: 7,
      headers: { 'X-Team': 'blue' },
      'api-key-entries': [
        { 'api-key': 'sk-test-old-1', 'proxy-url': 'socks5://127.0.0.1:1080' },
        { 'api-key': 'sk-test-old-2' },
      ],
      models: [{ name: 'kimi-k2', alias: 'long' }],
    }),
    provider('last', 'https://last.example/v1', { priority: 1 }),
  ]);
  const before = await server.providers();
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Added key to Renamed By Hand');

  const keys = before[1]?.['api-key-entries'] ?? [];
  const expected = {
    ...before[1],
    'api-key-entries': [...keys, { 'api-key': apiKeyOf('claude-main') }],
  };
  expect(await server.providers()).toEqual(before.with(1, expected as Entry));
});

test.describe('in config.yaml', () => {
  const written = `
# Written by hand.
openai-compatibility:
  - name: mine # keep
    base-url: https://relay.example/v1
    headers:
      X-Team: "blue"
    api-key-entries:
      - api-key: sk-test-old # the first one
        weight: 3
    models:
      - name: kimi-k2
        alias: long
`;
  test.use({ serverConfig: configYaml(written) });

  test('an added key is one more line, and every other byte stays', async ({
    keyferry,
    server,
  }) => {
    // The server brings its file into its own form with its first write.
    await server.setProviders(await server.providers());
    const before = server.standIn?.configText() ?? '';
    const popup = await keyferry.ready({ name: 'claude-main', baseUrl: 'https://relay.example' });
    await keyferry.importKey(popup, 'claude-main');
    await expect(keyferry.results(popup)).toContainText('Added key to mine');
    const added = `      - api-key: ${apiKeyOf('claude-main')}\n`;
    expect(server.standIn?.configText()).toBe(before.replace(/(?<=weight: 3\n)/, added));
  });
});

test('[I-31] importing a key again writes nothing and leaves one entry @server', async ({
  keyferry,
  server,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.card(popup, 'claude-main')).toContainText('3 models serving');
  const before = await server.providers();
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText(
    'Import of claude-main changed nothing: it stood already',
  );
  expect(await server.providers()).toEqual(before);
  if (server.standIn) expect(listWrites(server)).toEqual(['PUT']);
});

test.describe('on version 6.5.65', () => {
  test.use({ serverVersion: '6.5.65' });

  test('[H-15] a server that answers null for an empty list gets its first provider', async ({
    keyferry,
    server,
  }) => {
    const reply = await fetch(`${server.url}/v0/management/openai-compatibility`, {
      headers: { 'X-Management-Key': server.managementKey },
    });
    expect(await reply.json()).toEqual({ 'openai-compatibility': null });
    const popup = await keyferry.ready({ name: 'claude-main' });
    await expect(keyferry.card(popup, 'claude-main')).toContainText('Not imported');
    await keyferry.importKey(popup, 'claude-main');
    await expect(keyferry.results(popup)).toContainText('Created claude-main');
    expect(await server.providers()).toHaveLength(1);
  });
});

test('[I-02] [I-06] [I-18] a provider is named as the card, or as the relay’s host where the card has no name', async ({
  keyferry,
  server,
  relay,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Created claude-main');

  relay.switches.basePaths = ['/v1', '/api/v3'];
  const { host } = new URL(relay.url);
  await popup.getByRole('button', { name: 'Add key' }).click();
  await keyferry.saveKey(popup, { name: '', baseUrl: `${relay.url}/api/v3` });
  await keyferry.importKey(popup, host);
  await expect(keyferry.results(popup)).toContainText(`Created ${host}`);
  expect(await server.providers()).toMatchObject([
    { name: 'claude-main', 'base-url': `${relay.url}/v1` },
    { name: host, 'base-url': `${relay.url}/api/v3` },
  ]);
});

test('a key for a disabled provider is added after a question, and nothing is said to be served', async ({
  keyferry,
  server,
  relay,
}) => {
  await server.setProviders([provider('asleep', `${relay.url}/v1`, { disabled: true })]);
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  const dialog = keyferry.dialog(popup);
  await expect(dialog.getByRole('radio', { name: 'leave it off' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('Added key to asleep · disabled');
  await expect(keyferry.card(popup, 'claude-main')).toContainText('In asleep, disabled');
  const [asleep] = await server.providers();
  expect(asleep).toMatchObject({ disabled: true });
  expect(asleep?.['api-key-entries']).toHaveLength(2);
});

test('a name that another relay’s provider has is asked about, and both answers are carried out', async ({
  keyferry,
  server,
  relay,
}) => {
  await server.setProviders([provider('Claude-Main', 'https://other.example/v1')]);
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  const question = popup.getByRole('group', { name: 'Claude-Main exists with another base URL' });
  await question.getByRole('radio', { name: /it will be sent to other\.example/ }).check();
  await popup.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('Added key to Claude-Main');
  expect(await server.providers()).toMatchObject([
    {
      'base-url': 'https://other.example/v1',
      'api-key-entries': [{}, { 'api-key': apiKeyOf('claude-main') }],
    },
  ]);

  await keyferry.addKey(popup, { name: 'CLAUDE-MAIN', apiKey: 'sk-test-second-0123456789' });
  await keyferry.importKey(popup, 'CLAUDE-MAIN');
  await question.getByRole('radio', { name: 'A new provider named CLAUDE-MAIN 2' }).check();
  await popup.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('Created CLAUDE-MAIN 2');
  expect((await server.providers())[1]).toMatchObject({
    name: 'CLAUDE-MAIN 2',
    'base-url': `${relay.url}/v1`,
    'api-key-entries': [{ 'api-key': 'sk-test-second-0123456789' }],
  });
});

test('of two providers of one relay the person chooses', async ({ keyferry, server, relay }) => {
  const first = provider('one', `${relay.url}/v1`);
  await server.setProviders([first, provider('two', relay.url)]);
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  const question = popup.getByRole('group', { name: '2 providers use this base URL' });
  await expect(question.getByRole('radio', { name: /^one 1 key, 1 model/ })).toBeChecked();
  await expect(keyferry.dialog(popup)).toContainText('1 key · 1 write');
  await question.getByRole('radio', { name: /^two/ }).check();
  await popup.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('Added key to two');
  const [one, two] = await server.providers();
  expect(one).toMatchObject(first);
  expect(two?.['api-key-entries']).toHaveLength(2);
});

test('a name that means another model already is asked about', async ({ keyferry, server }) => {
  const other = provider('other', 'https://other.example/v1', {
    models: [{ name: 'kimi-k2-turbo', alias: 'kimi-k2' }],
  });
  await server.setProviders([other]);
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  const dialog = keyferry.dialog(popup);
  await expect(dialog).toContainText('1 alias would mean two different models');
  await expect(dialog).toContainText(
    'kimi-k2 is kimi-k2-turbo at other, and would be kimi-k2 here',
  );

  await dialog.getByRole('tab', { name: 'Models' }).click();
  await dialog.getByRole('textbox', { name: 'Alias for kimi-k2' }).fill('kimi-own');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('Created claude-main · 3 models serving');
  expect((await server.providers())[1]).toMatchObject({
    models: [{}, { name: 'kimi-k2', alias: 'kimi-own' }, {}],
  });
});

test('a provider without models is offered those of the relay before it gets a key', async ({
  keyferry,
  server,
  relay,
}) => {
  await server.setProviders([provider('bare', `${relay.url}/v1`, { models: [] })]);
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  const question = popup.getByRole('group', { name: 'No models, so nothing would be served' });
  await expect(
    question.getByRole('radio', { name: 'Add the 3 models ticked under Models to bare' }),
  ).toBeChecked();
  await popup.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('Added key to bare · 3 models serving');
  expect((await server.providers())[0]?.models).toHaveLength(3);
});

test('[X-07] [H-22] a relay that lists no models opens the dialog, which says that nothing would be served', async ({
  keyferry,
  server,
  relay,
}) => {
  relay.switches.models = [];
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  const dialog = keyferry.dialog(popup);
  await expect(dialog).toContainText('lists no models for this key');
  await dialog.getByRole('button', { name: 'Decide…' }).click();
  await expect(dialog).toContainText('No models, so nothing would be served');
  expect(await server.providers()).toEqual([]);

  await dialog.getByRole('radio', { name: /^Import without models/ }).check();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
  await expect(keyferry.card(popup, 'claude-main')).toContainText('In claude-main, without models');
  expect(await server.providers()).toMatchObject([{ name: 'claude-main' }]);
});

test('of more than 300 models none is chosen for the person', async ({
  keyferry,
  server,
  relay,
}) => {
  relay.switches.models = Array.from({ length: 301 }, (_, at) => `model-${at}`);
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  const dialog = keyferry.dialog(popup);
  await expect(dialog.getByRole('checkbox', { name: 'model-0' })).not.toBeChecked();
  await expect(dialog).toContainText('0 of 301 models');
  await dialog.getByRole('searchbox', { name: 'Search models' }).fill('model-300');
  await dialog.getByRole('checkbox', { name: 'model-300' }).check();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('1 model serving');
  expect(await server.providers()).toMatchObject([
    { models: [{ name: 'model-300', alias: 'model-300' }] },
  ]);
});

test('for an Anthropic-style address the same vendor’s OpenAI-style one is proposed', async ({
  keyferry,
}) => {
  const popup = await keyferry.ready({
    name: 'anthropic-style',
    baseUrl: 'https://api.deepseek.com/anthropic',
  });
  await keyferry.importKey(popup, 'anthropic-style');
  const dialog = keyferry.dialog(popup);
  await expect(dialog.getByRole('textbox', { name: 'Base URL' })).toHaveValue(
    'https://api.deepseek.com/v1',
  );
  await expect(dialog).toContainText('This vendor’s OpenAI-style address');
});

test('for an Anthropic-style address without a known twin Claude is proposed; as a provider it is refused with words, and not asked', async ({
  keyferry,
  relay,
  server,
}) => {
  const popup = await keyferry.ready({ name: 'claude-only', baseUrl: `${relay.url}/anthropic` });
  await keyferry.importKey(popup, 'claude-only');
  const dialog = keyferry.dialog(popup);
  const kind = dialog.getByRole('combobox', { name: 'Provider kind' });
  await expect(kind).toHaveValue('claude-api-key');
  await expect(dialog.getByRole('textbox', { name: 'Base URL' })).toHaveValue(
    `${relay.url}/anthropic`,
  );
  await kind.selectOption({ label: 'OpenAI-compatible' });
  await expect(dialog.getByRole('alert')).toContainText(
    'This address is for Anthropic-style clients',
  );
  await expect(dialog.getByRole('alert')).toContainText('Enter the relay’s OpenAI-style address');
  expect(relay.log).toEqual([]);

  await dialog.getByRole('textbox', { name: 'Base URL' }).fill(relay.url);
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Ask the relay again' }).click();
  await expect(dialog).toContainText('3 of 3 models');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('Created claude-only');
  expect(await server.providers()).toMatchObject([{ 'base-url': `${relay.url}/v1` }]);
});

test('who prefers to be asked always sees the dialog first', async ({ keyferry, server }) => {
  const popup = await keyferry.ready({ name: 'claude-main' });
  const options = await keyferry.openOptions('preferences');
  await options.getByRole('radio', { name: 'Always ask' }).check();
  await popup.bringToFront();
  await keyferry.importKey(popup, 'claude-main');
  const dialog = keyferry.dialog(popup);
  await expect(dialog).toContainText('3 of 3 models');
  expect(await server.providers()).toEqual([]);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
});

test('[M-21] what others wrote a moment before a click is still there after it @server', async ({
  keyferry,
  server,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main' });
  await server.setProviders([provider('of-a-colleague', 'https://other.example/v1')]);
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
  expect(await server.providers()).toMatchObject([
    { name: 'of-a-colleague' },
    { name: 'claude-main' },
  ]);
});

test('a provider that somebody removed meanwhile is not written back, but asked about', async ({
  keyferry,
  server,
  relay,
}) => {
  await server.setProviders([provider('one', 'https://one.example/v1')]);
  const popup = await keyferry.ready({ name: 'claude-main' });
  await expect(keyferry.card(popup, 'claude-main')).toContainText('Not imported');
  await server.setProviders([provider('two', `${relay.url}/v1`)]);
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('1 provider on 127.0.0.1', {
    timeout: 10_000,
  });
  await expect(keyferry.results(popup)).toContainText('disappeared since the last look: one');
  expect(await server.providers()).toMatchObject([{ 'api-key-entries': [{}] }]);
  await keyferry.results(popup).getByRole('button', { name: 'Try again' }).click();
  await expect(keyferry.results(popup)).toContainText('Added key to two');
});
