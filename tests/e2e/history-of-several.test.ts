import type { Page } from '@playwright/test';
import { expectAccessibleInBothThemes, expectNoSidewaysScrolling } from './accessibility.ts';
import { expect, test } from './fixtures.ts';
import { apiKeyOf, Keyferry } from './keyferry.ts';

const SLOWLY = { timeout: 15_000 };
test.describe.configure({ timeout: 90_000 });

/** Runs in a page of the extension. */
declare const chrome: {
  runtime: { sendMessage(message: object): Promise<{ ok: true; value: { id: string }[] }> };
};

/** Starts the import of every card to every server at once, and does not wait for it. */
const importAll = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const idsOf = async (name: string) =>
      (await chrome.runtime.sendMessage({ name, request: {} })).value.map(({ id }) => id);
    const request = { keyIds: await idsOf('readCards'), serverIds: await idsOf('readServers') };
    void chrome.runtime.sendMessage({ name: 'startImport', request });
  });

const NOWHERE = 'http://127.0.0.1:9/v1';

async function addKeys(keyferry: Keyferry, page: Page, count: number): Promise<void> {
  for (let at = 1; at <= count; at += 1) await keyferry.addKey(page, { name: `team-${at}` });
}

test('an import of several keys is one entry: each key with its outcome, failures by their cause', async ({
  keyferry,
  relay,
}) => {
  const { host } = new URL(relay.url);
  const popup = await keyferry.openPopup();
  await keyferry.connect(popup);
  await addKeys(keyferry, popup, 12);
  await keyferry.addKey(popup, { name: 'dead', baseUrl: NOWHERE });
  await keyferry.addKey(popup, { name: 'dead-too', baseUrl: NOWHERE });
  await importAll(popup);
  const page = await keyferry.openOptions('history');
  const entry = page.getByRole('main').getByRole('listitem').first();
  await expect(entry).toContainText('Imported 12 of 14 keys', SLOWLY);
  await expect(entry).toContainText('2 not imported');
  await entry.getByRole('button', { expanded: false }).click();

  await expect(entry).toContainText('Its models could not be read · 2 keys');
  const failed = entry.getByRole('list', { name: '2 keys not imported' });
  await expect(failed.getByRole('listitem')).toHaveCount(2);
  const imported = entry.getByRole('list', { name: 'Imported keys' });
  await expect(imported.getByRole('listitem')).toHaveCount(8);
  await entry.getByRole('button', { name: 'Show all 12 keys' }).click();
  await expect(imported.getByRole('listitem')).toHaveCount(12);
  await expect(imported).toContainText(`team-12 of ${host}sk-tes••••cdefcreated ${host}`);
  const requests = entry.getByRole('table', { name: 'Requests' });
  await expect(requests.getByRole('row', { name: 'PUT' })).toHaveCount(1);
  const content = await page.content();
  for (let at = 1; at <= 12; at += 1) expect(content).not.toContain(apiKeyOf(`team-${at}`));
});

test('a run that is under way shows how many keys and its stage, and can be stopped', async ({
  extension,
  relay,
  server,
  startProxy,
}) => {
  const gate = Promise.withResolvers<undefined>();
  const list = '/v0/management/openai-compatibility';
  let isHeld = false;
  const proxy = await startProxy({
    answers: ({ method, path }) =>
      isHeld && method === 'GET' && path === list ? gate.promise : undefined,
  });
  const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
  const popup = await keyferry.openPopup();
  await keyferry.connect(popup);
  await addKeys(keyferry, popup, 3);
  const page = await keyferry.openOptions('history');
  isHeld = true;
  await importAll(popup);

  const run = page.getByRole('main').getByRole('listitem').first();
  await expect(run).toContainText('Importing 3 keys: Reading the server, step 2 of 5', SLOWLY);
  await expect(run.getByRole('progressbar', { name: 'Importing 3 keys' })).toBeVisible();
  await run.getByRole('button', { name: 'Stop after this write' }).click();
  await expect(run).toContainText('Stops after this write');
  await expect(run.getByRole('button')).toHaveCount(0);
  gate.resolve(undefined);
  const entry = page.getByRole('main').getByRole('listitem').first();
  await expect(entry).toContainText('None of 3 keys imported', SLOWLY);
  await entry.getByRole('button', { expanded: false }).click();
  await expect(entry).toContainText('Stopped');
  expect(await server.providers()).toEqual([]);

  await entry.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('main')).toContainText('Imported 3 keys', SLOWLY);
});

test('axe finds nothing in an undo with its sides, in backups and their warning, and nothing scrolls sideways', async ({
  keyferry,
  server,
}) => {
  test.slow(); // Axe takes long for a full room.
  const popup = await keyferry.openPopup();
  await keyferry.connect(popup);
  await addKeys(keyferry, popup, 2);
  await importAll(popup);
  const page = await keyferry.openOptions('history');
  const main = page.getByRole('main');
  await expect(main).toContainText('Imported 2 keys', SLOWLY);
  const [provider] = await server.providers();
  await server.setProviders([{ ...provider, prefix: 'theirs' }]);
  const expectFine = async () => {
    await expectAccessibleInBothThemes(page);
    await page.setViewportSize({ width: 360, height: 800 });
    await expectNoSidewaysScrolling(page);
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  const changes = main.getByRole('tabpanel', { name: 'Changes' });
  await changes.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('radio', { name: 'Use ours' }).check();
  await expect(main).toContainText(/provider \S+ goes/, SLOWLY);
  await expectFine();
  await page.getByRole('tab', { name: 'Changes' }).press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Backups' })).toBeFocused();
  await main.getByRole('button', { name: 'Restore' }).first().click();
  await expect(page.getByRole('button', { name: 'Restore this backup' })).toBeVisible();
  await expectFine();
  await main.getByRole('button', { name: 'Download' }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectFine();
});
