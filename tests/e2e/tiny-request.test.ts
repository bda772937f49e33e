import type { Locator, Page } from '@playwright/test';
import { type RunningRelay, startRelay } from '../stand-ins/relay/start-relay.ts';
import { expect, test } from './fixtures.ts';
import { apiKeyOf } from './keyferry.ts';

const SEND = { name: 'Send one tiny request' };

/** The requests to a model that reached a relay. */
const completions = ({ log }: Pick<RunningRelay<'plain'>, 'log'>): number =>
  log.filter(({ path }) => path === '/v1/chat/completions').length;

/** The newest entry of History, opened. */
async function newestEntry(page: Page): Promise<Locator> {
  const entry = page.getByRole('main').getByRole('listitem').first();
  await entry.getByRole('button', { expanded: false }).first().click();
  return entry;
}

test('[X-06] a model that only this provider offers is serving, and one tiny request proves it @server', async ({
  keyferry,
  relay,
  server,
}) => {
  const popup = await keyferry.ready();
  await keyferry.importKey(popup, 'claude-main');
  const results = keyferry.results(popup);
  await expect(results).toContainText('Created claude-main · 3 models serving');
  expect(await server.servedModels()).toEqual(['gpt-5', 'kimi-k2', 'vendor/glm-4.6']);
  expect(completions(relay)).toBe(0);

  await results.getByRole('button', SEND).click();
  await expect(results).toContainText('gpt-5 answered');
  await expect(results).toContainText('Answered by the pool: any provider that offers it.');
  expect(completions(relay)).toBe(1);
});

test('[X-06] a model that another provider offers too is in the pool with it, and the answer is the pool’s', async ({
  keyferry,
  relay,
  server,
}) => {
  const other = await startRelay({ site: 'plain', models: ['gpt-5'] });
  await server.setProviders([
    {
      name: 'Harbour',
      'base-url': `${other.url}/v1`,
      'api-key-entries': [{ 'api-key': apiKeyOf('of-harbour') }],
      models: [{ name: 'gpt-5', alias: 'gpt-5' }],
    },
  ]);
  relay.switches.models = ['gpt-5'];
  const popup = await keyferry.ready();
  await keyferry.importKey(popup, 'claude-main');
  const results = keyferry.results(popup);
  await expect(results).toContainText('Created claude-main · 1 model in the pool with Harbour');
  await expect(keyferry.card(popup, 'claude-main')).toContainText('in the pool with Harbour');
  await results.getByRole('button', SEND).click();
  await expect(results).toContainText('Answered by the pool: any provider that offers it.');
  expect(completions(relay) + completions(other)).toBe(1);
  await other.close();
});

test('[X-06] where it fails, the server’s own error is shown and explained, keys masked', async ({
  keyferry,
  relay,
}) => {
  const popup = await keyferry.ready();
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
  const said = `Incorrect API key provided: ${apiKeyOf('claude-main')}`;
  relay.switches.trouble = ({ method }) =>
    method === 'POST'
      ? {
          kind: 'other-reply',
          reply: {
            status: 401,
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ error: { message: said, type: 'invalid_request_error' } }),
          },
        }
      : undefined;

  const page = await keyferry.openOptions('history');
  const entry = await newestEntry(page);
  await entry.getByRole('combobox', { name: 'Model to try' }).selectOption('kimi-k2');
  await entry.getByRole('button', SEND).click();
  await expect(entry).toContainText('kimi-k2 gave no answer (HTTP 401)');
  await expect(entry).toContainText('The relay refused a key of the pool');
  await expect(entry).toContainText('Incorrect API key provided: sk-tes••••cdef');
  expect(await page.content()).not.toContain(apiKeyOf('claude-main'));
});

test('what is not there any more, or a server that is gone, is told with cause and next step', async ({
  keyferry,
  server,
}) => {
  const popup = await keyferry.ready();
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
  await server.setProviders([]);
  const page = await keyferry.openOptions('history');
  const entry = await newestEntry(page);
  await entry.getByRole('button', SEND).click();
  await expect(entry).toContainText('unknown provider for model gpt-5');
  await expect(entry).toContainText('No provider offers it');

  await server.standIn?.close();
  await entry.getByRole('button', SEND).click();
  await expect(entry.getByRole('alert')).toContainText('does not answer');
  await expect(entry.getByRole('alert')).toContainText('Start CLIProxyAPI');
});
