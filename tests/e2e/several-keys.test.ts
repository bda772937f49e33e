import type { Locator, Page } from '@playwright/test';
import { startRelay } from '../stand-ins/relay/start-relay.ts';
import { expect, test } from './fixtures.ts';
import { apiKeyOf, Keyferry } from './keyferry.ts';
import type { Front, Reply } from './proxy.ts';
import { listCalls, listWrites } from './server-log.ts';
import { configYaml, startServer } from './server-under-test.ts';
import { addServer, saveServer } from './servers-room.ts';

/** Runs in the worker. */
declare const chrome: { action: { getBadgeText(of: object): Promise<string> } };

const button = (page: Page | Locator, name: string) => page.getByRole('button', { name });

/** A popup with these keys, all of the test's relay if no host is told. */
async function popupWith(keyferry: Keyferry, names: readonly string[]): Promise<Page> {
  const popup = await keyferry.openPopup();
  await keyferry.connect(popup);
  for (const name of names) await keyferry.addKey(popup, { name });
  return popup;
}

const box = (keyferry: Keyferry, popup: Page, name: string) =>
  keyferry.card(popup, name).getByRole('checkbox', { name: `Select ${name}` });

async function selectAll(keyferry: Keyferry, popup: Page, first: string): Promise<void> {
  await box(keyferry, popup, first).check();
  await popup.getByRole('checkbox', { name: 'Select all' }).check();
}

/** Adds a server beside the one under test. */
async function addSecond(keyferry: Keyferry, address: string, key: string): Promise<void> {
  const options = await keyferry.openOptions();
  await addServer(options, { name: 'Second', address, key });
  await saveServer(options);
  await options.close();
}

/** Holds every list write back until it is let go. */
function heldWrites(): { front: Front; letGo(): void } {
  const gate = Promise.withResolvers<Reply | undefined>();
  return {
    front: { answers: ({ method }) => (method === 'PUT' ? gate.promise : undefined) },
    letGo: () => gate.resolve(undefined),
  };
}

test('[I-26] several keys go to a server with one read, one write and one read-back', async ({
  keyferry,
  relay,
  server,
}) => {
  const other = await startRelay({ site: 'plain', models: ['kimi-k2-other'] });
  const popup = await popupWith(keyferry, ['one', 'two']);
  await keyferry.addKey(popup, { name: 'elsewhere', baseUrl: other.url });
  await selectAll(keyferry, popup, 'one');
  await expect(popup.getByText('3 of 3 selected')).toBeVisible();
  const before = listCalls(server).length;
  await button(popup, 'Import selected').click();

  const notice = keyferry.results(popup).locator('> *');
  await expect(notice).toContainText('Imported 3 keys to 127.0.0.1');
  expect(listCalls(server).slice(before)).toEqual(['GET', 'PUT', 'GET']);
  await expect(notice).toHaveCount(1);
  await expect(popup.getByRole('checkbox', { name: 'Select all' })).toHaveCount(0);
  await expect(keyferry.card(popup, 'elsewhere')).toContainText('1 model serving');
  // The order of new providers is the planner's own.
  const providers = await server.providers();
  const atRelay = providers.find((provider) => provider['base-url'] === `${relay.url}/v1`);
  expect(atRelay?.['api-key-entries']).toHaveLength(2);
  const atOther = providers.find((provider) => provider['base-url'] === `${other.url}/v1`);
  expect(atOther?.['api-key-entries']).toEqual([{ 'api-key': apiKeyOf('elsewhere') }]);
  await other.close();
});

test('[I-33] the same keys go to two servers at once; one that is down does not stop the other', async ({
  keyferry,
  server,
}) => {
  test.slow(); // Two servers, two runs.
  const second = await startServer('7.2.140', configYaml());
  const popup = await popupWith(keyferry, ['one', 'two']);
  await addSecond(keyferry, second.url, second.managementKey);
  await selectAll(keyferry, popup, 'one');
  const targets = button(popup, 'Import to which servers');
  await targets.click();
  await expect(popup.getByRole('checkbox', { name: '127.0.0.1' })).toBeDisabled();
  await popup.getByRole('checkbox', { name: 'Second' }).check();
  await popup.keyboard.press('Escape');
  await expect(targets).toHaveAccessibleDescription(/127\.0\.0\.1.*, Second/);
  await button(popup, 'Import selected').click();

  const results = keyferry.results(popup);
  await expect(results).toContainText('Imported 2 keys to 127.0.0.1');
  await expect(results).toContainText('Imported 2 keys to Second');
  for (const each of [server, second]) {
    expect((await each.providers())[0]?.['api-key-entries']).toHaveLength(2);
  }

  await second.close();
  for (const name of ['three', 'four']) await keyferry.addKey(popup, { name });
  await box(keyferry, popup, 'three').check();
  await box(keyferry, popup, 'four').check();
  await targets.click();
  await popup.getByRole('checkbox', { name: 'Second' }).check();
  await popup.keyboard.press('Escape');
  await button(popup, 'Import selected').click();
  const alert = results.getByRole('alert');
  await expect(alert).toContainText('None of 2 keys imported to Second');
  await expect(alert).toContainText('Second does not answer');
  await expect(alert).toContainText('Start CLIProxyAPI and check the address');
  expect((await server.providers())[0]?.['api-key-entries']).toHaveLength(4);
});

test('what failed of several keys is told by cause, and imported by Retry failed', async ({
  keyferry,
  server,
}) => {
  const { url, port, close } = await startRelay({ site: 'plain' });
  await close();
  const popup = await popupWith(keyferry, ['fine']);
  await keyferry.addKey(popup, { name: 'lost', baseUrl: url });
  await keyferry.addKey(popup, { name: 'lost too', baseUrl: url });
  await selectAll(keyferry, popup, 'fine');
  await button(popup, 'Import selected').click();

  const alert = keyferry.results(popup).getByRole('alert');
  await expect(alert).toContainText('Imported 1 of 3 keys');
  await expect(alert.getByRole('listitem')).toHaveText([
    /^lost too, lost · Its models could not be read/,
  ]);
  expect(await server.providers()).toHaveLength(1);

  const again = await startRelay({ site: 'plain', models: ['kimi-k2'], port });
  await button(alert, 'Retry failed').click();
  await expect(keyferry.results(popup)).toContainText('Imported 2 keys');
  await expect(keyferry.results(popup).getByRole('alert')).toHaveCount(0);
  expect(await server.providers()).toHaveLength(2);
  expect(listWrites(server)).toEqual(['PUT', 'PUT']);
  await again.close();
});

test('keys that wait for a decision are decided one after the other', async ({
  keyferry,
  relay,
  server,
}) => {
  await server.setProviders([
    { name: 'one', 'base-url': 'https://a.example/v1', 'api-key-entries': [], models: [] },
    { name: 'two', 'base-url': 'https://b.example/v1', 'api-key-entries': [], models: [] },
  ]);
  const other = await startRelay({ site: 'plain', models: ['kimi-k2-other'] });
  const popup = await popupWith(keyferry, ['one']);
  await keyferry.addKey(popup, { name: 'two', baseUrl: other.url });
  await selectAll(keyferry, popup, 'one');
  await button(popup, 'Import selected').click();
  const alert = keyferry.results(popup).getByRole('alert');
  await expect(alert).toContainText('None of 2 keys imported');
  await expect(alert).toContainText('Waits for a decision of yours');
  expect(await server.providers()).toHaveLength(2);

  await button(alert, 'Decide…').click();
  const dialog = keyferry.dialog(popup);
  for (const name of ['two', 'one']) {
    await expect(dialog).toContainText(`${name} exists with another base URL`);
    await dialog.getByRole('radio', { name: 'A new provider named' }).check();
    await button(dialog, 'Import').click();
    await expect(keyferry.results(popup)).toContainText(`Created ${name} 2`);
  }
  await expect(dialog).toHaveCount(0);
  expect((await server.providers()).slice(2)).toMatchObject([
    { 'base-url': `${other.url}/v1` },
    { 'base-url': `${relay.url}/v1` },
  ]);
  await other.close();
});

test('a run is stopped before it writes, and nothing is written', async ({
  extension,
  relay,
  server,
  startProxy,
}) => {
  const gate = Promise.withResolvers<Reply | undefined>();
  let isHeld = false;
  const proxy = await startProxy({
    answers: ({ method, path }) =>
      isHeld && method === 'GET' && path.endsWith('/openai-compatibility')
        ? gate.promise
        : undefined,
  });
  const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
  const popup = await popupWith(keyferry, ['one', 'two']);
  await selectAll(keyferry, popup, 'one');
  isHeld = true;
  await button(popup, 'Import selected').click();
  const progress = popup.getByRole('progressbar', { name: 'Importing 2 keys to 127.0.0.1' });
  await expect(progress).toHaveAttribute('aria-valuenow', '2');
  await button(popup, 'Stop after this write').click();
  await expect(popup.getByText('Stopping before anything is written')).toBeVisible();
  gate.resolve(undefined);
  await expect(keyferry.results(popup).getByRole('alert')).toContainText(
    'Stopped before anything was written',
  );
  await expect(progress).toHaveCount(0);
  expect(listWrites(server)).toEqual([]);

  await button(keyferry.results(popup), 'Retry failed').click();
  await expect(keyferry.results(popup)).toContainText('Imported 2 keys');
});

test('[H-33] a batch goes on when the popup is closed; the next shows it, and its result', async ({
  context,
  extension,
  relay,
  server,
  startProxy,
}) => {
  const held = heldWrites();
  const proxy = await startProxy(held.front);
  const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
  const popup = await popupWith(keyferry, ['one', 'two']);
  await selectAll(keyferry, popup, 'one');
  await button(popup, 'Import selected').click();
  const progress = (page: Page) => page.getByRole('progressbar', { name: 'Importing 2 keys' });
  await expect(progress(popup)).toHaveAttribute('aria-valuenow', '3');
  await keyferry.closeOthers(await context.newPage());

  const next = await keyferry.openPopup();
  await expect(progress(next)).toHaveAttribute('aria-valuenow', '3');
  await expect(next.getByText('You may close this window')).toBeVisible();
  await expect(button(next, 'Stop after this write')).toHaveCount(0);
  await next.close();
  held.letGo();
  const worker = await extension.worker();
  await expect.poll(() => worker.evaluate(() => chrome.action.getBadgeText({}))).toBe('1');
  await expect(keyferry.results(await keyferry.openPopup())).toContainText('Imported 2 keys');
  expect(listWrites(server)).toEqual(['PUT']);
});

test('Undo in the notice takes a batch back, and says so', async ({ keyferry, server }) => {
  await server.setProviders([
    { name: 'theirs', 'base-url': 'https://theirs.example/v1', 'api-key-entries': [] },
  ]);
  const before = await server.providers();
  const popup = await popupWith(keyferry, ['one', 'two']);
  await selectAll(keyferry, popup, 'one');
  await button(popup, 'Import selected').click();
  const results = keyferry.results(popup);
  await expect(results).toContainText('Imported 2 keys');
  await button(results, 'Undo').click();
  await expect(results).toContainText('Taken back on 127.0.0.1', { timeout: 20_000 });
  expect(await server.providers()).toEqual(before);
  await expect(results.locator('> *')).toHaveCount(1);
  await expect(keyferry.card(popup, 'one')).toContainText('Not imported');
});

test('[P-12] where somebody changed the same since, Undo writes nothing and leads to both versions', async ({
  context,
  keyferry,
  server,
}) => {
  const popup = await popupWith(keyferry, ['one', 'two']);
  await selectAll(keyferry, popup, 'one');
  await button(popup, 'Import selected').click();
  const results = keyferry.results(popup);
  await expect(results).toContainText('Imported 2 keys');
  const [provider] = await server.providers();
  await server.setProviders([{ ...provider, prefix: 'theirs' }]);
  await button(results, 'Undo').click();
  const alert = results.getByRole('alert');
  await expect(alert).toContainText('Not taken back on 127.0.0.1', { timeout: 20_000 });
  expect(await server.providers()).toMatchObject([{ prefix: 'theirs' }]);

  await keyferry.closeOthers(popup);
  const opened = context.waitForEvent('page');
  await button(alert, 'Compare').click();
  await expect((await opened).getByRole('button', { expanded: true })).toContainText(
    'Imported 2 keys',
  );
});

test('a preview says what an import of several keys would do, and Import does it', async ({
  keyferry,
  relay,
  server,
}) => {
  await server.setProviders([
    {
      name: 'Relay A',
      'base-url': `${relay.url}/v1`,
      'api-key-entries': [{ 'api-key': apiKeyOf('there') }],
      models: [{ name: 'gpt-5', alias: 'gpt-5' }],
    },
  ]);
  const popup = await popupWith(keyferry, ['there', 'new']);
  await keyferry.addKey(popup, { name: 'waits', baseUrl: 'https://nobody.invalid' });
  const before = listWrites(server).length;
  await selectAll(keyferry, popup, 'new');
  await button(popup, 'Preview').click();
  const dialog = popup.getByRole('dialog', { name: 'Import of 3 keys' });
  const section = dialog.getByRole('region', { name: '127.0.0.1' });
  await expect(section).toContainText('1 key into providers that are there.');
  await expect(section).toContainText('1 key stands already.');
  await expect(section).toContainText('1 key waits for you');
  await expect(section).toContainText('waits · Its models could not be read');
  await expect(section).toContainText('1 key sk-tes••••cdef');
  await expect(section.getByRole('list', { name: 'Difference as JSON' })).toBeVisible();
  expect(listWrites(server)).toHaveLength(before);
  expect(await dialog.innerHTML()).not.toContain(apiKeyOf('new'));

  await button(dialog, 'Import').click();
  await expect(keyferry.results(popup)).toContainText('Imported 2 of 3 keys');
  expect((await server.providers())[0]?.['api-key-entries']).toHaveLength(2);
});

test('who prefers to be asked always sees the preview of several keys first', async ({
  keyferry,
  server,
}) => {
  const popup = await popupWith(keyferry, ['one', 'two']);
  const options = await keyferry.openOptions('preferences');
  await options.getByRole('radio', { name: 'Always ask' }).check();
  await popup.bringToFront();
  await selectAll(keyferry, popup, 'one');
  await button(popup, 'Import selected').click();
  const dialog = popup.getByRole('dialog', { name: 'Import of 2 keys' });
  await expect(dialog).toContainText('2 keys into new providers.');
  await popup.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(popup.getByText('2 of 2 selected')).toBeVisible();
  expect(listWrites(server)).toEqual([]);
  await button(popup, 'Import selected').click();
  await button(dialog, 'Import').click();
  await expect(keyferry.results(popup)).toContainText('Imported 2 keys');
});

test('cards are selected by keyboard and in ranges, and a search keeps them selected', async ({
  keyferry,
  server,
}) => {
  const names = ['five', 'four', 'three', 'two', 'one'];
  const popup = await popupWith(keyferry, names);
  const { keyboard } = popup;
  const selected = (count: number) => popup.getByText(`${count} of 5 selected`);
  await popup.reload();
  await expect(popup.getByRole('listitem')).toHaveCount(5);

  await keyboard.press(' ');
  await expect(selected(1)).toBeVisible();
  await expect(box(keyferry, popup, 'one')).toBeChecked();
  await keyboard.press('ArrowDown');
  await expect(box(keyferry, popup, 'one')).toBeFocused();
  await keyboard.press('Shift+ArrowDown');
  await keyboard.press('Shift+ArrowDown');
  await expect(selected(3)).toBeVisible();
  await keyboard.press('Shift+ArrowUp');
  await expect(selected(2)).toBeVisible();
  await keyboard.press(' ');
  await expect(selected(1)).toBeVisible();
  await keyboard.press('Escape');
  await expect(selected(1)).toHaveCount(0);

  await box(keyferry, popup, 'two').check();
  await box(keyferry, popup, 'four').click({ modifiers: ['Shift'] });
  await expect(selected(3)).toBeVisible();
  await popup.getByRole('searchbox', { name: 'Search keys' }).fill('five');
  await expect(popup.getByRole('listitem')).toHaveCount(1);
  await expect(popup.getByText('3 of 5 selected, 3 of them not shown')).toBeVisible();
  await box(keyferry, popup, 'five').check();
  await keyboard.press('Enter');
  await expect(keyferry.results(popup)).toContainText('Imported 4 keys');
  expect((await server.providers())[0]?.['api-key-entries']).toHaveLength(4);
});
