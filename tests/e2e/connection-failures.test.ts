import { expect, test } from './fixtures.ts';
import { READABLE, type Reply } from './proxy.ts';
import { configYaml } from './server-under-test.ts';
import {
  addressField,
  addServer,
  connectFirst,
  connection,
  fillServer,
  keyField,
  listedServer,
  testConnection,
} from './servers-room.ts';

const json = (status: number, body: unknown): Reply => ({
  status,
  headers: { ...READABLE, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const html = (status: number): Reply => ({
  status,
  headers: { ...READABLE, 'content-type': 'text/html' },
  body: '<!doctype html><title>Something else</title>',
});

/** How each answer to the keyless look is told. None of them has seen the key. */
const strangers: readonly (readonly [answer: Reply, ...said: string[]])[] = [
  [html(200), 'is not CLIProxyAPI', 'a web page (HTTP 200)', 'The key was not sent'],
  [html(404), 'is not CLIProxyAPI', 'a web page (HTTP 404)', 'Check port and path'],
  [json(200, { object: 'list' }), 'is not CLIProxyAPI', 'other JSON (HTTP 200)'],
  [{ status: 200, headers: READABLE, body: 'pong' }, 'is not CLIProxyAPI', 'answers with HTTP 200'],
  [html(401), 'answered 401', 'extra request headers'],
  [html(502), 'answered with an error (HTTP 502)', 'Look at the server’s log'],
];

/** How each answer to the call with the key is told. */
const refusals: readonly (readonly [answer: Reply, ...said: string[]])[] = [
  [
    json(403, { error: 'remote management key not set' }),
    'Team has no management key',
    'secret-key: "…"',
  ],
  [html(403), 'answered 403', 'Look at the log of the server, and of the proxy in front'],
  [json(500, { error: 'oops' }), 'Team answered with an error (HTTP 500)', 'the server’s log'],
  [json(200, 'yes'), 'Team answered in an unknown form (HTTP 200)', 'debug'],
  [html(200), 'is not CLIProxyAPI'],
  [json(418, { error: 'teapot' }), 'Team answered with an error (HTTP 418)'],
  [json(405, {}), 'Team does not know GET debug'],
];

test('what is not CLIProxyAPI is told by what it answers, and is sent no key', async ({
  keyferry,
  server,
  startProxy,
}) => {
  let answer = html(200);
  const proxy = await startProxy({ answers: () => answer });
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, { name: 'Team', address: proxy.url, key: 'a-key' });
  for (const [stranger, ...words] of strangers) {
    answer = stranger;
    await testConnection(page);
    for (const said of words) await expect(connection(page).getByRole('alert')).toContainText(said);
  }
  expect(proxy.seen.every(({ path }) => path === '/')).toBe(true);
  expect(JSON.stringify(proxy.seen)).not.toContain('a-key');
});

test('[I-29] each refusal of a call has its own words, whatever the code', async ({
  keyferry,
  server,
  startProxy,
}) => {
  let answer = html(200);
  const proxy = await startProxy({
    answers: ({ method, path }) =>
      method !== 'OPTIONS' && path.endsWith('/debug') ? answer : undefined,
  });
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, { name: 'Team', address: proxy.url, key: server.managementKey });
  const alert = connection(page).getByRole('alert');
  for (const [refusal, ...words] of refusals) {
    answer = refusal;
    await testConnection(page);
    for (const said of words) await expect(alert).toContainText(said);
  }
  answer = json(401, { error: 'invalid management key' });
  await testConnection(page);
  await expect(alert).toContainText('Team refused the management key');
  answer = json(403, { error: 'remote management disabled' });
  await testConnection(page);
  await expect(alert).toContainText('Remote management is disabled');
  answer = json(403, {
    error: 'IP banned due to too many failed attempts. Try again in 12m30s',
  });
  await testConnection(page);
  await expect(alert).toContainText('Team shut this address out');
  await expect(alert.getByRole('timer', { name: 'Opens again in 13 minutes' })).toHaveText(
    /^12:\d\d$/,
  );
});

test('nobody there is told with its causes, and the other scheme is offered where it answers', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, { name: 'Team', address: 'http://127.0.0.1:1', key: 'a-key' });
  await testConnection(page);
  const alert = connection(page).getByRole('alert');
  await expect(alert).toContainText('Team does not answer');
  for (const cause of ['not running', 'port is wrong', 'certificate', 'local network']) {
    await expect(alert).toContainText(cause);
  }
});

test('[H-10] https typed for an http server is told, and http used with one click @server', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, {
    name: 'Team',
    address: server.url.replace('http:', 'https:'),
    key: server.managementKey,
  });
  await testConnection(page);
  await expect(connection(page)).toContainText('Team does not answer');
  await expect(connection(page)).toContainText(`But ${server.url} answers.`);
  await page.getByRole('button', { name: 'Use that address' }).click();
  await expect(addressField(page)).toHaveValue(server.url);
  await expect(connection(page)).toContainText('models served');
});

test('[H-12] behind a proxy that strips CORS it works once this one address is allowed', async ({
  extension,
  keyferry,
  server,
}) => {
  await extension.preapprove(`${server.url}/*`);
  if (server.standIn) server.standIn.switches.cors = false;
  const page = await keyferry.openOptions();
  await fillServer(page, { address: server.url, key: server.managementKey });
  await page.getByRole('button', { name: 'Connect server' }).click();
  const alert = page.getByRole('main').getByRole('alert');
  await expect(alert).toContainText('answers, but the browser may not read it');
  await expect(alert).toContainText('removes its CORS headers');

  await page.getByRole('button', { name: 'Allow access' }).click();
  await expect(listedServer(page, server.url.replace('http://', ''))).toContainText('Connected');
});

test('a redirect is told apart with the permission for its address, and never followed with a key', async ({
  extension,
  keyferry,
  server,
  startProxy,
}) => {
  const proxy = await startProxy({
    answers: () => ({ status: 302, headers: { location: `${server.url}/` } }),
  });
  await extension.preapprove(`${proxy.url}/*`);
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, { name: 'Team', address: proxy.url, key: 'a-key' });
  await testConnection(page);
  await expect(connection(page)).toContainText('redirects, or is another page');
  await page.getByRole('button', { name: 'Allow access' }).click();
  const place = proxy.url.replace('http://', '');
  await expect(connection(page).getByRole('alert')).toContainText(`${place} redirects`);
  await expect(connection(page)).toContainText('Enter the address that it leads to');
  expect(JSON.stringify(proxy.seen)).not.toContain('a-key');
});

test('remote management that is off comes with the line for config.yaml, the password and a tunnel', async ({
  context,
  keyferry,
  server,
  startProxy,
}) => {
  const proxy = await startProxy({ adds: { 'x-forwarded-for': '203.0.113.7' } });
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, { name: 'VPS', address: proxy.url, key: server.managementKey });
  await testConnection(page);
  const alert = connection(page).getByRole('alert');
  await expect(alert).toContainText('Remote management is disabled');
  await expect(alert).toContainText('takes management calls from its own machine only');
  await expect(alert).toContainText('MANAGEMENT_PASSWORD=…');
  await expect(alert).toContainText('ssh -N -L 8317:127.0.0.1:8317');

  await context.grantPermissions(['clipboard-read']);
  await alert.getByRole('button', { name: 'Copy this line' }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'remote-management:\n  allow-remote: true',
  );
});

test.describe('without a management key at the server', () => {
  test.use({ serverConfig: configYaml().replace('management-key-of-the-tests', '') });

  test('[H-14] management that is off is told from another program, and from a wrong path', async ({
    keyferry,
    server,
    startProxy,
  }) => {
    const page = await keyferry.openOptions();
    const alert = page.getByRole('main').getByRole('alert');
    const connect = async (address: string) => {
      await fillServer(page, { address, key: 'a-key' });
      await page.getByRole('button', { name: 'Connect server' }).click();
    };
    await connect(server.url);
    await expect(alert).toContainText('Management is switched off');
    await expect(alert).toContainText('runs in Home mode');
    await expect(alert).toContainText('template client keys');
    await expect(alert).toContainText('remote-management: secret-key: "…"');

    const another = await startProxy({ answers: () => html(200) });
    await connect(another.url);
    await expect(alert).toContainText('is not CLIProxyAPI');
    await expect(alert).toContainText('another program, a login page, or a wrong path');

    const prefixed = await startProxy({
      answers: ({ path }) => (path.startsWith('/cpa/') ? undefined : html(404)),
    });
    await connect(prefixed.url);
    await expect(alert).toContainText('a web page (HTTP 404)');
    await expect(alert).toContainText('the path prefix belongs to the address');
  });
});

test.describe('on version 7.1.76 with client keys of the template', () => {
  test.use({
    serverVersion: '7.1.76',
    serverConfig: configYaml().replace('client-key-of-the-tests', 'your-api-key-1'),
  });

  test('a server that answers nothing but its warning is read with permission, and says what to replace', async ({
    extension,
    keyferry,
    server,
  }) => {
    await extension.preapprove(`${server.url}/*`);
    const page = await keyferry.openOptions();
    await fillServer(page, { address: server.url, key: server.managementKey });
    await page.getByRole('button', { name: 'Connect server' }).click();
    const main = page.getByRole('main');
    await expect(main).toContainText('answers, but the browser may not read it');
    await page.getByRole('button', { name: 'Allow access' }).click();
    await expect(main).toContainText('In safe mode: its client keys are still the template ones');
    await expect(main.getByRole('alert')).toContainText('Management is switched off');
    await expect(main.getByRole('alert')).toContainText('replace your-api-key-1 and its like');
  });
});

test('a list of unknown shape is no empty list: the test stops there', async ({
  keyferry,
  server,
  startProxy,
}) => {
  const proxy = await startProxy({
    answers: ({ method, path }) =>
      method === 'GET' && path.endsWith('/openai-compatibility')
        ? json(200, { 'openai-compatibility': { name: 'no list' } })
        : undefined,
  });
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, { name: 'Team', address: proxy.url, key: server.managementKey });
  await testConnection(page);
  const alert = connection(page).getByRole('alert');
  await expect(alert).toContainText('Team answered in an unknown form (HTTP 200)');
  await expect(alert).toContainText('could be lost');
  await expect(connection(page)).toContainText('modelsNot asked yet');
});

test('[I-30] a method that a proxy does not let pass is named, with the hint to allow it and to look at the log', async ({
  keyferry,
  server,
  startProxy,
}) => {
  const proxy = await startProxy({
    answers: ({ method }) => (method === 'PUT' ? html(405) : undefined),
  });
  const page = await keyferry.openOptions();
  await fillServer(page, { address: proxy.url, key: server.managementKey });
  await page.getByRole('button', { name: 'Connect server' }).click();
  await expect(keyferry.results(page)).toContainText('Connected.');
  const popup = await keyferry.openPopup();
  await keyferry.addKey(popup, { name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  const results = keyferry.results(popup);
  await expect(results).toContainText('PUT openai-compatibility');
  await expect(results).toContainText('allow GET, PUT, PATCH and DELETE in the proxy');
  await expect(results).toContainText('log');
  expect(await server.providers()).toEqual([]);
});

test('[I-10] [M-04] [H-02] without a key nothing is sent to the management API', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await fillServer(page, { address: server.url });
  await page.getByRole('button', { name: 'Connect server' }).click();
  await expect(keyField(page)).toHaveAccessibleDescription('The key is missing. Paste the key.');
  expect(server.standIn?.log).toEqual([]);

  const popup = await keyferry.openPopup();
  await addressField(popup).fill(server.url);
  await popup.getByRole('button', { name: 'Connect server' }).click();
  await expect(keyField(popup)).toHaveAccessibleDescription('The key is missing. Paste the key.');
  await popup.close();

  await connectFirst(page, server);
  const before = server.standIn?.log.length;
  await addServer(page, { name: 'Team', address: server.url, key: '  ' });
  await testConnection(page);
  await expect(keyField(page)).toHaveAccessibleDescription('The key is missing. Paste the key.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(keyField(page)).toHaveAccessibleDescription('The key is missing. Paste the key.');
  expect(server.standIn?.log.length).toBe(before);
});
