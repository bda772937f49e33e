import { expect, test } from './fixtures.ts';
import { connectFirst } from './servers-room.ts';

const API_KEY = 'sk-test-history-0123456789';

test('an import leaves an entry that opens from its notice, with what was changed and asked @server', async ({
  context,
  keyferry,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main', apiKey: API_KEY });
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
  await keyferry.closeOthers(popup);
  const opened = context.waitForEvent('page');
  await keyferry.results(popup).getByRole('button', { name: 'Details' }).click();

  const page = await opened;
  const entry = page.getByRole('main').getByRole('listitem').first();
  await expect(entry.getByRole('button', { expanded: true })).toContainText('Created claude-main');
  await expect(entry).toContainText('a new provider claude-main');
  await expect(entry).toContainText('3 models gpt-5, kimi-k2, vendor/glm-4.6');
  await expect(entry).toContainText('{"api-key": "sk-tes••••6789"}');
  const requests = entry.getByRole('table', { name: 'Requests' }).getByRole('row');
  await expect(requests).toContainText([
    /^GETopenai-compatibility200\d+ ms$/,
    /^PUTopenai-compatibility200\d+ ms$/,
    /^GETopenai-compatibility200\d+ ms$/,
  ]);
  expect(await page.content()).not.toContain(API_KEY);
});

test('Details of an import opens its entry in the Settings that are open, and nothing is lost there', async ({
  context,
  extension,
  keyferry,
  server,
}) => {
  const page = await keyferry.openOptions();
  await connectFirst(page, server);
  await page.getByRole('textbox', { name: 'Server name' }).fill('Home NAS');
  await keyferry.closeOthers(page);
  const popup = await keyferry.openPopup();
  for (const [name, done] of [
    ['one', 'Created one'],
    ['two', 'Added key to one'],
  ] as const) {
    await keyferry.addKey(popup, { name });
    await keyferry.importKey(popup, name);
    const notices = keyferry.results(popup);
    await expect(notices).toContainText(done);
    await notices.getByRole('button', { name: 'Details' }).first().click();
    await expect(page.getByRole('button', { expanded: true })).toContainText(done);
  }
  const settings = extension.url('options.html');
  expect(context.pages().filter((each) => each.url().startsWith(settings))).toHaveLength(1);
  await page.getByRole('link', { name: 'Servers' }).click();
  await expect(page.getByRole('textbox', { name: 'Server name' })).toHaveValue('Home NAS');
});

test('History is searched by key, provider and server, and says when it is empty', async ({
  keyferry,
  relay,
}) => {
  const page = await keyferry.openOptions('history');
  await expect(page.getByRole('main')).toContainText('Nothing changed yet');
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Created claude-main');
  await keyferry.addKey(popup, { name: 'second', apiKey: 'sk-test-second-0123456789' });
  await keyferry.importKey(popup, 'second');
  await expect(keyferry.results(popup)).toContainText('Added key to claude-main');
  await keyferry.importKey(popup, 'second');
  await expect(keyferry.results(popup)).toContainText('changed nothing');

  const entries = page.getByRole('main').getByRole('listitem');
  await expect(entries).toContainText([
    'Import of second changed nothing: it stood already',
    'Added key to claude-main',
    'Created claude-main',
  ]);
  const search = page.getByRole('searchbox', { name: 'Search history' });
  await search.fill('SECOND');
  await expect(entries).toHaveCount(2);
  await search.fill(new URL(relay.url).host);
  await expect(entries).toHaveCount(3);
  await search.fill('nowhere');
  await expect(page.getByRole('main')).toContainText('No entry matches');
});

test('an import that is under way stands in History with its progress, and then its result', async ({
  keyferry,
  server,
  startProxy,
}) => {
  const gate = Promise.withResolvers<undefined>();
  const proxy = await startProxy({
    answers: ({ method }) => (method === 'PUT' ? gate.promise : undefined),
  });
  const page = await keyferry.openOptions();
  await connectFirst(page, { ...server, url: proxy.url });
  await page.getByRole('link', { name: 'History' }).click();
  const popup = await keyferry.openPopup();
  await keyferry.addKey(popup, { name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');

  const progress = page.getByRole('progressbar', { name: 'Importing claude-main' });
  await expect(progress).toHaveAttribute('aria-valuenow', '3');
  await expect(progress).toHaveAttribute('aria-valuemax', '5');
  const main = page.getByRole('main');
  await expect(main).toContainText('Importing claude-main: Writing, step 3 of 5');
  gate.resolve(undefined);
  await expect(main.getByRole('button', { name: 'Created claude-main' })).toBeVisible();
  await expect(progress).toBeHidden();
});

test('a failed import says in History what happened and what to do', async ({
  keyferry,
  server,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main' });
  await server.standIn?.close();
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('claude-main not imported');
  const page = await keyferry.openOptions('history');
  await page.getByRole('button', { name: 'claude-main not imported' }).click();
  await expect(page.getByRole('main')).toContainText('does not answer');
  await expect(page.getByRole('main')).toContainText('Start CLIProxyAPI and check the address');
});
