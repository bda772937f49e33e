import { expect, test } from './fixtures.ts';

/** Runs in the worker. */
declare const chrome: {
  commands: { getAll(): Promise<{ name: string; shortcut: string }[]> };
};

test('the popup opens from the toolbar', async ({ extension }) => {
  const popup = await extension.openPopup();
  await expect(popup).toHaveTitle('Keyferry');
});

test('a shortcut of its own opens it', async ({ extension }) => {
  const worker = await extension.worker();
  const commands = await worker.evaluate(() => chrome.commands.getAll());
  expect(commands).toMatchObject([{ name: '_execute_action', shortcut: 'Alt+Shift+K' }]);
});
