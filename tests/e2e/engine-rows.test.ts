import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { apiKeyOf, Keyferry } from './keyferry.ts';
import { configYaml, type Entry } from './server-under-test.ts';

const LIST = '/v0/management/openai-compatibility';

/** A provider of somebody, with fields of its own. */
const HARBOUR = {
  name: 'Harbour',
  'base-url': 'https://harbour.example/v1',
  prefix: 'team',
  headers: { 'X-Team': 'blue' },
  'api-key-entries': [{ 'api-key': 'sk-test-harbour-0123456789', 'proxy-url': 'http://proxy:1' }],
  models: [{ name: 'harbour-1', alias: 'harbour-1' }],
};

/** The text of an entry as it is with one more key at the end of its own. */
const withKey = (entry: Entry | undefined, apiKey: string): Entry =>
  ({
    ...entry,
    'api-key-entries': [...(entry?.['api-key-entries'] ?? []), { 'api-key': apiKey }],
  }) as Entry;

const imported = async (keyferry: Keyferry, popup: Page, name: string): Promise<void> => {
  await keyferry.importKey(popup, name);
  await expect(keyferry.card(popup, name)).toContainText('serving', { timeout: 10_000 });
};

/** The lines of a difference as the two texts that they stand for. */
async function sidesOf(dialog: Locator): Promise<{ before: string; after: string }> {
  const lines = await dialog
    .getByRole('list', { name: 'Difference as JSON' })
    .getByRole('listitem')
    .evaluateAll((items) =>
      items.map((item) => [...item.children].map(({ textContent }) => textContent ?? '')),
    );
  const side = (signs: string) =>
    lines
      .filter(([sign = '']) => signs.includes(sign))
      .map(([, text = '']) => text)
      .join('\n');
  return { before: side('- '), after: side('+ ') };
}

/** One side of a difference, which leaves out the commas between fields. */
const asObject = (text: string): Record<string, unknown> =>
  JSON.parse(`{${text.replace(/(?<=["\]}\d]|true|false)\n(?=\s*["{[])/g, ',\n')}}`);

test('[I-25] what the owner edits in CLIProxyAPI between imports stays, and imports find their place @server', async ({
  keyferry,
  relay,
  server,
}) => {
  const popup = await keyferry.ready({ name: 'one' });
  await imported(keyferry, popup, 'one');
  const [created] = await server.providers();
  const edited = {
    ...created,
    name: 'Renamed by hand',
    prefix: 'mine',
    priority: 7,
    headers: { 'X-Mine': 'yes' },
    models: [{ name: 'kimi-k2', alias: 'long' }],
  };
  await server.setProviders([HARBOUR, edited]);
  const before = await server.providers();

  await keyferry.addKey(popup, { name: 'two' });
  await imported(keyferry, popup, 'two');
  await expect(keyferry.results(popup)).toContainText('Added key to Renamed by hand');
  const second = before.with(1, withKey(before[1], apiKeyOf('two')));
  expect(await server.providers()).toEqual(second);

  relay.switches.basePaths = ['/v1', '/api/v3'];
  await keyferry.addKey(popup, { name: 'three', baseUrl: `${relay.url}/api/v3` });
  await imported(keyferry, popup, 'three');
  const now = await server.providers();
  expect(now.slice(0, 2)).toEqual(second);
  expect(now[2]).toMatchObject({ name: 'three' });
});

test('[X-01] of the provider that gets a key only the list of keys grows: every other byte of the server’s answer stays @server', async ({
  keyferry,
  relay,
  server,
}) => {
  await server.setProviders([
    HARBOUR,
    { ...HARBOUR, name: 'Known here', 'base-url': `${relay.url}/v1/` },
    { ...HARBOUR, name: 'Lantern', 'base-url': 'https://lantern.example/v1' },
  ]);
  const before = await server.providers();
  const popup = await keyferry.ready();
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Added key to Known here');
  const expected = before.with(1, withKey(before[1], apiKeyOf('claude-main')));
  expect(JSON.stringify(await server.providers())).toBe(JSON.stringify(expected));
});

test.describe('with a config.yaml that a person wrote', () => {
  const written = `
# Written by hand.
debug: false # not now
openai-compatibility:
  - name: Harbour
    base-url: https://harbour.example/v1
    api-key-entries:
      - api-key: sk-test-harbour-0123456789 # of the team
        proxy-url: "http://proxy:1"
    models:
      - name: harbour-1
        alias: 'long'
  - name: Known here
    base-url: https://relay.example/v1
    api-key-entries:
      - api-key: sk-test-known-0123456789
    models:
      - name: kimi-k2
        alias: kimi-k2
routing:
  strategy: round-robin # keep
`;
  test.use({ serverConfig: configYaml(written) });

  test('[X-01] [M-11] the file gets one more line, every other byte of it stays, and Keyferry says that it was read back', async ({
    keyferry,
    server,
  }) => {
    // The server brings its file into its own form with its first write.
    await server.setProviders(await server.providers());
    const before = server.standIn?.configText() ?? '';
    const popup = await keyferry.ready({ name: 'added', baseUrl: 'https://relay.example' });
    await keyferry.importKey(popup, 'added');
    const results = keyferry.results(popup);
    await expect(results).toContainText('Added key to Known here');
    await expect(results).toContainText(/read back in \d\.\d s/);
    const line = `      - api-key: ${apiKeyOf('added')}\n`;
    const known = /(?<=api-key: sk-test-known-0123456789\n)/;
    expect(before).toMatch(known);
    expect(server.standIn?.configText()).toBe(before.replace(known, line));

    // It is in the file: who starts the server anew finds it, without a hand on the YAML.
    server.standIn?.restart();
    expect(JSON.stringify(await server.providers())).toContain(apiKeyOf('added'));
  });
});

test('[X-02] for one key the difference that is shown before an import is the one that the server then shows, secrets masked @server', async ({
  keyferry,
  relay,
  server,
}) => {
  await server.setProviders([{ ...HARBOUR, 'base-url': `${relay.url}/v1` }]);
  const masked = (entry: Entry | undefined): Record<string, unknown> =>
    JSON.parse(
      JSON.stringify(entry)
        .replace(/sk-test-harbour-0123456789/g, 'sk-tes••••6789')
        .replaceAll(apiKeyOf('claude-main'), 'sk-tes••••cdef'),
    );
  const [before] = await server.providers();
  const popup = await keyferry.ready();
  const dialog = await keyferry.openDialog(popup, 'claude-main');
  await dialog.getByRole('tab', { name: 'Changes' }).click();
  await expect(dialog).toContainText('1 key sk-tes••••cdef');
  const shown = await sidesOf(dialog);
  expect(await popup.content()).not.toContain('sk-test-harbour');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('Added key to Harbour');
  const [after] = await server.providers();
  const [was, is] = [asObject(shown.before), asObject(shown.after)];
  expect(masked(before)).toMatchObject(was);
  expect(masked(after)).toMatchObject(is);
  expect(is['api-key-entries']).toHaveLength(2);
  // What is not shown did not change.
  for (const [field, value] of Object.entries(before ?? {})) {
    if (!(field in was)) expect(after?.[field]).toEqual(value);
  }
});

test('[M-17] new providers are made by PUT, for PATCH makes none, and a key of a known one goes by PATCH', async ({
  keyferry,
  relay,
  server,
}) => {
  relay.switches.basePaths = ['/v1', '/api/v1'];
  await server.setProviders([HARBOUR]);
  const popup = await keyferry.openPopup();
  await keyferry.connect(popup);
  for (const [name, path, told] of [
    ['DeepSeek', '/v1', 'Created DeepSeek'],
    ['OpenRouter', '/api/v1', 'Created OpenRouter'],
    ['second', '/v1', 'Added key to DeepSeek'],
  ] as const) {
    await keyferry.addKey(popup, { name, baseUrl: relay.url + path });
    await keyferry.importKey(popup, name);
    await expect(keyferry.results(popup)).toContainText(told);
  }
  expect(await server.providers()).toMatchObject([
    HARBOUR,
    { name: 'DeepSeek', 'api-key-entries': [{}, { 'api-key': apiKeyOf('second') }] },
    { name: 'OpenRouter', 'base-url': `${relay.url}/api/v1` },
  ]);
  const writes = (server.standIn?.log ?? [])
    .filter(({ method, path }) => path === LIST && !['GET', 'OPTIONS'].includes(method))
    .map(({ method, status }) => `${method} ${status}`);
  // The first is the test's own.
  expect(writes.slice(1)).toEqual(['PUT 200', 'PUT 200', 'PATCH 200']);
});

test('[M-22] the list as it was is a backup before a PUT overwrites it', async ({
  extension,
  relay,
  server,
  startProxy,
}) => {
  await server.setProviders([HARBOUR]);
  const held = Promise.withResolvers<undefined>();
  const proxy = await startProxy({
    answers: ({ method, path }) => (method === 'PUT' && path === LIST ? held.promise : undefined),
  });
  const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
  const popup = await keyferry.ready();
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.card(popup, 'claude-main')).toContainText('Writing, step 3 of 5');

  const page = await keyferry.openOptions('history');
  await page.getByRole('tab', { name: 'Backups' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Backups' })).toContainText('1 provider, 1 key');
  expect(await server.providers()).toMatchObject([HARBOUR]);
  held.resolve(undefined);
  await expect(keyferry.results(page)).toContainText('Created claude-main');
});

/** Runs in the worker: from now on nothing more fits into its database. */
const fillStorage = (): void => {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
};

test('[H-31] [M-22] with the storage full no backup can be kept: nothing is written to the server, and that is told', async ({
  extension,
  keyferry,
  server,
}) => {
  await server.setProviders([HARBOUR]);
  const popup = await keyferry.ready();
  await expect(keyferry.card(popup, 'claude-main')).toContainText('Not imported');
  await (await extension.worker()).evaluate(fillStorage);
  await keyferry.importKey(popup, 'claude-main');
  const alert = keyferry.results(popup).getByRole('alert');
  await expect(alert).toContainText('storage is full');
  await expect(alert).toContainText('Nothing was changed. Free some space, then try again.');
  expect(await server.providers()).toMatchObject([HARBOUR]);
  const writes = server.standIn?.log.filter(({ method }) => ['PUT', 'PATCH'].includes(method));
  // The test's own.
  expect(writes).toHaveLength(1);
});

test('[H-17] another client moves the list between our read and our write: the key goes where it belongs, and nothing is lost', async ({
  extension,
  relay,
  server,
  startProxy,
}) => {
  const own = { ...HARBOUR, name: 'Known here', 'base-url': `${relay.url}/v1` };
  await server.setProviders([own]);
  const newcomer = { ...HARBOUR, name: 'Newcomer', 'base-url': 'https://newcomer.example/v1' };
  let isFirst = true;
  const proxy = await startProxy({
    async answers({ method, path }) {
      if (method !== 'PATCH' || path !== LIST || !isFirst) return undefined;
      isFirst = false;
      // Ours stood at 0 when it was read, and stands at 1 when the write arrives.
      await server.setProviders([newcomer, ...(await server.providers())]);
      return undefined;
    },
  });
  const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
  const popup = await keyferry.ready();
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Added key to Known here');
  expect(isFirst).toBe(false);
  const [first, second] = await server.providers();
  expect(first).toMatchObject(newcomer);
  expect(first?.['api-key-entries']).toHaveLength(1);
  expect(second).toMatchObject({
    name: 'Known here',
    'api-key-entries': [{}, { 'api-key': apiKeyOf('claude-main') }],
  });
});

test('[H-17] another client moves the list between a preview and its import: the import takes the list as it is', async ({
  keyferry,
  server,
}) => {
  await server.setProviders([HARBOUR]);
  const popup = await keyferry.ready();
  const dialog = await keyferry.openDialog(popup, 'claude-main');
  await dialog.getByRole('tab', { name: 'Changes' }).click();
  await expect(dialog).toContainText('1 provider stays as it is');
  const newcomer = { ...HARBOUR, name: 'Newcomer', 'base-url': 'https://newcomer.example/v1' };
  await server.setProviders([newcomer, HARBOUR]);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
  expect(await server.providers()).toMatchObject([newcomer, HARBOUR, { name: 'claude-main' }]);
});

test.describe('with prefixes that have slashes', () => {
  const provider = (name: string, prefix: string, baseUrl: string) =>
    [
      `  - name: ${name}`,
      `    prefix: ${prefix}`,
      `    base-url: ${baseUrl}`,
      '    api-key-entries:',
      `      - api-key: sk-test-${name}-0123456789`,
      '    models:',
      '      - name: kimi-k2',
      '        alias: kimi-k2',
    ].join('\n');

  test('[H-24] a prefix with slashes is looked for as the server takes it, and comes through an import as it was', async ({
    keyferry,
    relay,
    server,
  }) => {
    // At its ends slashes are cut off, and with one inside the server drops the prefix (FACTS.md section 2).
    relay.switches.basePaths = ['/v1', '/api/v1'];
    server.standIn?.editConfig(
      configYaml(
        [
          'openai-compatibility:',
          provider('ends', '/team/', `${relay.url}/v1`),
          provider('inside', 'a/b', `${relay.url}/api/v1`),
        ].join('\n'),
      ),
    );
    const prefixes = async () => (await server.providers()).map(({ prefix }) => prefix);
    await expect.poll(prefixes).toEqual(['team', undefined]);
    const before = await server.providers();
    const popup = await keyferry.openPopup();
    await keyferry.connect(popup);
    for (const [name, path, said] of [
      ['one', '/v1', 'Added key to ends · 1 model serving'],
      ['two', '/api/v1', 'Added key to inside'],
    ] as const) {
      await keyferry.addKey(popup, { name, baseUrl: relay.url + path });
      await keyferry.importKey(popup, name);
      await expect(keyferry.results(popup)).toContainText(said);
    }
    expect(await server.servedModels()).toEqual(['kimi-k2', 'team/kimi-k2']);
    expect(await server.providers()).toEqual(
      before.map((entry, at) => withKey(entry, apiKeyOf(['one', 'two'][at] ?? ''))),
    );
  });
});
