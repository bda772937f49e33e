import type { BrowserContext, Page, TestInfo } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Runs in the page. */
declare const browser: { runtime: { sendMessage(message: { name?: string }): Promise<unknown> } };

/** Keeps what the popup looks like in a state, for people to look at. */
async function keepPicture(popup: Page, info: TestInfo, name: string): Promise<void> {
  await info.attach(name, { body: await popup.screenshot(), contentType: 'image/png' });
}

/** Answers one kind of request in place of the worker: not at all, or with a failure. */
async function answerInstead(
  context: BrowserContext,
  name: string,
  failure: object | 'never',
): Promise<void> {
  await context.addInitScript(
    ([asked, instead]) => {
      if (!('browser' in globalThis)) return;
      const send = browser.runtime.sendMessage.bind(browser.runtime);
      browser.runtime.sendMessage = (message) => {
        if (message.name !== asked) return send(message);
        return instead === 'never'
          ? new Promise(() => {})
          : Promise.resolve({ ok: false, failure: instead });
      };
    },
    [name, failure] as const,
  );
}

test('[I-10] without a server the popup asks for address and management key, and sends nothing without a key', async ({
  extension,
  keyferry,
  server,
}, info) => {
  const popup = await keyferry.openPopup();
  await expect(popup.getByRole('heading', { name: 'Connect your server' })).toBeVisible();
  await keepPicture(popup, info, 'no server');
  await popup.getByRole('textbox', { name: 'Management base URL' }).fill(server.url);
  await popup.getByRole('button', { name: 'Connect server' }).click();
  await expect(popup.getByText('The key is missing')).toBeVisible();
  await expect(popup.getByRole('button', { name: 'Add key' })).toHaveCount(0);
  expect(server.standIn?.log ?? []).toEqual([]);

  await keyferry.closeOthers(popup);
  const opened = popup.context().waitForEvent('page');
  await popup.getByRole('link', { name: 'Settings' }).click();
  await expect(await opened).toHaveURL(extension.url('options.html#servers'));
});

test('[I-16] [I-27] an import without a server tells so and leads to the settings', async ({
  context,
  extension,
  keyferry,
}) => {
  await keyferry.ready({ name: 'claude-main' });
  // A popup that does not hear what other windows do.
  const deaf = await context.newPage();
  await deaf.addInitScript(() =>
    Object.assign(browser.runtime, { onMessage: { addListener() {}, removeListener() {} } }),
  );
  await deaf.goto(extension.url('popup.html'));
  await expect(keyferry.card(deaf, 'claude-main')).toBeVisible();
  const options = await keyferry.openOptions();
  await options.getByRole('button', { name: 'Remove' }).click();
  await expect(options.getByRole('heading', { name: 'Where is your CLIProxyAPI?' })).toBeVisible();

  await keyferry.importKey(deaf, 'claude-main');
  const alert = deaf.getByRole('alert');
  await expect(alert).toContainText('No server is set up');
  await expect(alert).toContainText('Enter the address and the management key');
  await keyferry.closeOthers(deaf);
  const opened = context.waitForEvent('page');
  await alert.getByRole('button', { name: 'Open Settings' }).click();
  await expect(await opened).toHaveURL(extension.url('options.html#servers'));

  await deaf.reload();
  await expect(deaf.getByText('1 key is here already, and can be imported then')).toBeVisible();
});

test('[I-11] without a key the popup says where to get one, and takes it', async ({
  keyferry,
}, info) => {
  const popup = await keyferry.openPopup();
  await keyferry.connect(popup);
  await expect(popup.getByText('No keys yet')).toBeVisible();
  await expect(popup.getByText('Open the key page of a relay')).toBeVisible();
  await keepPicture(popup, info, 'no keys');
  await popup.getByRole('button', { name: 'Add your first key' }).click();
  await keyferry.saveKey(popup, { name: 'claude-main' });
  await expect(keyferry.card(popup, 'claude-main')).toBeVisible();
});

test('a server that is gone is told above the cards, and on an import', async ({
  keyferry,
  server,
}, info) => {
  const before = await keyferry.ready({ name: 'claude-main' });
  await before.close();
  await server.close();
  const popup = await keyferry.openPopup();
  await expect(popup.getByRole('alert')).toContainText('127.0.0.1', { timeout: 10_000 });
  await expect(popup.getByRole('alert')).toContainText('does not answer');
  await expect(popup.getByRole('alert')).toContainText('Start CLIProxyAPI');
  await keepPicture(popup, info, 'offline');

  await keyferry.importKey(popup, 'claude-main');
  const card = keyferry.card(popup, 'claude-main');
  await expect(card).toContainText('Import failed');
  await expect(card).toContainText('Start CLIProxyAPI and check the address');
  await expect(keyferry.results(popup)).toContainText('claude-main not imported');
  await popup.getByRole('button', { name: 'Attention 1' }).click();
  await expect(card).toBeVisible();
  await keepPicture(popup, info, 'import failed');
});

test('while the worker wakes up the popup says that it opens', async ({
  context,
  keyferry,
}, info) => {
  await answerInstead(context, 'readPopup', 'never');
  const popup = await keyferry.openPopup();
  await expect(popup.getByText('Opening your keys…')).toBeVisible();
  await keepPicture(popup, info, 'loading');
});

test('a locked vault shows a page of its own', async ({ context, keyferry }, info) => {
  await answerInstead(context, 'readPopup', { code: 'vault/locked' });
  const popup = await keyferry.openPopup();
  await expect(popup.getByRole('heading', { name: 'Keyferry is locked' })).toBeVisible();
  await expect(popup.getByRole('alert')).toContainText('Unlock it to go on');
  await keepPicture(popup, info, 'locked');
});

test('keys that cannot be read are left as they are, and the popup says so', async ({
  extension,
  keyferry,
}, info) => {
  const popup = await keyferry.ready({ name: 'claude-main' });
  await damageCards(popup);
  // The worker of the next popup begins anew, with nothing in its memory.
  await extension.stopWorker();
  await popup.reload();
  await expect(popup.getByRole('alert')).toContainText('What is stored as “cards” cannot be read');
  await expect(popup.getByRole('alert')).toContainText('It was left as it is');
  await keepPicture(popup, info, 'unreadable');
});

/** Changes one byte of what is stored. Returns once it is stored. */
async function damageCards(popup: Page): Promise<void> {
  await popup.evaluate(async () => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('keyferry'));
    const sealed = () => database.transaction('sealed', 'readwrite').objectStore('sealed');
    const record = await done<{ data: ArrayBuffer }>(sealed().get('cards'));
    const bytes = new Uint8Array(record.data);
    bytes[0] = ~(bytes[0] ?? 0);
    await done(sealed().put(record, 'cards'));
    database.close();
  });
}

test('long names are cut where the buttons begin, and can be read in full', async ({
  keyferry,
  server,
  relay,
}) => {
  const long = 'Donaudampfschifffahrtsgesellschaftskapitänsproviderverwaltung';
  await server.setProviders([
    {
      name: long,
      'base-url': `${relay.url}/v1`,
      'api-key-entries': [{ 'api-key': 'sk-test-long-0123456789' }],
    },
  ]);
  const popup = await keyferry.ready({ name: `Key of ${long}`, apiKey: 'sk-test-long-0123456789' });
  const card = keyferry.card(popup, `Key of ${long}`);
  const button = await card.getByRole('button', { name: 'Import to CLIProxyAPI' }).boundingBox();
  for (const words of [`Key of ${long}`, `In ${long}, without models`]) {
    const shown = card.getByTitle(words);
    await expect(shown).toHaveText(words);
    const box = await shown.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(button?.x ?? 0);
  }
});
