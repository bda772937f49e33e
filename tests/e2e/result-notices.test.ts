import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const INSET_PX = 8;

/** It begins at the top of the window and ends at its right edge, and nothing of it is cut off. */
async function expectAtTopRight(notice: Locator): Promise<void> {
  const box = await notice.boundingBox();
  const window = await notice.page().evaluate(() => ({ width: innerWidth, height: innerHeight }));
  if (!box) throw new Error('The notice is not drawn.');
  expect(box.y).toBe(INSET_PX);
  expect(box.x + box.width).toBe(window.width - INSET_PX);
  expect(box.x).toBeGreaterThanOrEqual(INSET_PX);
  expect(box.y + box.height).toBeLessThan(window.height / 2);
}

test('[I-23] a result stands at the top right: what was done, or why it was not', async ({
  extension,
  keyferry,
  server,
}) => {
  const settings = await keyferry.openOptions();
  const popup = await extension.openPopup();
  await keyferry.connect(popup);
  await keyferry.addKey(popup, { name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  const notice = keyferry.results(popup).locator('> *');
  await expect(notice).toContainText('Created claude-main · 3 models serving');
  await expectAtTopRight(notice);
  const inSettings = keyferry.results(settings).locator('> *');
  await expectAtTopRight(inSettings);
  // Narrow, the navigation stands above the room, and the page is scrolled.
  await settings.setViewportSize({ width: 600, height: 500 });
  await settings.mouse.wheel(0, 2000);
  await expect.poll(() => settings.evaluate(() => scrollY)).toBeGreaterThan(0);
  await expectAtTopRight(inSettings);
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toHaveCount(0);

  await server.standIn?.close();
  await keyferry.addKey(popup, { name: 'second' });
  await keyferry.importKey(popup, 'second');
  await expect(notice).toContainText('second not imported');
  await expect(notice).toContainText('does not answer');
  await expect(notice).toContainText('Start CLIProxyAPI and check the address');
  await expect(notice).toHaveRole('alert');
  await expectAtTopRight(notice);
});
