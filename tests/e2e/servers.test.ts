import { launch } from './chromium.ts';
import { expect, test } from './fixtures.ts';
import { wrongKeys } from './server-under-test.ts';
import {
  addressField,
  addServer,
  connectFirst,
  connection,
  fillServer,
  keyField,
  listedServer,
  saveServer,
  serverForm,
  testConnection,
} from './servers-room.ts';
import { storedText } from './stored-text.ts';

test('[I-12] Settings hold several servers, each with management base URL and key, one of them the default @server', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, { name: 'Team', address: server.url, key: server.managementKey });
  await saveServer(page);

  const list = page.getByRole('main').getByRole('list', { name: 'Servers' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(listedServer(page, 'Team')).toContainText('Connected');
  await expect(listedServer(page, 'Team')).not.toContainText('Default');

  await page.getByRole('button', { name: 'Make default' }).click();
  await expect(listedServer(page, 'Team')).toContainText('Default');
  await expect(list.getByText('Default')).toHaveCount(1);
  const popup = await keyferry.openPopup();
  await expect(popup.getByRole('combobox', { name: 'Server' })).toHaveValue(/.+/);
  await expect(popup.getByRole('option', { selected: true })).toHaveText('Team');
});

test('[I-13] what was saved is there when the browser starts again, and imports with it', async ({
  context,
  extension,
  keyferry,
  profile,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await context.close();

  const again = await launch(profile);
  const popup = await again.newPage();
  await popup.goto(extension.url('popup.html'));
  await keyferry.addKey(popup, { name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
  expect(await server.providers()).toMatchObject([{ name: 'claude-main' }]);
  await again.close();
});

test('a notice goes after eight seconds, however often the page is drawn meanwhile', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await page.clock.install();
  await connectFirst(page, server);
  await expect(keyferry.results(page)).toContainText('Connected.');
  await page.clock.fastForward('00:05');
  await testConnection(page);
  await expect(connection(page)).toContainText('models served');
  await expect(keyferry.results(page)).toContainText('Connected.');
  await page.clock.fastForward('00:04');
  await expect(keyferry.results(page)).toBeEmpty();
});

test('an edit with an empty key keeps the key', async ({ keyferry, server }) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await expect(keyField(page)).toHaveValue('');
  await fillServer(page, { name: 'Home NAS' });
  await saveServer(page);

  await expect(listedServer(page, 'Home NAS')).toBeVisible();
  await testConnection(page);
  await expect(connection(page)).toContainText('Key accepted');
});

test('a server that was removed comes back with Undo, in its place and as the default', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await fillServer(page, { name: 'Home NAS' });
  await saveServer(page);
  await addServer(page, { name: 'Team', address: server.url, key: server.managementKey });
  await saveServer(page);
  await listedServer(page, 'Home NAS').click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(keyferry.results(page)).toContainText('Removed Home NAS');
  await expect(listedServer(page, 'Home NAS')).toBeHidden();
  await expect(listedServer(page, 'Team')).toContainText('Default');

  await keyferry.results(page).getByRole('button', { name: 'Undo' }).click();
  const items = page.getByRole('list', { name: 'Servers' }).getByRole('listitem');
  await expect(items).toContainText(['Home NAS', 'Team']);
  await expect(listedServer(page, 'Home NAS')).toContainText('Default');
  await listedServer(page, 'Home NAS').click();
  await testConnection(page);
  await expect(connection(page)).toContainText('Key accepted');
});

test('unsaved changes stay while one looks elsewhere, and can be discarded', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await fillServer(page, { name: 'Home NAS', key: 'another-key' });
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('link', { name: 'Servers' }).click();
  await expect(page.getByRole('textbox', { name: 'Server name' })).toHaveValue('Home NAS');
  await expect(keyField(page)).toHaveValue('another-key');

  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('textbox', { name: 'Server name' })).not.toHaveValue('Home NAS');
  await expect(keyField(page)).toHaveValue('');
  await expect(page.getByText('Unsaved changes')).toBeHidden();
});

test('two servers cannot have one name, and without a name it is host and port', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  const place = server.url.replace('http://', '');
  await addServer(page, { name: place, address: server.url, key: server.managementKey });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('textbox', { name: 'Server name' })).toHaveAccessibleDescription(
    'Another server has this name. Choose another name.',
  );
});

test.describe('behind a proxy that asks for headers', () => {
  const wanted = { 'cf-access-client-id': 'id.access', 'cf-access-client-secret': 'hush-hush' };
  const asForm = Object.entries(wanted);

  test('up to three extra headers go with every request, and stay when the server is renamed', async ({
    keyferry,
    server,
    startProxy,
  }) => {
    const proxy = await startProxy({
      answers: ({ method, headers }) =>
        method === 'OPTIONS' || asForm.every(([name, value]) => headers[name] === value)
          ? undefined
          : { status: 403, headers: { 'access-control-allow-origin': '*' } },
    });
    const page = await keyferry.openOptions();
    await connectFirst(page, server);
    await addServer(page, { name: 'Team', address: proxy.url, key: server.managementKey });
    await testConnection(page);
    await expect(connection(page)).toContainText('answered 403');
    await expect(connection(page)).toContainText('extra request headers');

    await fillServer(page, { headers: [...asForm, ['X-Third', 'three']] });
    await expect(page.getByRole('button', { name: 'Add header' })).toBeHidden();
    await saveServer(page);
    await expect(connection(page)).toContainText('models served');
    await expect(page.getByLabel('Header 2 value')).toHaveValue('');

    await fillServer(page, { name: 'Office' });
    await saveServer(page);
    const before = proxy.seen.length;
    await testConnection(page);
    await expect(connection(page)).toContainText('Connected');
    const sent = proxy.seen.slice(before).filter(({ method }) => method !== 'OPTIONS');
    expect(sent.length).toBeGreaterThan(2);
    for (const { headers } of sent)
      expect(headers).toMatchObject({ ...wanted, 'x-third': 'three' });
    expect(await storedText(page)).not.toContain('hush-hush');
  });
});

test('a header that the server would take for the key comes with a warning, and one of the browser is refused', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await fillServer(page, { headers: [['authorization', 'Basic x']] });
  await expect(page.getByText('The proxy in front must remove Authorization')).toBeVisible();

  await page.getByRole('textbox', { name: 'Header 1 name' }).fill('Host');
  await expect(page.getByText('The proxy in front must remove')).toBeHidden();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Host is set by the browser or by Keyferry.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove header 1' }).click();
  await saveServer(page);
});

test.describe('at a public address', () => {
  test.use({
    hosts: async ({ server }, use) => use({ 'cpa.example:8317': new URL(server.url).host }),
  });

  test('no key goes over plain http, unless the person insists, which overrides nothing else', async ({
    keyferry,
    server,
  }) => {
    const page = await keyferry.openOptions();
    await connectFirst(page, server);
    const before = server.standIn?.log.length;
    await addServer(page, { name: 'VPS', address: 'http://cpa.example:8317', key: 'wrong-1' });
    await testConnection(page);
    await expect(addressField(page)).toHaveAccessibleDescription(/cpa\.example is public/);
    expect(server.standIn?.log.length).toBe(before);

    await page.getByRole('button', { name: 'Do it anyway' }).click();
    await expect(connection(page)).toContainText('refused the management key');
    await fillServer(page, { key: 'wrong-2' });
    await testConnection(page);
    await expect.poll(() => wrongKeys(server)).toBe(2);
    // The address is typed anew, so plain http is asked about anew; the tries stay counted.
    await addressField(page).fill('cpa.example');
    await addressField(page).fill('http://cpa.example:8317');
    await testConnection(page);
    await page.getByRole('button', { name: 'Do it anyway' }).click();
    await expect(connection(page)).toContainText('At most 3 tries left');
    // It was tested, and not saved.
    await expect(listedServer(page, 'VPS')).toBeHidden();
    await expect(serverForm(page, 'New server')).toBeVisible();
  });
});
