import { expect, test } from './fixtures.ts';
import { type ServerUnderTest, wrongKeys } from './server-under-test.ts';
import {
  addServer,
  connectFirst,
  connection,
  fillServer,
  keyField,
  saveServer,
  testConnection,
} from './servers-room.ts';

const managementCalls = ({ standIn }: ServerUnderTest): number =>
  (standIn?.log ?? []).filter(
    ({ method, path }) => method !== 'OPTIONS' && path.startsWith('/v0/management'),
  ).length;

test('a wrong key is told, is not sent again by itself, and asks before the third try; the fifth is refused', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await fillServer(page, { key: 'wrong-1' });
  await saveServer(page);
  const alert = connection(page).getByRole('alert');
  await expect(alert).toContainText('refused the management key');
  await expect(alert).toContainText('Nothing more is sent by itself');
  await expect(page.getByText('Wrong tries from here: 1.')).toBeVisible();

  // The popup looks at its server by itself.
  const popup = await keyferry.openPopup();
  await expect(popup.getByText('It refused the management key.')).toBeVisible();
  await popup.close();
  expect(wrongKeys(server)).toBe(1);

  await alert.getByRole('button', { name: 'Change key' }).click();
  await expect(keyField(page)).toBeFocused();
  await fillServer(page, { key: 'wrong-2' });
  await testConnection(page);
  await expect(page.getByText('Wrong tries from here: 2.')).toBeVisible();
  for (const left of [3, 2]) {
    await testConnection(page);
    await expect(alert).toContainText(`At most ${left} tries left`);
    expect(wrongKeys(server)).toBe(5 - left);
    await alert.getByRole('button', { name: 'Do it anyway' }).click();
    await expect(alert).toContainText('refused the management key');
  }
  await testConnection(page);
  await expect(alert).toContainText('One more wrong key would lock this address out');
  await expect(alert.getByRole('timer')).toHaveText(/^(30:00|29:\d\d)$/);
  expect(wrongKeys(server)).toBe(4);

  await fillServer(page, { key: server.managementKey });
  await testConnection(page);
  await expect(alert).toContainText('One more wrong key');
  await alert.getByRole('button', { name: 'Do it anyway' }).click();
  await expect(connection(page)).toContainText('Key accepted');
});

test('[H-01] a ban is shown with the time that is left, and until then nothing is sent', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  const other = { headers: { 'X-Management-Key': 'of-another-program' } };
  for (let tries = 0; tries < 5; tries += 1) {
    await fetch(`${server.url}/v0/management/debug`, other);
  }
  await testConnection(page);
  const alert = connection(page).getByRole('alert');
  await expect(alert).toContainText('shut this address out');
  await expect(alert).toContainText('from Keyferry or another program');
  const timer = alert.getByRole('timer', { name: 'Opens again in 30 minutes' });
  await expect(timer).toHaveText(/^(30:00|29:\d\d)$/);
  await expect(timer).not.toHaveText(await timer.innerText()); // It runs.

  const before = managementCalls(server);
  await testConnection(page);
  await expect(alert).toContainText('shut this address out');
  await fillServer(page, { key: 'another' });
  await testConnection(page);
  await expect(alert).toContainText('Until it opens, nothing is sent');
  const popup = await keyferry.openPopup();
  await expect(popup.getByText('shut this address out')).toBeVisible();
  expect(managementCalls(server)).toBe(before);
});

test('[H-03] a key pasted with blanks, line breaks or Bearer is the key itself @server', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, {
    ...server,
    managementKey: `  Authorization: Bearer ${server.managementKey} \n`,
  });
  await testConnection(page);
  await expect(connection(page)).toContainText('Key accepted');
});

test('[H-04] [M-07] the hash of a key is told from the key, and not sent', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  const before = server.standIn?.log.length;
  for (const prefix of ['$2a$', '$2b$', '$2y$']) {
    await fillServer(page, {
      key: `${prefix}10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy`,
    });
    await testConnection(page);
    await expect(keyField(page)).toHaveAccessibleDescription(
      /^This is a hash\. Paste the plain key\./,
    );
    await expect(page.getByRole('alert')).toContainText('--password');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(keyField(page)).toHaveAccessibleDescription(/This is a hash/);
  }
  expect(server.standIn?.log.length).toBe(before);
});

test('[H-05] a client key in place of the management key is told, for one call', async ({
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await addServer(page, { name: 'Team', address: server.url, key: server.clientKey ?? '' });
  const before = managementCalls(server);
  await testConnection(page);
  const alert = connection(page).getByRole('alert');
  await expect(alert).toContainText('This is a client key of Team, not its management key');
  await expect(alert).toContainText('Enter the plain remote-management.secret-key');
  expect(managementCalls(server)).toBe(before + 1);
});
