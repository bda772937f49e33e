import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { apiKeyOf } from './keyferry.ts';
import type { ServerUnderTest } from './server-under-test.ts';

type List = 'claude-api-key' | 'gemini-api-key' | 'codex-api-key';

/** A list of single keys, without what is only shown. */
async function listOf(server: ServerUnderTest, list: List): Promise<Record<string, unknown>[]> {
  const reply = await fetch(`${server.url}/v0/management/${list}`, {
    headers: { 'X-Management-Key': server.managementKey },
  });
  const body = (await reply.json()) as Record<List, Record<string, unknown>[] | null>;
  return body[list] ?? [];
}

const kindOf = (dialog: Locator) => dialog.getByRole('combobox', { name: 'Provider kind' });

const submit = (dialog: Locator) =>
  dialog.getByRole('button', { name: 'Import', exact: true }).click();

const KINDS = [
  { list: 'claude-api-key', label: 'Claude', baseUrl: (relay: string) => relay },
  { list: 'gemini-api-key', label: 'Gemini', baseUrl: (relay: string) => relay },
  { list: 'codex-api-key', label: 'Codex', baseUrl: (relay: string) => `${relay}/v1` },
] as const;

for (const { list, label, baseUrl } of KINDS) {
  test(`a key goes into the list ${list} by way of the dialog`, async ({
    keyferry,
    relay,
    server,
  }) => {
    const popup = await keyferry.ready({ name: 'mine' });
    const dialog = await keyferry.openDialog(popup, 'mine');
    await expect(dialog).toContainText('3 of 3 models');
    await kindOf(dialog).selectOption({ label });
    await expect(dialog.getByRole('textbox', { name: 'Provider name' })).toHaveCount(0);
    await expect(dialog.getByRole('textbox', { name: 'Base URL' })).toHaveValue(baseUrl(relay.url));
    await expect(dialog).toContainText('1 key · 1 write');
    await dialog.getByRole('tab', { name: 'Changes' }).click();
    await expect(dialog).toContainText(`PUT ${list}`);
    await submit(dialog);

    await expect(keyferry.results(popup)).toContainText('Created 127.0.0.1');
    expect(await listOf(server, list)).toMatchObject([
      { 'api-key': apiKeyOf('mine'), 'base-url': baseUrl(relay.url) },
    ]);
    expect(await server.providers()).toEqual([]);
    await expect(keyferry.card(popup, 'mine')).toContainText('In 127.0.0.1');
  });
}

/** Imports a key as Claude. */
async function importAsClaude(dialog: Locator): Promise<void> {
  await kindOf(dialog).selectOption({ label: 'Claude' });
  await submit(dialog);
}

test('a model that is chosen for a single key is served under its alias', async ({
  keyferry,
  server,
}) => {
  const popup = await keyferry.ready({ name: 'mine' });
  const dialog = await keyferry.openDialog(popup, 'mine');
  await expect(dialog).toContainText('3 of 3 models');
  await kindOf(dialog).selectOption({ label: 'Claude' });
  await expect(dialog).toContainText('1 key · 1 write');
  await dialog.getByRole('checkbox', { name: 'kimi-k2' }).check();
  await dialog.getByRole('textbox', { name: 'Alias for kimi-k2' }).fill('kimi');
  await submit(dialog);
  await expect(keyferry.results(popup)).toContainText('Created 127.0.0.1');
  expect(await listOf(server, 'claude-api-key')).toMatchObject([
    { models: [{ name: 'kimi-k2', alias: 'kimi' }] },
  ]);
});

test('[I-32] a key can be tried without risk: imported switched off it serves nothing', async ({
  keyferry,
  server,
}) => {
  // What it shows of a provider tells that this server knows `disabled`.
  await server.setProviders([{ name: 'theirs', 'base-url': 'https://theirs.example/v1' }]);
  const popup = await keyferry.ready({ name: 'mine' });
  const dialog = await keyferry.openDialog(popup, 'mine');
  await expect(dialog).toContainText('3 of 3 models');
  await dialog.getByRole('tab', { name: 'Changes' }).click();
  await dialog.getByRole('checkbox', { name: 'Import it switched off' }).check();
  await expect(dialog).toContainText('"disabled": true');
  await submit(dialog);
  await expect(keyferry.results(popup)).toContainText('disabled, so nothing is served');
  expect(await server.providers()).toMatchObject([
    { name: 'theirs', disabled: false },
    { name: 'mine', disabled: true },
  ]);
  expect(await server.servedModels()).toEqual([]);
});

test('the way back to OpenAI-compatible fills in what belongs there', async ({
  keyferry,
  relay,
}) => {
  const popup = await keyferry.ready({ name: 'mine' });
  const dialog = await keyferry.openDialog(popup, 'mine');
  await expect(dialog).toContainText('3 of 3 models');
  await kindOf(dialog).selectOption({ label: 'Gemini' });
  await kindOf(dialog).selectOption({ label: 'OpenAI-compatible' });
  await expect(dialog.getByRole('textbox', { name: 'Provider name' })).toHaveValue('mine');
  await expect(dialog.getByRole('textbox', { name: 'Base URL' })).toHaveValue(`${relay.url}/v1`);
  await expect(dialog).toContainText('3 of 3 models');
});

test('a key that stands in another list is known there later, and left alone or added on a choice', async ({
  extension,
  keyferry,
  server,
}) => {
  const popup = await keyferry.ready({ name: 'mine' });
  await importAsClaude(await keyferry.openDialog(popup, 'mine'));
  await expect(keyferry.results(popup)).toContainText('Created 127.0.0.1');
  await popup.close();
  await extension.stopWorker();

  const next = await keyferry.openPopup();
  await expect(keyferry.card(next, 'mine')).toContainText('In 127.0.0.1');
  await keyferry.importKey(next, 'mine');
  const dialog = keyferry.dialog(next);
  await expect(dialog).toContainText('The server has this key already');
  await expect(dialog.getByRole('radio', { name: 'Leave it there' })).toBeChecked();
  await expect(dialog).toContainText('Nothing to write');
  await dialog.getByRole('radio', { name: 'Add it here as well' }).check();
  await expect(dialog).toContainText('a new provider mine');
  await submit(dialog);
  await expect(keyferry.results(next)).toContainText('Created mine');
  expect(await server.providers()).toHaveLength(1);
  expect(await listOf(server, 'claude-api-key')).toHaveLength(1);
});

test('a provider that is switched off gets a key, and is switched on only where that is chosen', async ({
  keyferry,
  relay,
  server,
}) => {
  await server.setProviders([
    {
      name: 'Relay A',
      disabled: true,
      'base-url': `${relay.url}/v1`,
      models: [{ name: 'gpt-5', alias: 'gpt-5' }],
    },
  ]);
  const popup = await keyferry.ready({ name: 'mine' });
  await keyferry.importKey(popup, 'mine');
  const dialog = keyferry.dialog(popup);
  await expect(dialog).toContainText('Relay A is switched off');
  await expect(dialog.getByRole('radio', { name: 'leave it off' })).toBeChecked();
  await dialog.getByRole('radio', { name: 'switch it on' }).check();
  await submit(dialog);
  await expect(keyferry.results(popup)).toContainText('Added key to Relay A · 1 model serving');
  expect(await server.providers()).toMatchObject([
    { disabled: false, 'api-key-entries': [{ 'api-key': apiKeyOf('mine') }] },
  ]);
});
