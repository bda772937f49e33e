import type { Worker } from '@playwright/test';
import type { RunningRelay } from '../stand-ins/relay/start-relay.ts';
import { webPageReply } from '../stand-ins/relay/troubles.ts';
import { expect, test } from './fixtures.ts';
import type { Keyferry } from './keyferry.ts';
import type { ServerUnderTest } from './server-under-test.ts';

type Switches = RunningRelay<'plain'>['switches'];

/** These run in a page of the extension, or in its worker. */
declare const browser: { permissions: { request(): Promise<boolean> } };
declare const chrome: {
  permissions: {
    request(wanted: { origins: string[] }): Promise<boolean>;
    getAll(): Promise<{ origins: string[] }>;
  };
};

const grantedOrigins = (worker: Worker): Promise<string[]> =>
  worker.evaluate(async () => (await chrome.permissions.getAll()).origins);

test('[I-20] the dialog reads the models from the relay, once per session, and again on request', async ({
  keyferry,
  relay,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main', apiKey: 'sk-test-main-0123456789' });
  const dialog = await keyferry.openDialog(popup, 'claude-main');
  await expect(dialog).toContainText('3 of 3 models');
  const asked = () => relay.log.filter(({ method }) => method === 'GET');
  expect(asked()).toMatchObject([{ path: '/v1/models', status: 200 }]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  relay.switches.models = ['a', 'b', 'c', 'd'];
  await keyferry.openDialog(popup, 'claude-main');
  await expect(dialog).toContainText('3 of 3 models');
  expect(asked()).toHaveLength(1);
  await dialog.getByRole('button', { name: 'Ask the relay again' }).click();
  await expect(dialog).toContainText('of 4 models');
});

const FAILURES: readonly [
  what: string,
  set: (relay: Switches) => void,
  words: readonly string[],
][] = [
  [
    'refuses the key (401)',
    (relay) => {
      relay.keys = [];
    },
    ['refused this key (401)', 'wrong, disabled, expired or used up', 'copy it again'],
  ],
  [
    'has no list (404)',
    (relay) => {
      relay.basePaths = ['/elsewhere'];
    },
    ['has no model list at this address (404)', 'Check the base URL, or enter the models by hand'],
  ],
  [
    'answers with a page (HTML)',
    (relay) => {
      relay.trouble = { kind: 'other-reply', reply: webPageReply };
    },
    ['sent a page instead of its model list', 'a bot check, or a wrong path', 'Open it in a tab'],
  ],
  [
    'stands behind a bot check',
    (relay) => {
      relay.trouble = { kind: 'bot-check', status: 403 };
    },
    ['Directly:', 'did not let the browser read', 'Through the server:', 'sent a page instead'],
  ],
];

for (const [what, set, words] of FAILURES) {
  test(`[H-25] a relay that ${what} is told in its own words, and its models can be typed`, async ({
    keyferry,
    relay,
    server,
  }) => {
    set(relay.switches);
    const popup = await keyferry.ready({ name: 'claude-main' });
    await keyferry.importKey(popup, 'claude-main');
    const dialog = keyferry.dialog(popup);
    for (const each of words) await expect(dialog.getByRole('alert')).toContainText(each);

    const search = dialog.getByRole('searchbox', { name: 'Search models' });
    await search.fill('typed/by-hand');
    await search.press('Enter');
    await expect(dialog.getByRole('checkbox', { name: 'typed/by-hand' })).toBeChecked();
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(keyferry.results(popup)).toContainText('Created claude-main · 1 model serving');
    expect(await server.providers()).toMatchObject([
      { models: [{ name: 'typed/by-hand', alias: 'typed/by-hand' }] },
    ]);
  });
}

test('[H-26] a relay without CORS is read through the server, without any permission', async ({
  extension,
  keyferry,
  relay,
  server,
}) => {
  relay.switches.cors = false;
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  await expect(keyferry.results(popup)).toContainText('Created claude-main · 3 models serving');
  expect((await server.providers())[0]?.models).toHaveLength(3);
  expect(await grantedOrigins(await extension.worker())).toEqual([]);
});

test('an address typed in the dialog is still there when the popup was closed in the middle', async ({
  keyferry,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main' });
  const dialog = await keyferry.openDialog(popup, 'claude-main');
  await expect(dialog).toContainText('3 of 3 models');
  await dialog.getByRole('button', { name: 'Select none' }).click();
  await expect(dialog).toContainText('0 of 3 models');
  const address = 'https://elsewhere.example/v1';
  await dialog.getByRole('textbox', { name: 'Base URL' }).fill(address);
  await popup.close();

  const again = keyferry.dialog(await keyferry.openPopup());
  await expect(again.getByRole('textbox', { name: 'Base URL' })).toHaveValue(address);
});

test('a relay that is not there is told both ways', async ({ keyferry, relay }) => {
  await relay.close();
  const popup = await keyferry.ready({ name: 'claude-main' });
  await keyferry.importKey(popup, 'claude-main');
  const alert = keyferry.dialog(popup).getByRole('alert');
  await expect(alert).toContainText('It sends no CORS headers, or does not answer');
  await expect(alert).toContainText(/Through the server: 127\.0\.0\.1:\d+ does not answer/);
});

test.describe('where the server is too old to ask for us', () => {
  test.use({ serverVersion: '6.5.65' });

  /** The dialog for a key of a relay without CORS, with its offer to allow access. */
  async function openHidden(
    keyferry: Keyferry,
    relay: RunningRelay<'plain'>,
    server: ServerUnderTest,
  ) {
    relay.switches.cors = false;
    const popup = await keyferry.ready({ name: 'claude-main' });
    await keyferry.importKey(popup, 'claude-main');
    const dialog = keyferry.dialog(popup);
    const alert = dialog.getByRole('alert');
    await expect(alert).toContainText('did not let the browser read');
    const { host } = new URL(server.url);
    await expect(alert).toContainText(`Through the server: ${host} does not know POST api-call`);
    return { popup, dialog };
  }

  test('[H-26] a relay without CORS is read with the permission for that one origin', async ({
    extension,
    keyferry,
    relay,
    server,
  }) => {
    await extension.preapprove(`${relay.url}/*`);
    const { popup, dialog } = await openHidden(keyferry, relay, server);
    await dialog.getByRole('button', { name: 'Allow access' }).click();
    await expect(dialog).toContainText('3 of 3 models');
    expect(await grantedOrigins(await extension.worker())).toEqual([`${relay.url}/*`]);
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(keyferry.results(popup)).toContainText('Created claude-main');
    expect((await server.providers())[0]?.models).toHaveLength(3);
  });

  test('a refused permission leaves the dialog as it is, and the models can be typed', async ({
    context,
    keyferry,
    relay,
    server,
  }) => {
    await context.addInitScript(() => {
      if ('browser' in globalThis) browser.permissions.request = async () => false;
    });
    const { dialog } = await openHidden(keyferry, relay, server);
    await dialog.getByRole('button', { name: 'Allow access' }).click();
    await dialog.getByRole('searchbox', { name: 'Search models' }).fill('gpt-5');
    await dialog.getByRole('button', { name: 'Add gpt-5' }).click();
    await expect(dialog.getByRole('checkbox', { name: 'gpt-5' })).toBeChecked();
    await expect(dialog.getByRole('alert')).toContainText('did not let the browser read');
  });

  test('the models are read even if the popup closed between the question and the permission', async ({
    context,
    extension,
    keyferry,
    relay,
    server,
  }) => {
    await extension.preapprove(`${relay.url}/*`);
    // The browser's prompt takes the focus, and that closes a popup. The answer comes later.
    await context.addInitScript(() => {
      if (!location.pathname.endsWith('popup.html')) return;
      browser.permissions.request = () => {
        window.close();
        return new Promise(() => {});
      };
    });
    const { popup, dialog } = await openHidden(keyferry, relay, server);
    const closed = popup.waitForEvent('close');
    // The popup may close before the click has been told as done.
    const click = dialog.getByRole('button', { name: 'Allow access' }).click();
    await Promise.all([closed, click.catch(() => {})]);
    const options = await keyferry.openOptions();
    await options.evaluate(
      (origin) => chrome.permissions.request({ origins: [origin] }),
      `${relay.url}/*`,
    );
    await expect.poll(() => relay.log.at(-1)).toMatchObject({ path: '/v1/models', status: 200 });

    const again = await keyferry.openPopup();
    await expect(keyferry.dialog(again)).toContainText('3 of 3 models');
  });
});
