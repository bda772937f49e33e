import { expect, test } from './fixtures.ts';

/** In the pages of the extension. */
declare const browser: { runtime: { sendMessage(message: object): Promise<object> } };

test('the options page tests a connection and says what answers', async ({ keyferry, server }) => {
  await server.setProviders([{ name: 'one', 'base-url': 'http://127.0.0.1:9/v1' }]);
  const options = await keyferry.openOptions();
  await keyferry.fill(options, 'Management base URL', server.url);
  await keyferry.fill(options, 'Management key', server.managementKey);
  await keyferry.press(options, 'Connect server');
  await keyferry.press(options, 'Test connection');
  await keyferry.expectText(options, 'Key accepted');
  await keyferry.expectText(options, 'Version 7.2.140');
});

test('a key that is being typed is still there when the popup and the event page have ended', async ({
  keyferry,
  extension,
}) => {
  const popup = await keyferry.openPopup();
  await keyferry.connect(popup);
  await keyferry.press(popup, 'Add key');
  const apiKey = 'sk-test-half-typed-0123456789';
  await keyferry.fill(popup, 'API key', apiKey);
  const ask = { name: 'readDraft', request: { form: 'key' } };
  const draft = () => popup.evaluate((message) => browser.runtime.sendMessage(message), ask);
  await expect.poll(draft).toMatchObject({ value: { apiKey } });

  await extension.endEventPage();
  await popup.close();
  const reopened = await keyferry.openPopup();
  expect(await keyferry.valueOf(reopened, 'API key')).toBe(apiKey);
});

test('the pages do nothing that their CSP forbids, and end in no error', async ({
  keyferry,
  extension,
}) => {
  const popup = await keyferry.ready();
  await keyferry.importKey(popup, 'claude-main');
  await keyferry.expectResult(popup, 'Created claude-main');
  for (const room of ['servers', 'history', 'security', 'preferences']) {
    await keyferry.openOptions(room);
  }
  expect(await extension.readComplaints()).toEqual([]);
});
