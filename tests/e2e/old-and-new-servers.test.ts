import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { apiKeyOf, type Keyferry } from './keyferry.ts';
import type { ServerUnderTest } from './server-under-test.ts';

/** What is taken out waits three seconds for the server to be at rest. */
const SLOWLY = { timeout: 20_000 };
test.describe.configure({ timeout: 90_000 });

const HARBOUR = {
  name: 'Harbour',
  'base-url': 'https://harbour.example/v1',
  headers: { 'X-Team': 'blue' },
  'api-key-entries': [{ 'api-key': 'sk-test-harbour-0123456789', 'proxy-url': 'http://proxy:1' }],
  models: [{ name: 'harbour-1', alias: 'harbour-1' }],
};

const listText = async (server: ServerUnderTest) => JSON.stringify(await server.providers());

const keysOf = async (server: ServerUnderTest, at: number) =>
  ((await server.providers())[at]?.['api-key-entries'] ?? []).map((held) => held['api-key']);

async function importKey(keyferry: Keyferry, popup: Page, name: string, told: string) {
  await keyferry.addKey(popup, { name });
  await keyferry.importKey(popup, name);
  await expect(keyferry.results(popup)).toContainText(told, SLOWLY);
  await expect(keyferry.card(popup, name)).toContainText('3 models serving');
}

/** Takes back the newest change that says so, from History. */
async function undo(keyferry: Keyferry, page: Page, told: string): Promise<void> {
  const entry = page.getByRole('main').getByRole('listitem').filter({ hasText: told }).first();
  await entry.getByRole('button', { name: 'Undo', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Take this change back' });
  await panel.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(keyferry.results(page)).toContainText('Taken back on', SLOWLY);
}

/** Every journey, on one version. */
function describeWholeJourney(tag: string): void {
  test(`connects, creates, adds, takes back, and puts a backup in the place of the list${tag}`, async ({
    keyferry,
    server,
  }) => {
    await server.setProviders([HARBOUR]);
    const before = await listText(server);
    const popup = await keyferry.openPopup();
    await keyferry.connect(popup);
    await importKey(keyferry, popup, 'one', 'Created one');
    const created = await listText(server);
    await importKey(keyferry, popup, 'two', 'Added key to one');
    expect(await keysOf(server, 1)).toEqual([apiKeyOf('one'), apiKeyOf('two')]);
    const added = await listText(server);
    expect(await server.servedModels()).toEqual(
      expect.arrayContaining(['gpt-5', 'kimi-k2', 'vendor/glm-4.6']),
    );
    await popup.close();

    const page = await keyferry.openOptions('history');
    await undo(keyferry, page, 'Added key to one');
    expect(await listText(server)).toBe(created);

    await page.getByRole('tab', { name: 'Backups' }).click();
    const backups = page
      .getByRole('tabpanel', { name: 'Backups' })
      .getByRole('listitem')
      .filter({ has: page.locator('time') });
    // Newest first: before the undo, before the second import, before the first.
    for (const [backup, text, kept] of [
      [backups.last(), before, 4],
      [backups.nth(1), added, 5],
    ] as const) {
      await backup.getByRole('button', { name: 'Restore' }).click();
      const panel = page.getByRole('region', { name: /Restore this backup on/ });
      await panel.getByRole('button', { name: 'Restore this backup' }).click();
      await expect.poll(() => listText(server), SLOWLY).toBe(text);
      // The list as it was before is a backup too.
      await expect(backups).toHaveCount(kept);
    }
    await expect(keyferry.results(page)).toContainText('Backup restored on', SLOWLY);
  });
}

for (const serverVersion of ['7.2.140', '7.0.12', '6.5.65']) {
  test.describe(`the whole journey on version ${serverVersion}`, () => {
    test.use({ serverVersion });
    // A real server is one version only.
    describeWholeJourney(serverVersion === '7.2.140' ? ' @server' : '');
  });
}

for (const serverVersion of [
  '6.4.1',
  '6.6.109',
  '6.7.53',
  '6.8.55',
  '6.9.49',
  '6.10.9',
  '7.1.76',
]) {
  test.describe(`a short journey on version ${serverVersion}`, () => {
    test.use({ serverVersion });

    test('connects, imports, and takes it back', async ({ keyferry, server }) => {
      await server.setProviders([HARBOUR]);
      const before = await listText(server);
      const popup = await keyferry.openPopup();
      await keyferry.connect(popup);
      await importKey(keyferry, popup, 'one', 'Created one');
      expect(await keysOf(server, 1)).toEqual([apiKeyOf('one')]);
      await popup.close();
      const page = await keyferry.openOptions('history');
      await undo(keyferry, page, 'Created one');
      expect(await listText(server)).toBe(before);
    });
  });
}
