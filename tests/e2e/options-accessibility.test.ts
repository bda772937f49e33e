import type { Page } from '@playwright/test';
import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScrolling,
} from './accessibility.ts';
import { expect, test } from './fixtures.ts';
import type { Keyferry } from './keyferry.ts';
import { addServer, connectFirst, connection, fillServer, testConnection } from './servers-room.ts';

const ROOMS = ['servers', 'history', 'security', 'preferences'] as const;

/** Settings with something in every room: a server that was tested, an import. */
async function openFilledSettings(keyferry: Keyferry): Promise<Page> {
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
  await popup.close();
  const page = await keyferry.openOptions();
  await testConnection(page);
  await expect(connection(page)).toContainText('models served');
  return page;
}

async function openRoom(page: Page, room: (typeof ROOMS)[number]): Promise<void> {
  await page.evaluate((room) => {
    location.hash = room;
  }, room);
  await expect(page.locator(`nav a[href="#${room}"]`)).toHaveAttribute('aria-current', 'page');
  if (room !== 'history') return;
  const entry = page.getByRole('main').getByRole('button', { expanded: false });
  await entry.first().click();
}

test('axe finds nothing in any room, light or dark, in English or Chinese', async ({
  keyferry,
}) => {
  test.slow(); // Axe takes long for a full room, and there are many.
  const page = await openFilledSettings(keyferry);
  for (const room of ROOMS) {
    await openRoom(page, room);
    await expectAccessibleInBothThemes(page);
  }
  await page.getByRole('combobox', { name: 'Language' }).selectOption('简体中文');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  for (const room of ROOMS) {
    await openRoom(page, room);
    await expectAccessible(page);
  }
});

test('axe finds nothing on the first steps, nor beside a failure and its remedies', async ({
  keyferry,
  server,
  startProxy,
}) => {
  const proxy = await startProxy({ adds: { 'x-forwarded-for': '203.0.113.7' } });
  const page = await keyferry.openOptions();
  await page.getByText('Where to find these').click();
  await expectAccessible(page);
  await fillServer(page, { address: 'ftp://nas', key: 'a' });
  await page.getByRole('button', { name: 'Connect server' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);

  await connectFirst(page, server);
  await addServer(page, { name: 'VPS', address: proxy.url, key: 'a', headers: [['X-One', '1']] });
  await testConnection(page);
  await expect(connection(page).getByRole('alert')).toBeVisible();
  await expectAccessibleInBothThemes(page);
});

test('no room scrolls sideways, neither 360 pixels wide nor at a zoom of 200 %', async ({
  keyferry,
}) => {
  const page = await openFilledSettings(keyferry);
  const sizes = [
    { width: 360, height: 800 },
    { width: 640, height: 400 },
  ];
  const expectNoneScrolls = async () => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await expectNoSidewaysScrolling(page);
    }
  };
  for (const room of ROOMS) {
    await openRoom(page, room);
    await expectNoneScrolls();
  }
  await openRoom(page, 'servers');
  await addServer(page, { name: 'VPS', address: 'http://127.0.0.1:1', key: 'a' });
  await testConnection(page);
  await expect(connection(page).getByRole('alert')).toBeVisible();
  await expectNoneScrolls();
});

test('the keyboard alone sets up a server, tests it, adds another and goes through the rooms', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await expect(page.getByRole('textbox', { name: 'Management base URL' })).toBeFocused();
  const type = async (text: string) => {
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  };
  await type(server.url);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Find it on this computer' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Management key')).toBeFocused();
  await type(server.managementKey);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Add server' })).toBeVisible();

  await page.getByRole('button', { name: 'Add server' }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('textbox', { name: 'Server name' }).focus();
  await type('Team');
  await page.keyboard.press('Tab');
  await type('127.0.0.1:1');
  await page.keyboard.press('Tab');
  await type('some-key');
  for (const name of ['Reveal', 'Add header', 'Where to find these', 'Save', 'Test connection']) {
    await page.keyboard.press('Tab');
    const control = page.getByRole('button', { name }).or(page.getByText(name, { exact: true }));
    await expect(control.first()).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(connection(page).getByRole('alert')).toContainText('Team does not answer');

  await page.getByRole('link', { name: 'History' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('History');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Preferences');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Always ask' })).toBeChecked();
});

test('nothing moves for who asked for less motion', async ({ keyferry, server, startProxy }) => {
  const silent = await startProxy({ answers: () => new Promise(() => {}) });
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, { name: 'Silent', address: silent.url, key: 'a' });
  await testConnection(page);
  await expect(connection(page).getByText('Testing', { exact: true })).toBeVisible();
  const moving = () => page.evaluate(() => document.getAnimations().length);
  await expect.poll(moving).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(moving).toBe(0);
});
