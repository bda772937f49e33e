import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const KEYS = 10_000;
const MODELS = 5_000;
const MOST_ROWS = 80;

test('10,000 keys leave at most 80 rows on the page, and the last is one scroll away', async ({
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
});

/** Puts the one card that is stored there so many times, under names and ids of their own. */
async function multiplyCards(popup: Page, count: number): Promise<void> {
  await popup.evaluate(async (count) => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('keyferry'));
    const stores = () => database.transaction(['keys', 'sealed'], 'readwrite');
    const key = await done<CryptoKey>(stores().objectStore('keys').get('profile'));
    const record = await done(stores().objectStore('sealed').get('cards'));
    const cipher = {
      name: 'AES-GCM',
      iv: record.iv,
      additionalData: new TextEncoder().encode('keyferry/1/cards'),
    };
    const plain = await crypto.subtle.decrypt(cipher, key, record.data);
    const [card] = JSON.parse(new TextDecoder().decode(plain));
    const cards = Array.from({ length: count }, (_, at) => ({
      ...card,
      id: `id-${at}`,
      name: `key ${at}`,
      fingerprint: `fingerprint-${at}`,
    }));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = new TextEncoder().encode(JSON.stringify(cards));
    const data = await crypto.subtle.encrypt({ ...cipher, iv }, key, bytes);
    await done(
      stores()
        .objectStore('sealed')
        .put({ ...record, iv, data }, 'cards'),
    );
    database.close();
  }, count);
}

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
