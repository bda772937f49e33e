import { expectAccessibleInBothThemes } from './accessibility.ts';
import { expect, test } from './fixtures.ts';

test('[X-18] axe finds nothing in any view of the toolbar popup, light or dark', async ({
  extension,
  keyferry,
  relay,
  server,
}) => {
  test.slow(); // Axe takes long for a page with everything on it, and there are many.
  const popup = await extension.openPopup();
  await test.step('first run', async () => {
    await popup.getByRole('button', { name: 'Connect server' }).click();
    await expect(popup.getByRole('alert')).toBeVisible();
    await expectAccessibleInBothThemes(popup);
  });

  await test.step('no keys, and the form for one', async () => {
    await keyferry.connect(popup);
    await expectAccessibleInBothThemes(popup);
    await popup.getByRole('button', { name: 'Add key' }).click();
    await keyferry.saveKey(popup, { name: 'second', apiKey: 'sk-test••••6789' });
    await expect(popup.getByText('Masked, not a real key')).toBeVisible();
    await expectAccessibleInBothThemes(popup);
    await keyferry.saveKey(popup, { name: 'second' });
  });

  await test.step('cards, a menu, results', async () => {
    await keyferry.importKey(popup, 'second');
    await expect(keyferry.results(popup)).toContainText('Created second');
    await keyferry.addKey(popup, { name: 'first' });
    await keyferry.addKey(popup, { name: 'gone', baseUrl: 'http://127.0.0.1:1' });
    await keyferry.card(popup, 'first').getByRole('button', { name: 'More actions' }).click();
    await expectAccessibleInBothThemes(popup);
    await popup.keyboard.press('Escape');
  });

  await test.step('selected cards, and the preview of their import', async () => {
    await keyferry.card(popup, 'first').getByRole('checkbox', { name: 'Select first' }).check();
    await expectAccessibleInBothThemes(popup);
    await popup.getByRole('button', { name: 'Preview' }).click();
    await expect(popup.getByRole('dialog', { name: 'Import of 1 key' })).toContainText('1 write');
    await expectAccessibleInBothThemes(popup);
    await popup.keyboard.press('Escape');
    await popup.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('the dialog: models, changes, a question, a relay that does not answer', async () => {
    const dialog = await keyferry.openDialog(popup, 'first');
    await expect(dialog).toContainText('second uses this base URL');
    await expectAccessibleInBothThemes(popup);
    await dialog.getByRole('tab', { name: 'Changes' }).click();
    await expect(dialog.getByRole('list', { name: 'Difference as JSON' })).toBeVisible();
    await expectAccessibleInBothThemes(popup);
    await popup.keyboard.press('Escape');

    relay.switches.models = [];
    await keyferry.openDialog(popup, 'gone');
    await expect(dialog.getByRole('alert')).toBeVisible();
    await expectAccessibleInBothThemes(popup);
    await dialog.getByRole('button', { name: 'Decide…' }).click();
    await expect(dialog.getByRole('group')).toBeVisible();
    await expectAccessibleInBothThemes(popup);
    await popup.keyboard.press('Escape');
  });

  await test.step('a failure, on the card and above all', async () => {
    await server.standIn?.close();
    await keyferry.importKey(popup, 'first');
    await expect(keyferry.results(popup).getByRole('alert')).toBeVisible();
    await expectAccessibleInBothThemes(popup);
  });
});

test('[X-18] a screen reader is told a card’s name, its state and what can be done with it', async ({
  keyferry,
}) => {
  const popup = await keyferry.ready({ name: 'claude-main', baseUrl: 'https://relay.example' });
  const list = popup.getByRole('list', { name: 'Relay keys' });
  await expect(keyferry.card(popup, 'claude-main')).toContainText('Not imported');
  await expect(list).toMatchAriaSnapshot(`
    - list "Relay keys":
      - listitem "claude-main":
        - text: claude-main relay.example Not imported sk-tes••••cdef
        - button "Import to CLIProxyAPI"
        - button "More actions"
  `);
});
