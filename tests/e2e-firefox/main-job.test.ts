import { expect, test } from './fixtures.ts';

test('one click on a key card, and its models answer through the server', async ({
  keyferry,
  server,
  relay,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main', apiKey: 'sk-test-main-0123456789' });
  await keyferry.importKey(popup, 'claude-main');
  await keyferry.expectResult(popup, 'Created claude-main');

  expect(await server.providers()).toMatchObject([
    {
      name: 'claude-main',
      'base-url': `${relay.url}/v1`,
      'api-key-entries': [{ 'api-key': 'sk-test-main-0123456789' }],
      models: [
        { name: 'gpt-5', alias: 'gpt-5' },
        { name: 'kimi-k2', alias: 'kimi-k2' },
        { name: 'vendor/glm-4.6', alias: 'vendor/glm-4.6' },
      ],
    },
  ]);
  expect(await server.servedModels()).toEqual(['gpt-5', 'kimi-k2', 'vendor/glm-4.6']);
  expect(await server.chat('kimi-k2')).toMatchObject({ status: 200 });
  await keyferry.expectText(popup, '3 models serving');
});

test('a provider that is there already gets the key and nothing else', async ({
  keyferry,
  server,
  relay,
}) => {
  await server.setProviders([
    {
      name: 'My relay',
      'base-url': `${relay.url}/v1`,
      headers: { 'X-Team': 'red' },
      'api-key-entries': [
        { 'api-key': 'sk-test-old-0123456789', 'proxy-url': 'http://proxy:3128' },
      ],
      models: [{ name: 'gpt-5', alias: 'best' }],
    },
  ]);
  const [before] = await server.providers();
  const popup = await keyferry.ready({ name: 'second', apiKey: 'sk-test-new-0123456789' });
  await keyferry.importKey(popup, 'second');
  await keyferry.expectResult(popup, 'Added key to My relay');

  const keys = [...(before?.['api-key-entries'] ?? []), { 'api-key': 'sk-test-new-0123456789' }];
  expect(await server.providers()).toEqual([{ ...before, 'api-key-entries': keys }]);
});

test.describe('with a server that cannot ask for us, and a relay without CORS', () => {
  test.use({ serverVersion: '6.5.65' });

  test('a permission for the relay makes its models readable, whatever its port', async ({
    keyferry,
    server,
    relay,
  }) => {
    relay.switches.cors = false;
    const popup = await keyferry.ready();
    await keyferry.importKey(popup, 'claude-main');
    await keyferry.press(popup, 'Allow access');
    await keyferry.expectText(popup, '3 of 3 models');
    await keyferry.press(popup, 'Import');
    await keyferry.expectResult(popup, 'Created claude-main');
    expect(await server.servedModels()).toEqual(['gpt-5', 'kimi-k2', 'vendor/glm-4.6']);

    const options = await keyferry.openOptions('security');
    await keyferry.press(options, 'Revoke access to http://127.0.0.1');
    await keyferry.expectText(options, 'No address is allowed');
  });
});
