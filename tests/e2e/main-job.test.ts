import { expect, test } from './fixtures.ts';

for (const version of ['7.2.140', '7.0.12', '6.5.65']) {
  test.describe(`on version ${version}`, () => {
    test.use({ serverVersion: version });

    test('[I-01] one click on a key card, and its models answer through the server @server', async ({
      keyferry,
      server,
      relay,
    }) => {
      const popup = await keyferry.ready({
        name: 'claude-main',
        apiKey: 'sk-test-main-0123456789',
      });
      await keyferry.importKey(popup, 'claude-main');
      await expect(keyferry.results(popup)).toContainText('Created claude-main');

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
      await expect(keyferry.card(popup, 'claude-main')).toContainText('3 models serving');
    });
  });
}
