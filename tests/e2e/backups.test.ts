import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { apiKeyOf, type Keyferry } from './keyferry.ts';
import { addServer, saveServer } from './servers-room.ts';

/** What is taken out waits three seconds for the server to be at rest. */
const SLOWLY = { timeout: 15_000 };
test.describe.configure({ timeout: 90_000 });

const LANTERN_KEY = 'sk-test-lantern-0123456789';
const LANTERN = {
  name: 'Lantern',
  'base-url': 'https://lantern.example/v1',
  'api-key-entries': [{ 'api-key': LANTERN_KEY, weight: 2 }],
  models: [{ name: 'lantern-1', alias: 'lantern-1' }],
};

/** Two imports of one relay: so two backups, of one provider and of two. */
async function importTwo(keyferry: Keyferry): Promise<void> {
  const popup = await keyferry.openPopup();
  await keyferry.connect(popup);
  for (const name of ['one', 'two']) {
    await keyferry.addKey(popup, { name });
    await keyferry.importKey(popup, name);
    await expect(keyferry.card(popup, name)).toContainText('serving', SLOWLY);
  }
  await popup.close();
}

async function openBackups(keyferry: Keyferry): Promise<Page> {
  const page = await keyferry.openOptions('history');
  await page.getByRole('tab', { name: 'Backups' }).click();
  return page;
}

const rows = (page: Page): Locator =>
  page
    .getByRole('tabpanel', { name: 'Backups' })
    .getByRole('listitem')
    .filter({ has: page.locator('time') });

test('a backup is made before each write, and compared with the server as it is now [P-13]', async ({
  keyferry,
  server,
}) => {
  await server.setProviders([LANTERN]);
  await importTwo(keyferry);
  const page = await openBackups(keyferry);
  await expect(rows(page)).toContainText([
    /openai-compatibility.*2 providers, 2 keys/,
    /openai-compatibility.*1 provider, 1 key/,
  ]);

  await rows(page).last().getByRole('button', { name: 'Compare' }).click();
  const panel = page.getByRole('region', { name: /This backup and/ });
  await expect(panel).toContainText('provider one goes');
  await expect(panel).toContainText('2 keys sk-tes••••cdef, sk-tes••••cdef');
  await expect(panel).toContainText('1 provider stays as it is');
  await expect(panel.getByRole('button', { name: 'Restore this backup' })).toHaveCount(0);
  for (const secret of [LANTERN_KEY, apiKeyOf('one'), apiKeyOf('two')]) {
    expect(await page.content()).not.toContain(secret);
  }

  await server.setProviders([LANTERN]);
  await panel.getByRole('button', { name: 'Close' }).click();
  await rows(page).last().getByRole('button', { name: 'Compare' }).click();
  await expect(panel).toContainText('is the same as this backup');
});

test('a backup is put back as a previewed change, and that can be undone [P-13]', async ({
  keyferry,
  server,
}) => {
  await server.setProviders([LANTERN]);
  const before = JSON.stringify(await server.providers());
  await importTwo(keyferry);
  const after = JSON.stringify(await server.providers());
  const page = await openBackups(keyferry);
  await rows(page).last().getByRole('button', { name: 'Restore' }).click();
  const panel = page.getByRole('region', { name: /Restore this backup on/ });
  await expect(panel).toContainText('provider one goes');
  await panel.getByRole('button', { name: 'Restore this backup' }).click();
  await expect(keyferry.results(page)).toContainText('Backup restored on', SLOWLY);
  expect(JSON.stringify(await server.providers())).toBe(before);
  await expect(rows(page)).toHaveCount(3);

  // The notice lies over the entry's button.
  await keyferry.results(page).getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('tab', { name: 'Changes' }).click();
  const entry = page.getByRole('main').getByRole('listitem').first();
  await expect(entry).toContainText('Backup restored on');
  await expect(entry).toContainText('removed one');
  await entry.getByRole('button', { name: 'Undo', exact: true }).click();
  const undo = page.getByRole('region', { name: 'Take this change back' });
  await undo.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(keyferry.results(page)).toContainText('put one back', SLOWLY);
  expect(JSON.stringify(await server.providers())).toBe(after);
});

test('a backup becomes a file only after a warning that it holds keys [P-13]', async ({
  keyferry,
  server,
}) => {
  await server.setProviders([LANTERN]);
  await importTwo(keyferry);
  const page = await openBackups(keyferry);
  const download = rows(page).last().getByRole('button', { name: 'Download' });
  await download.click();
  const warning = page.getByRole('dialog', { name: 'The file holds 1 key in clear' });
  await expect(warning).toContainText('Whoever reads it can use them');
  await page.keyboard.press('Escape');
  await expect(warning).toBeHidden();
  await expect(download).toBeFocused();

  await download.click();
  const started = page.waitForEvent('download');
  await warning.getByRole('button', { name: 'Download' }).click();
  const file = await started;
  expect(file.suggestedFilename()).toMatch(/openai-compatibility \d{4}-\d\d-\d\dT[\d-]+\.json$/);
  const [provider] = await server.providers();
  expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toEqual({
    'openai-compatibility': [provider],
  });
  expect(JSON.stringify(provider)).toContain(LANTERN_KEY);
});

test('each server has its own backups, and one without says so', async ({ keyferry, server }) => {
  await importTwo(keyferry);
  const page = await keyferry.openOptions();
  await addServer(page, { name: 'Other', address: server.url, key: server.managementKey });
  await saveServer(page);
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('tab', { name: 'Backups' }).click();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Server' }).selectOption('Other');
  await expect(page.getByRole('main')).toContainText('No backups yet');
});
