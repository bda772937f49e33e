import { expect, test } from './fixtures.ts';
import { multiplyCards } from './many-cards.ts';

const KEYS = 10_000;
const MODELS = 5_000;
const MOST_ROWS = 80;

test('10,000 keys leave at most 80 rows on the page, the last is one scroll away, and all can be selected', async ({
  keyferry,
}) => {
  const popup = await keyferry.ready({ name: 'key 0' });
  await multiplyCards(popup, KEYS);
  await popup.reload();
  await expect(popup.getByRole('button', { name: 'All 10000' })).toBeVisible();
  const cards = popup.getByRole('list', { name: 'Relay keys' }).getByRole('listitem');
  expect(await cards.count()).toBeLessThanOrEqual(MOST_ROWS);

  await cards.first().hover();
  await popup.mouse.wheel(0, Number.MAX_SAFE_INTEGER);
  await expect(keyferry.card(popup, 'key 9999')).toBeInViewport();
  await expect(keyferry.card(popup, 'key 9999')).toHaveAttribute('aria-posinset', '10000');
  expect(await cards.count()).toBeLessThanOrEqual(MOST_ROWS);

  await popup.getByRole('searchbox', { name: 'Search keys' }).fill('key 5123');
  await expect(cards).toHaveCount(1);
  await cards.getByRole('checkbox', { name: 'Select key 5123' }).check();
  await popup.getByRole('searchbox', { name: 'Search keys' }).fill('');
  await popup.getByRole('checkbox', { name: 'Select all' }).check();
  await expect(popup.getByText('10000 of 10000 selected')).toBeVisible();
  expect(await cards.count()).toBeLessThanOrEqual(MOST_ROWS);
  await popup.keyboard.press('Escape');
  await expect(popup.getByRole('checkbox', { name: 'Select all' })).toHaveCount(0);
});

test('of 5,000 models a few are drawn, any is found, and all can be imported at once', async ({
  keyferry,
  relay,
  server,
}) => {
  relay.switches.models = Array.from({ length: MODELS }, (_, at) => `vendor/model-${at}`);
  const popup = await keyferry.ready({ name: 'claude-main' });
  const dialog = await keyferry.openDialog(popup, 'claude-main');
  await expect(dialog).toContainText('0 of 5000 models');
  const boxes = dialog.getByRole('checkbox');
  expect(await boxes.count()).toBeLessThanOrEqual(MOST_ROWS);

  const search = dialog.getByRole('searchbox', { name: 'Search models' });
  await search.fill('model-4999');
  await expect(boxes).toHaveCount(1);
  await dialog.getByRole('checkbox', { name: 'vendor/model-4999' }).check();
  await dialog.getByRole('textbox', { name: 'Alias for vendor/model-4999' }).fill('last');
  await search.fill('');
  await dialog.getByRole('button', { name: 'Select all models' }).click();
  await expect(dialog).toContainText('5000 of 5000 models');
  expect(await boxes.count()).toBeLessThanOrEqual(MOST_ROWS);

  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(keyferry.results(popup)).toContainText('5000 models serving');
  const [provider] = await server.providers();
  expect(provider?.models).toHaveLength(MODELS);
  expect(provider?.models).toContainEqual({ name: 'vendor/model-0', alias: 'vendor/model-0' });
  expect(provider?.models).toContainEqual({ name: 'vendor/model-4999', alias: 'last' });
});
