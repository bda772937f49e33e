import { expect, test } from './fixtures.ts';
import { configYaml } from './server-under-test.ts';
import {
  addServer,
  connectFirst,
  connection,
  fillServer,
  listedServer,
  saveServer,
  testConnection,
} from './servers-room.ts';

const provider = (name: string, models: readonly string[]) => ({
  name,
  'base-url': `https://${name}.example/v1`,
  'api-key-entries': [{ 'api-key': `sk-test-${name}-0123456789` }],
  models: models.map((id) => ({ name: id, alias: id })),
});

test('[M-08] a test asks without a key, then once with it, and only then what it shows', async ({
  keyferry,
  server,
}) => {
  await server.setProviders([provider('relay-a', ['gpt-5', 'kimi-k2']), provider('relay-b', [])]);
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  const before = server.standIn?.log.length ?? 0;
  await testConnection(page);

  const stops = connection(page).getByRole('listitem');
  await expect(stops).toContainText([
    /^Service answers\d+ ms/,
    /^Key accepted\d+ ms/,
    /^Version 7\.2\.140/,
    /^2 providers\d+ ms2 OpenAI-compatible/,
    /^2 models served\d+ msAsked with client key client••••ests/,
  ]);
  await expect(connection(page).getByText('Connected', { exact: true })).toBeVisible();
  const asked = server.standIn?.log.slice(before).filter(({ method }) => method !== 'OPTIONS');
  expect(asked?.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /',
    'GET /v0/management/debug',
    'GET /v0/management/openai-compatibility',
    'GET /v0/management/claude-api-key',
    'GET /v0/management/gemini-api-key',
    'GET /v0/management/codex-api-key',
    'GET /v0/management/api-keys',
    'GET /v1/models',
  ]);
  expect(asked?.every(({ status }) => status === 200)).toBe(true);
});

test('the figures are those of the server @server', async ({ keyferry, server }) => {
  await server.setProviders([provider('relay-a', ['gpt-5', 'kimi-k2'])]);
  // Up to v7.1.x a real server serves them only after its file watcher has seen the write.
  await expect.poll(() => server.servedModels()).toEqual(['gpt-5', 'kimi-k2']);
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await testConnection(page);
  await expect(connection(page)).toContainText('1 OpenAI-compatible');
  await expect(connection(page)).toContainText('2 models served');
  await server.setProviders([]);
});

for (const [version, detail] of [
  ['7.0.12', 'Writes one provider by name'],
  ['6.5.65', 'Writes whole providers'],
] as const) {
  test.describe(`on version ${version}`, () => {
    test.use({ serverVersion: version });

    test('a version that the browser may not read is read once the person allows it', async ({
      extension,
      keyferry,
      server,
    }) => {
      await extension.preapprove(`${server.url}/*`);
      const page = await keyferry.openOptions();
      await connectFirst(page, server);
      await testConnection(page);
      await expect(connection(page)).toContainText('Version older than 7.1.73');
      await expect(connection(page)).toContainText('needs access to this address');
      await expect(connection(page)).toContainText('models served');

      await page.getByRole('button', { name: 'Allow access' }).click();
      await expect(connection(page)).toContainText(`Version ${version}`);
      await expect(connection(page)).toContainText(detail);
      await expect(connection(page)).not.toContainText('older than');
      await expect(page.getByRole('button', { name: 'Allow access' })).toBeHidden();
    });
  });
}

test('a test that takes long can be cancelled, and shows nothing at another server', async ({
  keyferry,
  server,
  startProxy,
}) => {
  const silent = await startProxy({ answers: () => new Promise(() => {}) });
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  const first = server.url.replace('http://', '');
  await addServer(page, { name: 'Silent', address: silent.url, key: 'some-key' });
  await saveServer(page);
  await expect(connection(page).getByText('Testing', { exact: true })).toBeVisible();
  await listedServer(page, first).click();
  await expect(connection(page)).not.toContainText('Testing');

  await listedServer(page, 'Silent').click();
  await testConnection(page);
  await connection(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(connection(page)).toContainText('CancelledNothing was changed.');
  await expect(connection(page).getByText('Testing', { exact: true })).toBeHidden();
  // It answers nothing about the server.
  await expect(listedServer(page, 'Silent')).toContainText('Not checked yet');
});

test('a server that does not answer in time is told apart from one that is not there', async ({
  extension,
  keyferry,
  server,
  startProxy,
}) => {
  const worker = await extension.worker();
  await worker.evaluate(() => {
    const { timeout } = AbortSignal;
    AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms / 20);
  });
  const silent = await startProxy({ answers: () => new Promise(() => {}) });
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, { name: 'Silent', address: silent.url, key: 'some-key' });
  await testConnection(page);
  await expect(connection(page)).toContainText('Silent did not answer within 15 s');
  await expect(connection(page)).toContainText('look at the server’s log');
});

test.describe('with client keys of the template', () => {
  test.use({
    serverConfig: configYaml().replace('client-key-of-the-tests', 'your-api-key-1'),
  });

  test('management works, and the test says that clients get nothing yet', async ({
    keyferry,
    server,
  }) => {
    const page = await keyferry.openOptions();
    await connectFirst(page, server);
    await testConnection(page);
    await expect(connection(page)).toContainText('In safe mode');
    await expect(connection(page)).toContainText('Key accepted');
    await expect(connection(page).getByRole('alert')).toContainText('answers no client yet');
    await expect(connection(page).getByRole('alert')).toContainText('Replace your-api-key-1');
  });
});

test('what was tested is known of the server once it is saved, without another call', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await expect(connection(page)).toContainText('Version 7.2.140');
  await addServer(page, { name: 'Team', address: server.url, key: server.managementKey });
  await testConnection(page);
  await expect(connection(page)).toContainText('models served');
  const before = server.standIn?.log.length;
  await saveServer(page);
  await expect(listedServer(page, 'Team')).toContainText('Connected');
  expect(server.standIn?.log.length).toBe(before);

  await fillServer(page, { key: 'a-wrong-key' });
  await saveServer(page);
  await expect(listedServer(page, 'Team')).toContainText('refused the management key');
});
