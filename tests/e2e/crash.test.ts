import { expect, test } from './fixtures.ts';
import { apiKeyOf } from './keyferry.ts';

test('a page that crashes says so, with a report that holds no secret, and comes back', async ({
  context,
  keyferry,
  troubles,
}) => {
  await context.grantPermissions(['clipboard-read']);
  const popup = await keyferry.ready({ name: 'claude-main' });
  const options = await keyferry.openOptions();
  for (const [page, name] of [
    [popup, 'popup'],
    [options, 'options'],
  ] as const) {
    await page.bringToFront();
    // What an error of ours says may quote what it was about.
    await page.evaluate((apiKey) => {
      setTimeout(() => {
        throw new TypeError(`cannot read ${apiKey}`);
      });
    }, apiKeyOf('claude-main'));
    const notice = page.getByRole('alert');
    await expect(notice).toContainText('This page has crashed');
    await expect(notice).toContainText('Nothing was lost');
    await notice.getByRole('button', { name: 'Copy the report' }).click();
    const report = await page.evaluate(() => navigator.clipboard.readText());
    expect(report).toMatch(new RegExp(`^Keyferry [\\d.]+, ${name}\n.*Chrome/.*\nTypeError`));
    expect(report + (await notice.textContent())).not.toContain('sk-test');
    await notice.getByRole('button', { name: 'Reload' }).click();
    await expect(notice).toHaveCount(0);
  }
  await expect(keyferry.card(popup, 'claude-main')).toBeVisible();
  expect(troubles.splice(0)).toEqual([
    expect.stringContaining('cannot read'),
    expect.stringContaining('cannot read'),
  ]);
});
