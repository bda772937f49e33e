import type { Locator, Page } from '@playwright/test';
import { launch } from './chromium.ts';
import { expect, test } from './fixtures.ts';
import { apiKeyOf, type Keyferry } from './keyferry.ts';
import type { Entry, ServerUnderTest } from './server-under-test.ts';

/** What is taken out waits three seconds for the server to be at rest. */
const SLOWLY = { timeout: 15_000 };
test.describe.configure({ timeout: 90_000 });

/** Providers of somebody, with what Keyferry does not know. */
const OTHERS = [
  {
    name: 'Lantern',
    'base-url': 'https://lantern.example/v1',
    'api-key-entries': [{ 'api-key': 'sk-test-lantern-0123456789', weight: 2 }],
    models: [{ name: 'lantern-1', alias: 'lantern-1' }],
    headers: { 'X-Team': 'blue' },
  },
  {
    name: 'Harbour',
    'base-url': 'https://harbour.example/v1',
    prefix: 'team',
    'api-key-entries': [{ 'api-key': 'sk-test-harbour-0123456789' }],
    models: [{ name: 'harbour-1', alias: 'harbour-1' }],
  },
];

const listText = async (server: ServerUnderTest) => JSON.stringify(await server.providers());

const keysOf = ({ 'api-key-entries': entries = [] }: Partial<Entry> = {}) =>
  entries.map((entry) => entry['api-key']);

/** Imports keys one after the other, so that each has an entry of its own, and closes the popup. */
async function importKeys(keyferry: Keyferry, names: readonly string[]): Promise<void> {
  const popup = await keyferry.openPopup();
  await keyferry.connect(popup);
  for (const name of names) {
    await keyferry.addKey(popup, { name });
    await keyferry.importKey(popup, name);
    await expect(keyferry.card(popup, name)).toContainText('serving', SLOWLY);
  }
  await popup.close();
}

/** The newest entry with that text. */
const entryOf = (page: Page, text: string): Locator =>
  page.getByRole('main').getByRole('listitem').filter({ hasText: text }).first();

const panel = (page: Page): Locator => page.getByRole('region', { name: 'Take this change back' });

/** Opens the undo of an entry from its row. */
async function openUndo(page: Page, text: string): Promise<Locator> {
  await entryOf(page, text).getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(panel(page)).toBeFocused();
  return panel(page);
}

const undo = (page: Page): Promise<void> =>
  panel(page).getByRole('button', { name: 'Undo', exact: true }).click();

const undone = (page: Page) =>
  expect(entryOf(page, 'Taken back on')).toContainText('Taken back on', SLOWLY);

test('an import that created a provider is taken back: the list is what it was, to the byte [X-03]', async ({
  keyferry,
  server,
}) => {
  await server.setProviders(OTHERS);
  const before = await listText(server);
  await importKeys(keyferry, ['claude-main']);
  expect(await server.providers()).toHaveLength(3);

  const page = await keyferry.openOptions('history');
  await openUndo(page, 'Created claude-main');
  await expect(panel(page)).toContainText('provider claude-main goes');
  await expect(panel(page)).toContainText('2 providers stay as they are');
  await expect(panel(page).getByRole('list', { name: 'Difference as JSON' })).toContainText(
    '"name": "claude-main"',
  );
  expect(await page.content()).not.toContain(apiKeyOf('claude-main'));
  await undo(page);
  await expect(entryOf(page, 'Created claude-main')).toContainText('Taking back…');
  await undone(page);
  expect(await listText(server)).toBe(before);

  const entry = entryOf(page, 'Created claude-main');
  await expect(entry).toContainText('Taken back');
  await expect(entry.getByRole('button', { name: /Undo/ })).toHaveCount(0);
  await expect(keyferry.results(page)).toContainText('removed claude-main');
});

test('a key that was added is taken back, and one that somebody added meanwhile stays', async ({
  keyferry,
  server,
}) => {
  await importKeys(keyferry, ['one', 'two']);
  const [provider] = await server.providers();
  const others = [{ 'api-key': 'sk-test-somebody-0123456789' }];
  const keys = [...(provider?.['api-key-entries'] ?? []), ...others];
  await server.setProviders([{ ...provider, 'api-key-entries': keys }]);

  const page = await keyferry.openOptions('history');
  await openUndo(page, 'Added key to one');
  await expect(panel(page)).toContainText('provider one');
  await expect(panel(page)).toContainText('1 key sk-tes••••cdef');
  await undo(page);
  await undone(page);
  const [now] = await server.providers();
  expect(now).toEqual({
    ...provider,
    'api-key-entries': [{ 'api-key': apiKeyOf('one') }, ...others],
  });
});

test.describe('where somebody changed the same since', () => {
  const MOVED = 'https://elsewhere.example/v1';

  /** A key was added, and then somebody moved its provider to another address. */
  async function openConflict(keyferry: Keyferry, server: ServerUnderTest): Promise<Page> {
    await importKeys(keyferry, ['one', 'two']);
    const [provider] = await server.providers();
    await server.setProviders([{ ...provider, 'base-url': MOVED }]);
    const page = await keyferry.openOptions('history');
    await openUndo(page, 'Added key to one');
    return page;
  }

  test('theirs, ours and before are shown, and theirs can stay [X-03]', async ({
    keyferry,
    relay,
    server,
  }) => {
    const page = await openConflict(keyferry, server);
    await expect(panel(page)).toContainText('This was changed since');
    await expect(panel(page)).toContainText('base-url of one');
    const side = (name: string) =>
      panel(page).getByRole('listitem').locator('section').filter({ hasText: name });
    await expect(side('Theirs')).toContainText(MOVED);
    await expect(side('Ours')).toContainText(`${relay.url}/v1`);
    await expect(side('Before')).toContainText(`${relay.url}/v1`);
    await expect(panel(page).getByRole('button', { name: 'Undo', exact: true })).toBeHidden();

    await panel(page).getByRole('radio', { name: 'Keep theirs' }).check();
    await undo(page);
    await undone(page);
    const [now] = await server.providers();
    expect(now?.['base-url']).toBe(MOVED);
    expect(keysOf(now)).toEqual([apiKeyOf('one')]);
  });

  test('or ours can be used', async ({ keyferry, relay, server }) => {
    const page = await openConflict(keyferry, server);
    await panel(page).getByRole('radio', { name: 'Use ours' }).check();
    await expect(panel(page)).toContainText(`base-url ${MOVED} → ${relay.url}/v1`);
    await undo(page);
    await undone(page);
    const [now] = await server.providers();
    expect(now?.['base-url']).toBe(`${relay.url}/v1`);
    expect(keysOf(now)).toEqual([apiKeyOf('one')]);
  });

  test('a provider that was created and then renamed by somebody goes only on "Use ours"', async ({
    keyferry,
    server,
  }) => {
    await importKeys(keyferry, ['claude-main']);
    const [provider] = await server.providers();
    await server.setProviders([{ ...provider, name: 'Renamed' }]);
    const page = await keyferry.openOptions('history');
    await openUndo(page, 'Created claude-main');
    await expect(panel(page)).toContainText('is to go, and is not as it was written');
    await expect(panel(page).locator('mark')).toContainText([/Renamed/, /claude-main/]);

    await panel(page).getByRole('radio', { name: 'Keep theirs' }).check();
    await expect(panel(page)).toContainText('Nothing left to undo');
    await expect(panel(page).getByRole('button', { name: 'Undo', exact: true })).toBeHidden();
    await panel(page).getByRole('radio', { name: 'Use ours' }).check();
    await expect(panel(page)).toContainText('provider Renamed goes');
    await undo(page);
    await undone(page);
    expect(await server.providers()).toEqual([]);
  });
});

test('[P-12] what was changed while an undo was on its way stands in History with all its sides, and Compare leads to the undo', async ({
  keyferry,
  server,
}) => {
  await importKeys(keyferry, ['one', 'two']);
  const page = await keyferry.openOptions('history');
  await openUndo(page, 'Added key to one');
  await expect(panel(page).getByRole('button', { name: 'Undo', exact: true })).toBeVisible();
  const [provider] = await server.providers();
  await server.setProviders([{ ...provider, disabled: true }]);
  await undo(page);

  const failed = entryOf(page, 'Not taken back on');
  await expect(keyferry.results(page).getByRole('alert')).toContainText('Not taken back', SLOWLY);
  expect(keysOf((await server.providers())[0])).toHaveLength(2);
  await failed.getByRole('button', { expanded: false }).click();
  await expect(failed).toContainText('disabled of one');
  await expect(failed.locator('section').filter({ hasText: 'Theirs' })).toContainText('true');
  await failed.getByRole('button', { name: 'Compare' }).click();
  await expect(panel(page)).toBeFocused();
  await expect(panel(page)).toContainText('disabled of one');
});

test('an undo can be taken back too, and what is gone has nothing left to undo', async ({
  keyferry,
  server,
}) => {
  await server.setProviders(OTHERS);
  await importKeys(keyferry, ['claude-main']);
  const after = await listText(server);
  const page = await keyferry.openOptions('history');
  await openUndo(page, 'Created claude-main');
  await undo(page);
  await undone(page);

  // The notice lies over the entry's button.
  await keyferry.results(page).getByRole('button', { name: 'Dismiss' }).click();
  const redo = entryOf(page, 'Taken back on');
  await redo.getByRole('button', { name: 'Redo', exact: true }).click();
  const again = page.getByRole('region', { name: 'Do again what was taken back' });
  await expect(again).toContainText('a new provider claude-main');
  await again.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(keyferry.results(page)).toContainText('put claude-main back', SLOWLY);
  expect(await listText(server)).toBe(after);

  await server.setProviders(OTHERS);
  await keyferry.results(page).getByRole('button', { name: 'Dismiss' }).click();
  await entryOf(page, 'put claude-main back').getByRole('button', { name: 'Redo' }).click();
  await expect(again).toContainText('Nothing left to undo');
  await expect(again.getByRole('button')).toHaveText(['Close']);
});

test('a change of yesterday’s browser can be taken back', async ({
  context,
  extension,
  keyferry,
  profile,
  server,
}) => {
  await server.setProviders(OTHERS);
  const before = await listText(server);
  await importKeys(keyferry, ['claude-main']);
  await context.close();

  const again = await launch(profile);
  const page = await again.newPage();
  await page.goto(extension.url('options.html#history'));
  await openUndo(page, 'Created claude-main');
  await undo(page);
  await undone(page);
  expect(await listText(server)).toBe(before);
  await again.close();
});
