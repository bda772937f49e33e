import { expect, test } from './fixtures.ts';
import {
  addressField,
  connectFirst,
  connection,
  dropFile,
  keyField,
  testConnection,
} from './servers-room.ts';

const HASH = '$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';

test('a config.yaml dropped on the page fills in address and key, and is sent nowhere', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  const { port } = new URL(server.url);
  await dropFile(
    page,
    `# mine\nport: ${port}\nremote-management:\n  secret-key: "${server.managementKey}"\n`,
  );
  await expect(addressField(page)).toHaveValue(`http://127.0.0.1:${port}`);
  await expect(keyField(page)).toHaveValue(server.managementKey);
  await expect(page.getByText('Address and key are filled in.')).toBeVisible();
  expect(server.standIn?.log).toEqual([]);

  await page.getByRole('button', { name: 'Connect server' }).click();
  await expect(keyferry.results(page)).toContainText('Connected.');
});

test('a config.yaml with a hashed key fills in the address, and says what to do about the key', async ({
  keyferry,
}) => {
  const page = await keyferry.openOptions();
  await keyField(page).fill('typed-before');
  await dropFile(
    page,
    `port: 9000\nhost: "::"\ntls:\n  enable: true\nremote-management:\n  secret-key: ${HASH}\n`,
  );
  await expect(addressField(page)).toHaveValue('https://127.0.0.1:9000');
  await expect(keyField(page)).toHaveValue('typed-before');
  await expect(page.getByText('the file holds only a hash of the key')).toBeVisible();
  await expect(page.getByText('or start it with MANAGEMENT_PASSWORD set')).toBeVisible();

  await dropFile(page, 'port: 9001\n');
  await expect(addressField(page)).toHaveValue('http://127.0.0.1:9001');
  await expect(page.getByText('management is off unless MANAGEMENT_PASSWORD is set')).toBeVisible();
});

test('a file that is no YAML is told by line and column, and another one by what it lacks', async ({
  keyferry,
}) => {
  const page = await keyferry.openOptions();
  await dropFile(page, 'port: 8317\nremote-management:\n  secret-key: "plain\n');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Not valid YAML: line 4, column 1.');
  await dropFile(page, 'services:\n  db:\n    image: postgres\n');
  await expect(alert).toContainText('This is not a config.yaml of CLIProxyAPI.');
  await expect(alert).toContainText('neither port nor remote-management');
  await dropFile(page, 'just a line of text');
  await expect(alert).toContainText('This is not a config.yaml of CLIProxyAPI.');
  await expect(addressField(page)).toHaveValue('127.0.0.1:8317');
});

test('Choose file takes a config.yaml too, for a server that is set up', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose file' }).click();
  const text = `port: ${new URL(server.url).port}\nremote-management:\n  secret-key: wrong-one\n`;
  await (await chooser).setFiles({
    name: 'config.yaml',
    mimeType: 'application/yaml',
    buffer: Buffer.from(text),
  });
  await expect(keyField(page)).toHaveValue('wrong-one');
  await expect(page.getByText('Unsaved changes')).toBeVisible();
  await testConnection(page);
  await expect(connection(page)).toContainText('refused the management key');
});
