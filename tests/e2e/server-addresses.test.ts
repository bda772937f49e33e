import { expect, test } from './fixtures.ts';
import {
  addressField,
  addServer,
  connectFirst,
  connection,
  fillServer,
  testConnection,
  understoodAddress,
} from './servers-room.ts';

const forms: readonly (readonly [typed: string, becomes: string, said?: string])[] = [
  ['localhost:8317', 'http://localhost:8317/v0/management'],
  [' http://nas:8317/ ', 'http://nas:8317/v0/management', 'the address is private'],
  ['nas:8317/v0/management/', 'http://nas:8317/v0/management', 'the address is private'],
  ['http://nas:8317/v0/management/v0/management', 'http://nas:8317/v0/management'],
  [
    'http://localhost:8317/management.html#/providers',
    'http://localhost:8317/v0/management',
    '/management.html replaced',
  ],
  [
    'http://localhost:8317/v0/management/openai-compatibility?name=x',
    'http://localhost:8317/v0/management',
    'The path of one endpoint is cut',
  ],
  ['https://cpa.example/proxy', 'https://cpa.example/proxy/v0/management'],
  ['cpa.example', 'https://cpa.example/v0/management'],
  ['[fd00::20]:8317', 'http://[fd00::20]:8317/v0/management', 'the address is private'],
  ['::1', 'http://[::1]/v0/management'],
];

test.describe('with a server on the default port', () => {
  test.use({
    hosts: async ({ server }, use) => use({ 'localhost:8317': new URL(server.url).host }),
  });

  test('[I-08] the address of the documentation works, and any other form is shown as what it became', async ({
    keyferry,
    server,
  }) => {
    const page = await keyferry.openOptions();
    for (const [typed, becomes, said] of forms) {
      await addressField(page).fill(typed);
      await expect(understoodAddress(page)).toHaveText(becomes);
      if (said) await expect(addressField(page)).toHaveAccessibleDescription(new RegExp(said));
    }
    await connectFirst(page, { ...server, url: 'http://localhost:8317/v0/management' });
    // As it should be, it needs no word.
    await expect(addressField(page)).toHaveAccessibleDescription('');
    expect(server.standIn?.log).toContainEqual(
      expect.objectContaining({ path: '/v0/management/debug', status: 200 }),
    );
  });
});

test('[H-07] [H-08] [I-28] with the path doubled, or that of one endpoint, it is the same server @server', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  for (const path of [
    '/v0/management/v0/management',
    '/openai-compatibility',
    '/v0/management/openai-compatibility',
    '/management.html',
    '//v0//management//',
  ]) {
    await fillServer(page, { address: server.url + path });
    await expect(understoodAddress(page)).toHaveText(`${server.url}/v0/management`);
    await testConnection(page);
    await expect(connection(page)).toContainText('models served');
  }
});

test('[H-09] without a scheme it is plain http at home, and https elsewhere @server', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await addressField(page).fill('cpa.example');
  await expect(understoodAddress(page)).toHaveText('https://cpa.example/v0/management');
  await connectFirst(page, { ...server, url: server.url.replace('http://', '') });
  await expect(addressField(page)).toHaveValue(`${server.url}/v0/management`);
});

test('[H-13] the path prefix of a reverse proxy belongs to the address', async ({
  extension,
  keyferry,
  server,
  startProxy,
}) => {
  const proxy = await startProxy({ prefix: '/tools/cpa' });
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, {
    address: `${proxy.url}/management.html`,
    key: server.managementKey,
  });
  await expect(understoodAddress(page)).toHaveText(`${proxy.url}/v0/management`);
  await testConnection(page);
  await expect(connection(page)).toContainText('models served');
  for (const { path } of proxy.seen) expect(path).toMatch(/^\/tools\/cpa\//);

  const root = proxy.url.replace('/tools/cpa', '');
  await extension.preapprove(`${root}/*`);
  await fillServer(page, { address: root });
  await testConnection(page);
  await expect(connection(page)).toContainText('or a wrong path');
  await page.getByRole('button', { name: 'Allow access' }).click();
  await expect(connection(page)).toContainText('is not CLIProxyAPI');
  await expect(connection(page)).toContainText('the path prefix belongs to the address');
});

test.describe('on another machine', () => {
  test.use({
    serverConfig: [
      'port: 0',
      'remote-management:',
      '  secret-key: management-key-of-the-tests',
      '  allow-remote: true',
      'api-keys: [client-key-of-the-tests]',
    ].join('\n'),
  });

  test('[M-01] a server works here and elsewhere', async ({ keyferry, server, startProxy }) => {
    // The server believes what a proxy says about the caller's address: so this one comes from afar.
    const proxy = await startProxy({ adds: { 'x-forwarded-for': '203.0.113.7' } });
    const page = await keyferry.openOptions();
    await connectFirst(page, server);
    await addServer(page, { address: proxy.url, key: server.managementKey });
    await testConnection(page);
    await expect(connection(page)).toContainText('models served');
  });
});

test('what is no address is told at its field, and nothing is sent', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  const before = server.standIn?.log.length;
  for (const [typed, said] of [
    ['', 'The address is missing.'],
    ['two words', 'This is not an address.'],
    ['ftp://nas', 'Only http and https addresses work here.'],
    ['http://me:secret@nas:8317', 'The address contains a user name or password.'],
  ] as const) {
    await addressField(page).fill(typed);
    await testConnection(page);
    await expect(addressField(page)).toHaveAccessibleDescription(new RegExp(`^${said} .+\\.$`));
  }
  expect(server.standIn?.log.length).toBe(before);
});
