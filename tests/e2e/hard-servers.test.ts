import type { Page } from '@playwright/test';
import { startStandIn } from '../stand-ins/cliproxyapi/http.ts';
import { launch } from './chromium.ts';
import { expect, test } from './fixtures.ts';
import { apiKeyOf, Keyferry } from './keyferry.ts';
import { type Incoming, READABLE } from './proxy.ts';
import { SELF_SIGNED } from './self-signed.ts';
import { configYaml, lookAt, type ServerUnderTest, wrongKeys } from './server-under-test.ts';
import {
  connectFirst,
  connection,
  fillServer,
  saveServer,
  testConnection,
} from './servers-room.ts';

const LIST = '/v0/management/openai-compatibility';
const OTHER = {
  name: 'Other',
  'base-url': 'https://other.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-test-of-somebody-0123456789' }],
  models: [{ name: 'm', alias: 'm' }],
};

const notFound = { status: 404, headers: READABLE, body: '404 page not found' };
const isManagement = ({ method, path }: Incoming) =>
  method !== 'OPTIONS' && path.startsWith('/v0/management');

/** What was sent to the management API with a key, right or wrong. */
const keyedCalls = ({ standIn }: ServerUnderTest): number =>
  (standIn?.log ?? []).filter(({ keyed }) => keyed).length;

test.describe('[I-09] a method that is missing on the list of providers', () => {
  const METHODS: Record<string, { known: boolean }> = {
    GET: { known: false },
    PUT: { known: false },
    // A key for a provider that is there goes by PATCH.
    PATCH: { known: true },
  };
  for (const [missing, { known }] of Object.entries(METHODS)) {
    test(`[I-09] ${missing} is named, with what to do, and nothing is written`, async ({
      extension,
      relay,
      server,
      startProxy,
    }) => {
      await server.setProviders(known ? [{ ...OTHER, 'base-url': `${relay.url}/v1` }] : [OTHER]);
      const before = await server.providers();
      const proxy = await startProxy({
        answers: ({ method, path }) => (method === missing && path === LIST ? notFound : undefined),
      });
      const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
      const popup = await keyferry.ready();
      await keyferry.importKey(popup, 'claude-main');
      const alert = keyferry.results(popup).getByRole('alert');
      await expect(alert).toContainText(`does not know ${missing} openai-compatibility`);
      await expect(alert).toContainText('allow GET, PUT, PATCH and DELETE in the proxy');
      expect(await server.providers()).toEqual(before);
    });
  }
});

test('a certificate of one’s own is named as a cause, and Chromium’s acceptance in a tab not given as the way', async ({
  context,
  keyferry,
  server,
  startProxy,
}) => {
  const proxy = await startProxy({ tls: SELF_SIGNED });
  const page = await keyferry.openOptions();
  const connect = async () => {
    await fillServer(page, { address: proxy.url, key: server.managementKey });
    await page.getByRole('button', { name: 'Connect server' }).click();
  };
  await connect();
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('does not answer');
  await expect(alert).toContainText('its certificate is not trusted');
  await expect(alert).toContainText('in Firefox open the address in a tab once and accept it');
  await expect(alert).toContainText(
    'for Chromium add it to the certificates that the system trusts',
  );

  // What the words say of Chromium: a tab gets through then, and the worker does not.
  const tab = await context.newPage();
  await tab.goto(proxy.url).catch(() => {});
  await tab.getByRole('button', { name: 'Advanced' }).click();
  await tab.getByRole('link', { name: 'Proceed to 127.0.0.1' }).click();
  await expect(tab.locator('body')).toContainText('CLI Proxy API Server');
  await page.reload();
  await expect(alert).toBeHidden();
  await connect();
  await expect(alert).toContainText('does not answer');
  expect(JSON.stringify(proxy.seen)).not.toContain(server.managementKey);
});

/** A server at an address behind which another version comes up later, with the same configuration. */
async function changingServer(
  versions: readonly [first: string, then: string],
  startProxy: (front: { leadsTo(): string }) => Promise<{ url: string }>,
  relayUrl: string,
) {
  const known = { ...OTHER, name: 'Known', 'base-url': `${relayUrl}/v1` };
  const first = await startStandIn({ version: versions[0], config: configYaml() });
  let now = first;
  const proxy = await startProxy({ leadsTo: () => now.url });
  const look = () => lookAt(now.url, 'management-key-of-the-tests', undefined, now);
  await look().setProviders([OTHER, known]);
  return {
    url: proxy.url,
    managementKey: 'management-key-of-the-tests',
    providers: () => look().providers(),
    async becomesTheOther() {
      const config = now.configText();
      await now.close();
      now = await startStandIn({ version: versions[1], config });
    },
    close: () => now.close(),
  };
}

test.describe('[H-28] a server that is another version from one import to the next', () => {
  for (const versions of [
    ['6.5.65', '7.2.140'],
    ['7.2.140', '6.5.65'],
    ['7.2.140', '6.9.49'],
  ] as const) {
    test(`[H-28] of version ${versions.join(', then ')}: keys are added, and nothing of anyone is lost`, async ({
      extension,
      relay,
      startProxy,
    }) => {
      test.setTimeout(120_000);
      const changing = await changingServer(versions, startProxy, relay.url);
      const keyferry = new Keyferry(extension, changing, relay);
      const popup = await keyferry.openPopup();
      await keyferry.connect(popup);
      const add = async (name: string) => {
        await keyferry.addKey(popup, { name });
        await keyferry.importKey(popup, name);
        await expect(keyferry.results(popup)).toContainText('Added key to Known', {
          timeout: 15_000,
        });
        await keyferry.results(popup).getByRole('button', { name: 'Dismiss' }).click();
      };
      await add('one');
      await changing.becomesTheOther();
      await add('two');
      const [other, known] = await changing.providers();
      expect(other).toMatchObject(OTHER);
      expect(known).toMatchObject({
        'base-url': `${relay.url}/v1`,
        'api-key-entries': [{}, { 'api-key': apiKeyOf('one') }, { 'api-key': apiKeyOf('two') }],
        models: OTHER.models,
      });
      await changing.close();
    });
  }
});

test('[H-29] a server in Home mode, all of whose management is 404, is told as such: to connect, and to import', async ({
  extension,
  relay,
  server,
  startProxy,
}) => {
  let isHome = false;
  const proxy = await startProxy({
    answers: (request) => (isHome && isManagement(request) ? notFound : undefined),
  });
  const keyferry = new Keyferry(extension, { ...server, url: proxy.url }, relay);
  const popup = await keyferry.ready();
  await expect(keyferry.card(popup, 'claude-main')).toContainText('Not imported');
  isHome = true;
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup).getByRole('alert')).toContainText(
    'claude-main not imported',
  );

  const page = await keyferry.openOptions();
  await testConnection(page);
  const alert = connection(page).getByRole('alert');
  await expect(alert).toContainText('Management is switched off');
  await expect(alert).toContainText('runs in Home mode');
  await expect(alert).toContainText('In Home mode the Home server manages it');
  expect(await server.providers()).toEqual([]);
});

test.describe('in safe mode, with the client keys of the template', () => {
  test.use({ serverConfig: configYaml().replace('client-key-of-the-tests', 'your-api-key-1') });

  test('[H-30] it says what to replace, keys are imported, and nothing is said to be served', async ({
    keyferry,
    server,
  }) => {
    const page = await keyferry.openOptions();
    await connectFirst(page, server);
    await testConnection(page);
    const alert = connection(page).getByRole('alert');
    await expect(alert).toContainText('answers no client yet');
    await expect(alert).toContainText('Replace your-api-key-1 and its like in api-keys');

    const popup = await keyferry.openPopup();
    await keyferry.addKey(popup, { name: 'claude-main' });
    await keyferry.importKey(popup, 'claude-main');
    const results = keyferry.results(popup);
    await expect(results).toContainText('Created claude-main · imported');
    await expect(results).not.toContainText('serving');
    await expect(keyferry.card(popup, 'claude-main')).not.toContainText('serving');
    expect(await server.providers()).toMatchObject([{ name: 'claude-main' }]);
  });
});

test('[X-04] a ban is never come near: keyless first, nothing by itself after a 401, counted over restarts, asked about, and waited for', async ({
  context,
  extension,
  keyferry,
  profile,
  server,
}) => {
  test.setTimeout(120_000);
  const options = await keyferry.openOptions();
  await connectFirst(options, server);
  const first = server.standIn?.log.find(({ method }) => method !== 'OPTIONS');
  expect(first).toMatchObject({ method: 'GET', path: '/', keyed: false });

  await fillServer(options, { key: 'wrong-1' });
  await saveServer(options);
  await expect(options.getByText('Wrong tries from here: 1.')).toBeVisible();
  const popup = await keyferry.openPopup();
  await keyferry.addKey(popup, { name: 'claude-main' });
  const before = keyedCalls(server);
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup).getByRole('alert')).toContainText('Nothing is sent to');
  expect(keyedCalls(server)).toBe(before);
  await context.close();

  const again = await launch(profile);
  const page = await again.newPage();
  await page.goto(extension.url('options.html#servers'));
  await expect(connection(page)).toContainText('refused the management key');
  expect(wrongKeys(server)).toBe(1);
  await testConnection(page);
  await expect(page.getByText('Wrong tries from here: 2.')).toBeVisible();
  await testConnection(page);
  const alert = connection(page).getByRole('alert');
  await expect(alert).toContainText('At most 3 tries left');
  expect(wrongKeys(server)).toBe(2);

  // Another program on this address uses up the rest.
  const other = { headers: { 'X-Management-Key': 'of-another-program' } };
  for (let tries = 0; tries < 3; tries += 1) {
    await fetch(`${server.url}/v0/management/debug`, other);
  }
  await alert.getByRole('button', { name: 'Do it anyway' }).click();
  await expect(alert).toContainText('shut this address out');
  await expect(alert.getByRole('timer')).toHaveText(/^(30:00|29:\d\d)$/);
  const banned = keyedCalls(server);
  await fillServer(page, { key: server.managementKey });
  await testConnection(page);
  await expect(alert).toContainText('Until it opens, nothing is sent');
  await importAgain(await again.newPage());
  expect(keyedCalls(server)).toBe(banned);
  await again.close();

  async function importAgain(window: Page): Promise<void> {
    await window.goto(extension.url('popup.html'));
    await keyferry.importKey(window, 'claude-main');
    await expect(keyferry.results(window).getByRole('alert')).toContainText('not imported');
  }
});
