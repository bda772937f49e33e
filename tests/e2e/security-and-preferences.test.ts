import type { Page } from '@playwright/test';
import { launch } from './chromium.ts';
import { expect, test } from './fixtures.ts';
import { addressField, connectFirst, testConnection } from './servers-room.ts';

declare const chrome: {
  permissions: { contains(access: { origins: string[] }): Promise<boolean> };
};

const hasAccess = (page: Page, pattern: string): Promise<boolean> =>
  page.evaluate((pattern) => chrome.permissions.contains({ origins: [pattern] }), pattern);

test.describe('on a version whose number is readable with permission only', () => {
  test.use({ serverVersion: '7.0.12' });

  test('Security lists what was allowed, and takes it back', async ({
    extension,
    keyferry,
    server,
  }) => {
    const pattern = `${server.url}/*`;
    await extension.preapprove(pattern);
    const page = await keyferry.openOptions('security');
    const access = page.getByRole('region', { name: 'Site access' });
    await expect(access).toContainText('No address is allowed');

    const settings = await keyferry.openOptions();
    await connectFirst(settings, server);
    await testConnection(settings);
    await settings.getByRole('button', { name: 'Allow access' }).click();
    await expect(settings.getByText('Version 7.0.12')).toBeVisible();
    expect(await hasAccess(page, pattern)).toBe(true);

    await expect(access).toContainText(server.url);
    await access.getByRole('button', { name: `Revoke access to ${server.url}` }).click();
    await expect(access).toContainText('No address is allowed');
    expect(await hasAccess(page, pattern)).toBe(false);
    await testConnection(settings);
    await expect(settings.getByText('Version older than 7.1.73')).toBeVisible();
  });
});

test('Security says how keys rest and where they go', async ({ keyferry }) => {
  const page = await keyferry.openOptions('security');
  const main = page.getByRole('main');
  await expect(main).toContainText('Sealed with a key of this browser profile');
  await expect(main).toContainText('not against someone who uses this profile');
  await expect(main).toContainText('CLIProxyAPI keeps keys in clear in its config.yaml');
  await expect(main).toContainText('No telemetry, no remote code');
});

test('whether one click imports at once or always asks is a preference', async ({
  keyferry,
  server,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main' });
  const page = await keyferry.openOptions('preferences');
  await page.getByRole('radio', { name: 'Always ask' }).check();
  await keyferry.importKey(popup, 'claude-main');
  const dialog = popup.getByRole('dialog', { name: 'Import to CLIProxyAPI' });
  await expect(dialog).toBeVisible();
  await popup.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await server.providers()).toEqual([]);

  await page.getByRole('radio', { name: 'Import at once' }).check();
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
});

test('language and theme change at once on every page, and stay when the browser starts again', async ({
  context,
  extension,
  keyferry,
  profile,
}) => {
  const popup = await keyferry.openPopup();
  const page = await keyferry.openOptions('preferences');
  const light = 'rgb(244, 246, 247)';
  const expectDark = (each: Page) =>
    expect(each.locator('body')).not.toHaveCSS('background-color', light);
  await expect(popup.locator('body')).toHaveCSS('background-color', light);
  await addressField(popup).fill('typed.before');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
  await expectDark(popup);
  await expectDark(page);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('简体中文');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('偏好');
  await expect(popup.getByRole('button', { name: '连接服务器' })).toBeVisible();
  await expect(popup.getByRole('textbox', { name: '管理接口地址' })).toHaveValue('typed.before');
  await context.close();

  const again = await launch(profile);
  const later = await again.newPage();
  await later.goto(extension.url('options.html#preferences'));
  await expect(later.getByRole('heading', { level: 1 })).toHaveText('偏好');
  await expect(later.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expectDark(later);
  await again.close();
});
