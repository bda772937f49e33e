import { holding, STEPS } from '../e2e/holding.ts';
import { startProxy } from '../e2e/proxy.ts';
import { expect, test } from './fixtures.ts';
import { Keyferry } from './keyferry.ts';

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

for (const [step, target, isAnswered] of STEPS) {
  test(`an import whose event page ends ${step} is finished by the next one, and doubles nothing`, async ({
    extension,
    relay,
    server,
  }) => {
    const apiKey = 'sk-test-main-0123456789';
    const held = holding(target, isAnswered);
    const proxy = await startProxy(server.url, held.front);
    const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
    const popup = await keyferry.ready({ name: 'claude-main', apiKey });
    held.arm();
    await keyferry.importKey(popup, 'claude-main');
    await held.reached;
    await extension.endEventPage();
    held.letGo();

    await popup.close();
    const reopened = await keyferry.openPopup();
    await keyferry.expectResult(reopened, 'claude-main');
    expect(await server.providers()).toMatchObject([
      { name: 'claude-main', 'api-key-entries': [{ 'api-key': apiKey }] },
    ]);
    expect(await server.servedModels()).toContain('gpt-5');
    await proxy.close();
  });
}
