import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Keyferry } from '../../tests/e2e/keyferry.ts';
import type { ServerUnderTest } from '../../tests/e2e/server-under-test.ts';
import type { Browser } from '../setup/find-browser.mjs';
import { ensureBrowser } from '../setup.mjs';
import { type ExtensionBrowser, openBrowser } from './browser.ts';
import { ensureBuild, extensionDirectory } from './build.ts';
import type { DemoRequest } from './request.ts';
import { openOwnServer, type PlacedKey, startRelays, startServer } from './services.ts';
import { Trouble } from './trouble.ts';

/** The extension at work, with the server connected and the sample keys on cards. */
export interface Demo {
  browser: Browser;
  context: ExtensionBrowser['context'];
  keyferry: Keyferry;
  /** The popup's page, in a tab. */
  popup: Page;
  server: ServerUnderTest;
  /** The stand-in's config.yaml; absent where the person's own server is used. */
  configPath: string | undefined;
  keys: readonly PlacedKey[];
}

/**
 * Gets everything ready, through Keyferry's own pages: whatever this gives has been seen to run.
 * `scale` is that of pictures, in device pixels for each CSS pixel. Adds to `cleanup` what ends it. Throws `Trouble`.
 */
export async function prepare(
  { mode, ownServer, scale }: DemoRequest & { scale?: number },
  cleanup: AsyncDisposableStack,
): Promise<Demo> {
  const browser = await getBrowser();
  await ensureBuild();
  const directory = await mkdtemp(join(tmpdir(), 'keyferry-demo-'));
  cleanup.defer(() => rm(directory, { recursive: true, force: true }));
  const keys = await startRelays(cleanup);
  const configPath = ownServer ? undefined : join(directory, 'config.yaml');
  const server = ownServer
    ? await openOwnServer(ownServer, keys)
    : await startServer(join(directory, 'config.yaml'), cleanup);

  const { context, open } = await openBrowser(browser, {
    extension: extensionDirectory,
    profile: join(directory, 'profile'),
    headless: mode === 'driven',
    ...(scale && { scale }),
  });
  cleanup.defer(() => context.close());
  const keyferry = new Keyferry({ open }, server);
  const popup = mode === 'driven' ? await keyferry.openPopup() : await open('popup.html');
  await putIn(keyferry, popup, keys);
  await popup.bringToFront();
  return { browser, context, keyferry, popup, server, configPath, keys };
}

async function getBrowser(): Promise<Browser> {
  const got = await ensureBrowser('chromium', { branded: true });
  if ('missing' in got) throw new Trouble(got.missing);
  return got.browser;
}

/** The server and the keys, as a person puts them in. */
async function putIn(keyferry: Keyferry, popup: Page, keys: readonly PlacedKey[]): Promise<void> {
  try {
    await keyferry.connect(popup);
    // The newest card stands first.
    for (const key of keys.toReversed()) await keyferry.addKey(popup, key);
  } catch (error) {
    const failures = await popup.getByRole('alert').allInnerTexts();
    if (failures.length === 0) throw error;
    throw new Trouble(`Keyferry says: ${failures.join(' ').replace(/\s+/g, ' ')}`);
  }
}
