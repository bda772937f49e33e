import { launch } from './chromium.ts';
import { expect, test } from './fixtures.ts';
import { addressField, fillServer, keyField, understoodAddress } from './servers-room.ts';

const FIND = 'Find it on this computer';

test('Settings open when Keyferry was installed, and not again with the browser', async ({
  context,
  extension,
  profile,
}) => {
  const settings = extension.url('options.html#servers');
  await expect.poll(() => context.pages().map((page) => page.url())).toContain(settings);
  await context.close();

  const again = await launch(profile);
  const popup = await again.newPage();
  await popup.goto(extension.url('popup.html'));
  await expect(popup).toHaveTitle('Keyferry');
  expect(again.pages().map((page) => page.url())).not.toContain(settings);
  await again.close();
});

test('the first server takes three steps: address, key, test @server', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([
    'Where is your CLIProxyAPI?',
    'What opens its management?',
    'Test it',
  ]);
  await fillServer(page, { address: server.url, key: server.managementKey });
  await expect(understoodAddress(page)).toHaveText(`${server.url}/v0/management`);
  await page.getByRole('button', { name: 'Connect server' }).click();

  await expect(keyferry.results(page)).toContainText('Connected. Open Keyferry from the toolbar');
  await expect(page.getByRole('textbox', { name: 'Server name' })).toHaveValue(
    server.url.replace('http://', ''),
  );
});

test('the popup has the same two fields', async ({ keyferry }) => {
  const popup = await keyferry.openPopup();
  await expect(addressField(popup)).toHaveValue('127.0.0.1:8317');
  await expect(keyField(popup)).toHaveValue('');
});

test.describe('with a server on the default port', () => {
  test.use({
    hosts: async ({ server }, use) => use({ '127.0.0.1:8317': new URL(server.url).host }),
  });

  test('[M-03] the default port stands there, and Find it looks at it without a key, on the click only', async ({
    keyferry,
    server,
  }) => {
    const page = await keyferry.openOptions();
    await expect(addressField(page)).toHaveValue('127.0.0.1:8317');
    await addressField(page).fill('somewhere.else');
    expect(server.standIn?.log).toEqual([]);

    await page.getByRole('button', { name: FIND }).click();
    await expect(page.getByText('CLIProxyAPI answers there.')).toBeVisible();
    await expect(addressField(page)).toHaveValue('http://127.0.0.1:8317/v0/management');
    expect(server.standIn?.log).toMatchObject([{ method: 'GET', path: '/', keyed: false }]);
  });
});

test.describe('with nothing on the default port', () => {
  test.use({ hosts: async ({}, use) => use({ '127.0.0.1:8317': '127.0.0.1:1' }) });

  test('Find it says where it found nothing, whatever address was typed', async ({ keyferry }) => {
    const page = await keyferry.openOptions();
    await addressField(page).fill('cpa.example');
    await page.getByRole('button', { name: FIND }).click();
    await expect(page.getByRole('alert')).toContainText('127.0.0.1:8317 does not answer');
    await expect(page.getByRole('alert')).not.toContainText('cpa.example');
    await expect(addressField(page)).toHaveValue('cpa.example');
  });
});
