import { expect, test } from './fixtures.ts';

test('a click is carried out by an event page that had ended', async ({
  keyferry,
  extension,
  server,
}) => {
  const popup = await keyferry.ready();
  await extension.endEventPage();
  await keyferry.importKey(popup, 'claude-main');
  await keyferry.expectResult(popup, 'Created claude-main');
  expect(await server.servedModels()).toContain('gpt-5');
});

test('an import whose event page ends is told as interrupted, and doubles nothing when repeated', async ({
  keyferry,
  extension,
  server,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main', apiKey: 'sk-test-main-0123456789' });
  const { standIn } = server;
  if (standIn) standIn.switches.latencyMs = 700;
  await keyferry.importKey(popup, 'claude-main');
  await expect.poll(() => standIn?.log.some(({ method }) => method === 'PUT')).toBe(true);
  await extension.endEventPage();
  if (standIn) standIn.switches.latencyMs = 0;

  await popup.close();
  const reopened = await keyferry.openPopup();
  await keyferry.expectResult(reopened, 'interrupted');
  await keyferry.press(reopened, 'Try again');
  await keyferry.expectResult(reopened, 'claude-main changed nothing: it stood already');
  expect(await server.providers()).toMatchObject([
    { name: 'claude-main', 'api-key-entries': [{ 'api-key': 'sk-test-main-0123456789' }] },
  ]);
});
