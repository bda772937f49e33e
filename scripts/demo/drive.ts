import type { Page } from '@playwright/test';
import type { Keyferry } from '../../tests/e2e/keyferry.ts';
import type { ServerUnderTest } from '../../tests/e2e/server-under-test.ts';
import { openAlbum } from './album.ts';
import type { Demo } from './prepare.ts';
import { Trouble } from './trouble.ts';
import { describeProviders } from './words.ts';

const RESULT_MS = 60_000;

/**
 * Does the main job as a person would, and prints what the server holds before and after.
 * Throws `Trouble` if an import fails, or if no model answers through the server at the end.
 */
export async function drive({ keyferry, popup, server, keys }: Demo): Promise<void> {
  const album = openAlbum();
  console.log(describeProviders('Providers before', await server.providers()));
  await album.add(popup, 'keys');
  for (const { name } of keys) {
    console.log(`Import to CLIProxyAPI on ${name}: ${await importByClick(keyferry, popup, name)}`);
  }
  await album.add(popup, 'imported');
  await album.add(await keyferry.openOptions(), 'settings');
  console.log(describeProviders('Providers after', await server.providers()));
  const models = await server.servedModels();
  console.log(`Models served: ${models.join(', ') || 'none'}`);
  console.log(`Pictures: ${album.paths().join(', ')}`);
  await chat(server, models[0]);
}

/** Imports a key with one click, and gives what Keyferry says of it. Throws `Trouble` if that fails. */
export async function importByClick(
  keyferry: Keyferry,
  popup: Page,
  name: string,
): Promise<string> {
  const results = keyferry.results(popup);
  const dismiss = results.getByRole('button', { name: 'Dismiss' });
  while (await dismiss.count()) await dismiss.first().click();
  await keyferry.importKey(popup, name);
  const dialog = popup.getByRole('dialog');
  await dismiss.or(dialog).waitFor({ timeout: RESULT_MS });
  const said = await ((await dialog.count()) ? dialog : results)
    .getByRole('paragraph')
    .allInnerTexts();
  const sentence = said.join(' · ').replace(/\s+/g, ' ');
  if (await dialog.or(results.getByRole('alert')).count()) {
    throw new Trouble(`Keyferry could not import ${name} with one click: ${sentence}`);
  }
  return sentence;
}

async function chat(server: ServerUnderTest, model: string | undefined): Promise<void> {
  if (model === undefined) throw new Trouble(`${server.url} serves no model.`);
  const { status, text } = await server.chat(model);
  if (status !== 200) {
    throw new Trouble(
      `${model} did not answer through the server: ${status} ${text.slice(0, 300)}`,
    );
  }
  const { choices } = JSON.parse(text) as { choices: [{ message: { content: string } }] };
  console.log(`Chat with ${model} through ${server.url}: ${choices[0].message.content}`);
}
