import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { apiKeyOf } from './keyferry.ts';

/** Goes on to a control as a person without a mouse does. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let steps = 0; steps < 12; steps += 1) {
    await page.keyboard.press('Tab');
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to ${control.toString()}.`);
}

test('[X-18] in the toolbar popup the whole job is done by keyboard alone', async ({
  extension,
  keyferry,
  relay,
  server,
}) => {
  test.slow(); // It is a whole visit.
  const popup = await extension.openPopup();
  const { keyboard } = popup;
  const button = (name: string) => popup.getByRole('button', { name, exact: true });
  const importOf = (name: string) =>
    keyferry.card(popup, name).getByRole('button', { name: 'Import to CLIProxyAPI' });

  await test.step('connects the server', async () => {
    await expect(popup.getByRole('textbox', { name: 'Management base URL' })).toBeFocused();
    await keyboard.press('ControlOrMeta+a');
    await keyboard.insertText(server.url);
    await tabTo(popup, popup.getByLabel('Management key'));
    await keyboard.insertText(server.managementKey);
    await keyboard.press('Enter');
    await expect(button('Add key')).toBeVisible();
  });

  await test.step('adds keys, and is back at the button each time', async () => {
    for (const name of ['one', 'two', 'three']) {
      if (name === 'one') await tabTo(popup, button('Add key'));
      await expect(button('Add key')).toBeFocused();
      await keyboard.press('Enter');
      await expect(popup.getByRole('textbox', { name: 'Name' })).toBeFocused();
      await keyboard.type(name);
      await keyboard.press('Tab');
      await keyboard.insertText(relay.url);
      await keyboard.press('Tab');
      await keyboard.insertText(apiKeyOf(name));
      await keyboard.press('Enter');
      await expect(popup.getByRole('dialog')).toHaveCount(0);
    }
  });

  await test.step('searches, walks the cards, imports', async () => {
    await popup.reload();
    await expect(popup.getByRole('listitem')).toHaveCount(3);
    await keyboard.press('/');
    const search = popup.getByRole('searchbox', { name: 'Search keys' });
    await expect(search).toBeFocused();
    await keyboard.type('two');
    await expect(popup.getByRole('listitem')).toHaveCount(1);
    await keyboard.press('Escape');
    await expect(search).toHaveValue('');
    await expect(popup.getByRole('listitem')).toHaveCount(3);
    await keyboard.press('ArrowDown');
    await expect(importOf('three')).toBeFocused();
    await keyboard.press('ArrowDown');
    await expect(importOf('two')).toBeFocused();
    await keyboard.press('Enter');
    await expect(keyferry.results(popup)).toContainText('Created two');
    await expect(importOf('two')).toBeFocused();
    await keyboard.press('ArrowUp');
    await expect(importOf('three')).toBeFocused();
  });

  const dialog = keyferry.dialog(popup);
  const more = keyferry.card(popup, 'three').getByRole('button', { name: 'More actions' });
  const choose = async (key: 'Enter' | 'ArrowUp', item: string) => {
    await expect(more).toBeFocused();
    await keyboard.press('Enter');
    await expect(popup.getByRole('menuitem').first()).toBeFocused();
    if (key !== 'Enter') await keyboard.press(key);
    await expect(popup.getByRole('menuitem', { name: item })).toBeFocused();
  };
  await test.step('opens the menu and the dialog, and Escape leads back', async () => {
    await keyboard.press('Tab');
    await choose('ArrowUp', 'Remove');
    await keyboard.press('Escape');
    await choose('Enter', 'Import with options…');
    await keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeFocused();
    await keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(more).toBeFocused();
  });

  await test.step('ticks models, changes an alias, looks at the changes, imports', async () => {
    await choose('Enter', 'Import with options…');
    await keyboard.press('Enter');
    await expect(dialog).toContainText('1 key · 1 write');
    await tabTo(popup, dialog.getByRole('searchbox', { name: 'Search models' }));
    await keyboard.type('kimi');
    await tabTo(popup, dialog.getByRole('checkbox', { name: 'kimi-k2' }));
    await keyboard.press('Space');
    await expect(dialog).toContainText('1 of 3 models');
    await keyboard.press('Tab');
    await expect(dialog.getByRole('textbox', { name: 'Alias for kimi-k2' })).toBeFocused();
    await keyboard.press('ControlOrMeta+a');
    await keyboard.type('best');
    await tabTo(popup, dialog.getByRole('tab', { name: 'Models' }));
    await keyboard.press('ArrowRight');
    await expect(dialog.getByRole('tab', { name: 'Changes' })).toBeFocused();
    await expect(dialog.getByRole('tabpanel', { name: 'Changes' })).toContainText('best');
    await tabTo(popup, dialog.getByRole('button', { name: 'Import', exact: true }));
    await keyboard.press('Enter');
    await expect(keyferry.results(popup)).toContainText('Added key to two');
    expect(await server.chat('best')).toMatchObject({ status: 200 });
  });

  await test.step('removes a key, and takes that back in the notice', async () => {
    await choose('ArrowUp', 'Remove');
    await keyboard.press('Enter');
    await expect(keyferry.card(popup, 'three')).toHaveCount(0);
    await expect(importOf('two')).toBeFocused();
    await tabTo(popup, keyferry.results(popup).getByRole('button', { name: 'Undo' }).first());
    await keyboard.press('Enter');
    await expect(keyferry.card(popup, 'three')).toBeVisible();
  });

  await test.step('imports the first card of a popup that was just opened', async () => {
    await popup.reload();
    await expect(keyferry.card(popup, 'three')).toContainText('serving');
    await keyboard.press('Enter');
    await expect(keyferry.results(popup)).toContainText('Import of three changed nothing');
  });
});
