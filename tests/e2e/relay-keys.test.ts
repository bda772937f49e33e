import { expect, test } from './fixtures.ts';
import { apiKeyOf } from './keyferry.ts';

test('[I-14] keys stand on cards with their relay and their state, and can be searched and filtered', async ({
  keyferry,
  relay,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.addKey(popup, { name: 'team-shared', baseUrl: 'https://lantern.example' });
  const cards = popup.getByRole('list', { name: 'Relay keys' }).getByRole('listitem');
  await expect(cards).toHaveCount(2);
  await expect(keyferry.card(popup, 'claude-main')).toContainText(new URL(relay.url).host);
  await expect(keyferry.card(popup, 'claude-main')).toContainText('Not imported');
  await expect(keyferry.card(popup, 'team-shared')).toContainText('lantern.example');

  const search = popup.getByRole('searchbox', { name: 'Search keys' });
  await search.fill('LANTERN');
  await expect(cards).toHaveCount(1);
  await search.fill('kestrel');
  await expect(popup.getByText('No key matches “kestrel”')).toBeVisible();
  await search.fill('');

  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.card(popup, 'claude-main')).toContainText('3 models serving');
  await popup.getByRole('button', { name: 'To import 1' }).click();
  await expect(cards).toHaveCount(1);
  await expect(keyferry.card(popup, 'team-shared')).toBeVisible();
  await popup.getByRole('button', { name: 'Attention 0' }).click();
  await expect(popup.getByText('Nothing here')).toBeVisible();
  await popup.getByRole('button', { name: 'All 2' }).click();
  await expect(cards).toHaveCount(2);
});

test('a key is edited without being typed again, removed, and put back in its place', async ({
  keyferry,
}) => {
  const popup = await keyferry.ready({ name: 'third' });
  await keyferry.addKey(popup, { name: 'second' });
  await keyferry.addKey(popup, { name: 'first' });

  await keyferry.choose(popup, 'second', 'Edit');
  await expect(popup.getByLabel('API key')).toHaveValue('');
  await popup.getByRole('textbox', { name: 'Name' }).fill('renamed');
  await popup.getByRole('button', { name: 'Save key' }).click();
  await keyferry.choose(popup, 'renamed', 'Reveal key');
  await expect(keyferry.card(popup, 'renamed')).toContainText(apiKeyOf('second'));

  await keyferry.choose(popup, 'renamed', 'Remove');
  await expect(keyferry.card(popup, 'renamed')).toHaveCount(0);
  await expect(keyferry.results(popup)).toContainText('Removed renamed');
  await keyferry.results(popup).getByRole('button', { name: 'Undo' }).click();
  const cards = popup.getByRole('list', { name: 'Relay keys' }).getByRole('listitem');
  await expect(cards.nth(1)).toHaveAccessibleName('renamed');
});

test('[P-08] a masked key does not tell how long the key is', async ({ keyferry }) => {
  const popup = await keyferry.ready({ name: 'long', apiKey: `sk-test-${'x'.repeat(90)}` });
  await keyferry.addKey(popup, { name: 'usual', apiKey: 'sk-test-0123456789' });
  await keyferry.addKey(popup, { name: 'short', apiKey: 'sk-test-0123' });
  await expect(keyferry.card(popup, 'long')).toContainText('sk-tes••••xxxx');
  await expect(keyferry.card(popup, 'usual')).toContainText('sk-tes••••6789');
  await expect(keyferry.card(popup, 'short')).toContainText(/Not imported••••/);

  for (const name of ['long', 'short']) {
    await keyferry.choose(popup, name, 'Edit');
    await expect(popup.getByLabel('API key')).toHaveAttribute('placeholder', '********');
    await popup.getByRole('button', { name: 'Cancel' }).click();
  }
});

test('[P-09] a key is readable only after Reveal, for 30 seconds, and not on a page that was left', async ({
  context,
  keyferry,
}) => {
  await context.clock.install();
  const popup = await keyferry.ready({ name: 'claude-main' });
  const card = keyferry.card(popup, 'claude-main');
  const inClear = card.getByText(apiKeyOf('claude-main'));
  const reveal = async () => {
    await keyferry.choose(popup, 'claude-main', 'Reveal key');
    await expect(inClear).toBeVisible();
  };
  expect(await popup.content()).not.toContain(apiKeyOf('claude-main'));

  await reveal();
  await popup.clock.fastForward('00:29');
  await expect(inClear).toBeVisible();
  await popup.clock.fastForward('00:02');
  await expect(inClear).toBeHidden();

  await reveal();
  await keyferry.choose(popup, 'claude-main', 'Hide key');
  await expect(inClear).toBeHidden();

  await reveal();
  // What another window in front does; Playwright lets every page believe that it has the focus.
  await popup.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(inClear).toBeHidden();
});

test('a key can be copied, and a browser that refuses that is no crash', async ({ keyferry }) => {
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.choose(popup, 'claude-main', 'Copy key');
  await expect(keyferry.results(popup)).toContainText('Copied the key of claude-main');
  const search = popup.getByRole('searchbox', { name: 'Search keys' });
  await search.press('ControlOrMeta+v');
  await expect(search).toHaveValue(apiKeyOf('claude-main'));
  await search.fill('');

  await popup.evaluate(() => {
    navigator.clipboard.writeText = async () => {
      throw new DOMException('Document is not focused.', 'NotAllowedError');
    };
  });
  await keyferry.choose(popup, 'claude-main', 'Copy key');
  await expect(popup.getByRole('alert')).toContainText('The browser did not let Keyferry copy');
  await expect(keyferry.card(popup, 'claude-main')).toBeVisible();
});

test('[H-03] blanks, line breaks and “Bearer” around a pasted key do not reach the server @server', async ({
  keyferry,
  server,
}) => {
  const popup = await keyferry.ready({
    name: 'pasted',
    apiKey: ' \tBearer  sk-test-pasted-\r\n0123456789 \n',
  });
  await keyferry.importKey(popup, 'pasted');
  await expect(keyferry.results(popup)).toContainText('Created pasted');
  const [provider] = await server.providers();
  expect(provider?.['api-key-entries']).toEqual([{ 'api-key': 'sk-test-pasted-0123456789' }]);
});

test('[H-06] what is no usable relay key is refused with its own words, a management key first of all', async ({
  keyferry,
  server,
}) => {
  const popup = await keyferry.ready({ name: 'there' });
  await popup.getByRole('button', { name: 'Add key' }).click();
  const refusals = [
    [{ apiKey: server.managementKey }, 'This is the management key of 127.0.0.1'],
    [{ apiKey: '' }, 'The key is missing'],
    [{ apiKey: 'sk-test••••6789' }, 'Masked, not a real key'],
    [{ apiKey: '<your-key>' }, 'This is an example, not a real key'],
    [{ apiKey: 'sk-test-０１２３４５' }, 'The key contains a character that cannot be sent'],
    [{ apiKey: apiKeyOf('there') }, 'This key is here already, as there'],
    [{ baseUrl: 'not an address' }, 'This is not an address'],
    [{ baseUrl: 'http://relay.example' }, 'plain http would send the key readable'],
  ] as const;
  for (const [wrong, words] of refusals) {
    await keyferry.saveKey(popup, { name: 'new', ...wrong });
    await expect(popup.getByRole('dialog')).toContainText(words);
    await expect(popup.getByRole('alert')).toBeVisible();
  }
  // The last one is for the person to decide.
  await popup.getByRole('button', { name: 'Do it anyway' }).click();
  await expect(keyferry.card(popup, 'new')).toContainText('relay.example');
  await expect(popup.getByRole('listitem')).toHaveCount(2);
});

test('a half-typed key is there again when the popup was closed in the middle', async ({
  keyferry,
}) => {
  const popup = await keyferry.ready({ name: 'there' });
  await popup.getByRole('button', { name: 'Add key' }).click();
  await popup.getByRole('textbox', { name: 'Name' }).fill('half');
  await popup.getByLabel('API key').fill('sk-test-half-typed');
  await popup.close();

  const again = await keyferry.openPopup();
  await expect(again.getByRole('textbox', { name: 'Name' })).toHaveValue('half');
  await expect(again.getByLabel('API key')).toHaveValue('sk-test-half-typed');
  await again.getByRole('button', { name: 'Cancel' }).click();
  await again.reload();
  await expect(keyferry.card(again, 'there')).toBeVisible();
  await expect(again.getByRole('dialog')).toHaveCount(0);
});
