import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { importByClick } from '../demo/drive.ts';
import { type Demo, prepare } from '../demo/prepare.ts';
import { root } from '../setup/run.mjs';

/** Of a screen with fine pixels, where README.md shows them at half their size. */
const SCALE = 2;

await using cleanup = new AsyncDisposableStack();
const request = { mode: 'driven', ownServer: undefined, scale: SCALE } as const;
await takePictures(await prepare(request, cleanup));

/** The main job on two of the three keys, and the server that they went to. */
async function takePictures({ keyferry, popup, keys }: Demo): Promise<void> {
  for (const { name } of keys.slice(0, 2)) await importByClick(keyferry, popup, name);
  // The result lies on top of the server's name.
  await keyferry.results(popup).getByRole('button', { name: 'Dismiss' }).click();
  await save(popup, 'popup');

  const options = await keyferry.openOptions();
  await options.getByRole('button', { name: 'Test connection' }).first().click();
  await expect(options.getByRole('region', { name: 'Connection' })).toContainText('models served');
  await save(options, 'servers');
}

async function save(page: Page, name: string): Promise<void> {
  const path = `docs/${name}.png`;
  await page.screenshot({ path: join(root, path), animations: 'disabled' });
  console.log(`${path} is written.`);
}
