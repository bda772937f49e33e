import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { apiKeyOf, Keyferry } from './keyferry.ts';
import { connection } from './servers-room.ts';
import { storedText } from './stored-text.ts';

/** What is taken out waits three seconds for the server to be at rest. */
const SLOWLY = { timeout: 15_000 };
test.describe.configure({ timeout: 90_000 });

const FOREIGN = 'sk-test-of-somebody-0123456789';
const WRONG = 'sk-test-wrong-management-0123456789';
const HARBOUR = {
  name: 'Harbour',
  'base-url': 'https://harbour.example/v1',
  'api-key-entries': [{ 'api-key': FOREIGN }],
  models: [{ name: 'harbour-1', alias: 'harbour-1' }],
};

test('[M-20] over a whole journey no key stands on a console, in a URL, in an error, on the clipboard, or readable in the storage', async ({
  context,
  extension,
  relay,
  server,
  startProxy,
  troubles,
}) => {
  const secrets = [server.managementKey, apiKeyOf('one'), apiKeyOf('two'), FOREIGN, WRONG];
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await server.setProviders([HARBOUR]);
  const proxy = await startProxy({});
  const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);

  /** The page, what is stored, what was asked, and what is on the clipboard. */
  async function expectNoSecret(page: Page): Promise<void> {
    const places = {
      shown: await page.content(),
      stored: await storedText(page),
      asked: JSON.stringify(proxy.seen.map(({ path }) => decodeURIComponent(path))),
      relay: JSON.stringify(relay.log),
      copied: await page.evaluate(() => navigator.clipboard.readText()),
    };
    for (const [place, text] of Object.entries(places)) {
      const found = secrets.filter(
        (secret) => text.includes(secret) || text.includes(btoa(secret)),
      );
      expect(found, place).toEqual([]);
    }
  }

  const popup = await keyferry.openPopup();
  await keyferry.connect(popup);
  for (const name of ['one', 'two']) {
    await keyferry.addKey(popup, { name });
    await keyferry.importKey(popup, name);
    await expect(keyferry.card(popup, name)).toContainText('serving', SLOWLY);
    await expectNoSecret(popup);
  }
  const dialog = await keyferry.openDialog(popup, 'one');
  await dialog.getByRole('tab', { name: 'Changes' }).click();
  await expectNoSecret(popup);
  await popup.close();

  const page = await keyferry.openOptions('history');
  const entries = page.getByRole('main').getByRole('listitem');
  const added = entries.filter({ hasText: 'Added key to one' }).first();
  await added.getByRole('button', { expanded: false }).first().click();
  await added.getByRole('button', { name: 'Copy' }).first().click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('sk-tes••••cdef');
  await expectNoSecret(page);
  await added.getByRole('button', { name: 'Undo this change' }).click();
  const undo = page.getByRole('region', { name: 'Take this change back' });
  await expect(undo.getByRole('list', { name: 'Difference as JSON' })).toBeVisible();
  await expectNoSecret(page);
  await undo.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(keyferry.results(page)).toContainText('Taken back on', SLOWLY);
  await expectNoSecret(page);

  await page.getByRole('tab', { name: 'Backups' }).click();
  const backups = page
    .getByRole('tabpanel', { name: 'Backups' })
    .getByRole('listitem')
    .filter({ has: page.locator('time') });
  await backups.last().getByRole('button', { name: 'Download' }).click();
  const warning = page.getByRole('dialog', { name: 'The file holds 1 key in clear' });
  await expect(warning).toContainText('Whoever reads it can use them');
  const started = page.waitForEvent('download');
  await warning.getByRole('button', { name: 'Download' }).click();
  const file = await readFile(await (await started).path(), 'utf8');
  expect(file).toContain(FOREIGN);
  expect(file).not.toContain(server.managementKey);

  await backups.last().getByRole('button', { name: 'Restore' }).click();
  const restore = page.getByRole('region', { name: /Restore this backup on/ });
  await expect(restore).toContainText('provider one goes');
  await expectNoSecret(page);
  await restore.getByRole('button', { name: 'Restore this backup' }).click();
  await expect(keyferry.results(page)).toContainText('Backup restored on', SLOWLY);
  expect(await server.providers()).toMatchObject([HARBOUR]);
  await expect(keyferry.results(page).getByRole('alert')).toHaveCount(0);
  await expectNoSecret(page);

  // A refused key stands in no error either. Only its field holds what is typed.
  await page.getByRole('link', { name: 'Servers' }).click();
  await page.getByLabel('Management key').fill(WRONG);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(connection(page).getByRole('alert')).toContainText('refused the management key');
  await page.getByRole('link', { name: 'History' }).click();
  await expectNoSecret(page);

  // Whoever looked would have seen them: on the console of the worker, and of a page.
  expect(troubles).toEqual([]);
  const worker = await extension.worker();
  await worker.evaluate((said) => console.log(said), server.managementKey);
  await page.evaluate((said) => console.log(said), apiKeyOf('one'));
  await expect.poll(() => troubles).toEqual([server.managementKey, apiKeyOf('one')]);
  troubles.length = 0;
});
