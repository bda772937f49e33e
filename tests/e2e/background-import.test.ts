import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { Keyferry } from './keyferry.ts';
import { type Front, READABLE, type Reply } from './proxy.ts';
import { listWrites } from './server-log.ts';

/** Runs in the worker. */
declare const chrome: {
  action: {
    getBadgeText(of: object): Promise<string>;
    getTitle(of: object): Promise<string>;
  };
};

const progress = (page: Page) => page.getByRole('progressbar', { name: 'Importing claude-main' });

/** Holds every write back until it is let go, or answered in place of the server. */
function heldWrites(): { front: Front; letGo(): void; refuse(): void } {
  const gate = Promise.withResolvers<Reply | undefined>();
  return {
    front: { answers: ({ method }) => (method === 'PUT' ? gate.promise : undefined) },
    letGo: () => gate.resolve(undefined),
    refuse: () => gate.resolve({ status: 405, headers: READABLE }),
  };
}

test('two windows show the same progress, and a second click on a running import shows it', async ({
  extension,
  relay,
  server,
  startProxy,
}) => {
  const held = heldWrites();
  const proxy = await startProxy(held.front);
  const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
  const one = await keyferry.ready({ name: 'claude-main' });
  const two = await keyferry.openPopup();
  await keyferry.importKey(one, 'claude-main');
  for (const page of [one, two]) {
    await expect(progress(page)).toHaveAttribute('aria-valuenow', '3');
    await expect(keyferry.card(page, 'claude-main')).toContainText('Writing, step 3 of 5');
  }

  const late = await keyferry.openPopup();
  await expect(progress(late)).toBeVisible();
  await keyferry.card(late, 'claude-main').getByRole('button').first().press('Enter');
  await expect(progress(late)).toHaveAttribute('aria-valuenow', '3');
  held.letGo();
  for (const page of [one, two, late]) {
    await expect(keyferry.card(page, 'claude-main')).toContainText('3 models serving');
    await expect(keyferry.results(page).locator('> *')).toHaveCount(1);
  }
  expect(listWrites(server)).toEqual(['PUT']);
  expect((await server.providers())[0]?.['api-key-entries']).toHaveLength(1);
});

test('an import that nobody watched is told by the toolbar button, in History, and by the next popup', async ({
  context,
  extension,
  relay,
  server,
  startProxy,
}) => {
  const held = heldWrites();
  const proxy = await startProxy(held.front);
  const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
  const worker = await extension.worker();
  const badge = () => worker.evaluate(() => chrome.action.getBadgeText({}));
  const title = () => worker.evaluate(() => chrome.action.getTitle({}));
  const popup = await keyferry.ready({ name: 'claude-main' });
  expect(await title()).toBe('Keyferry');
  await keyferry.importKey(popup, 'claude-main');
  await expect(progress(popup)).toHaveAttribute('aria-valuenow', '3');
  expect(await title()).toBe('Keyferry: importing 1 key');

  await keyferry.closeOthers(await context.newPage());
  held.letGo();
  await expect.poll(badge).toBe('1');
  expect(await title()).toBe('Keyferry: 1 result');
  const next = await keyferry.openPopup();
  await expect(keyferry.results(next)).toContainText('Created claude-main');
  await expect.poll(badge).toBe('');
  expect(await title()).toBe('Keyferry');
  await next.close();
  const history = await keyferry.openOptions('history');
  await expect(history.getByRole('button', { name: 'Created claude-main' })).toBeVisible();
});

test('a failure that nobody watched calls for attention', async ({
  context,
  extension,
  relay,
  server,
  startProxy,
}) => {
  const held = heldWrites();
  const proxy = await startProxy(held.front);
  const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  await expect(progress(popup)).toHaveAttribute('aria-valuenow', '3');
  await keyferry.closeOthers(await context.newPage());
  held.refuse();
  const worker = await extension.worker();
  await expect.poll(() => worker.evaluate(() => chrome.action.getBadgeText({}))).toBe('!');
  expect(await worker.evaluate(() => chrome.action.getTitle({}))).toBe(
    'Keyferry: something needs you',
  );
  const next = await keyferry.openPopup();
  await expect(keyferry.results(next).getByRole('alert')).toContainText('claude-main not imported');
});
