import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
  type Worker,
} from '@playwright/test';
import { findChromium } from '../../scripts/setup.mjs';
import { builtExtension } from '../built.ts';

/** The calls that run inside the browser: the first in the worker, the second on chrome://extensions. */
declare const chrome: {
  action: { openPopup(): Promise<void> };
  developerPrivate: { addHostPermission(id: string, origin: string): Promise<void> };
};

/** Where host and port lead to in place of what a name server says, e.g. `nas.lan:8317`. */
export type Hosts = Readonly<Record<string, string>>;

/** Starts Chromium with the built extension, in English whatever the machine speaks. */
export async function launch(
  profile: string,
  hosts: Hosts = {},
  extension = builtExtension('chrome-mv3'),
): Promise<BrowserContext> {
  const rules = Object.entries(hosts).map(([host, place]) => `MAP ${host} ${place}`);
  const executablePath = findChromium()?.path;
  return chromium.launchPersistentContext(profile, {
    ...(executablePath && { executablePath }),
    headless: true,
    env: { ...process.env, LANGUAGE: 'en_US' }, // What --lang is elsewhere, on Linux.
    args: [
      '--lang=en-US',
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      '--remote-debugging-port=0', // For openPopup.
      `--host-resolver-rules=${rules.join(', ')}`,
    ],
  });
}

export async function findWorker(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker');
}

/** Lets `permissions.request()` for these origins succeed without the prompt, which no test can answer. */
export async function preapprove(
  context: BrowserContext,
  id: string,
  origins: readonly string[],
): Promise<void> {
  const page = await context.newPage();
  await page.goto('chrome://extensions/');
  for (const origin of origins) {
    await page.evaluate(([id, origin]) => chrome.developerPrivate.addHostPermission(id, origin), [
      id,
      origin,
    ] as const);
  }
  await page.close();
}

/**
 * Stops the service worker as the browser does when it is idle.
 *
 * Playwright reports neither its end nor its next start, and `worker.evaluate()` hangs until a
 * message or an alarm has woken it: look at the state from a page.
 */
export async function stopWorker(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const stopped = new Promise<void>((done) => {
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) done();
    });
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await stopped;
  await page.close();
}

/**
 * Opens the toolbar popup itself, as a page, over the tab that is in front. It has no activeTab.
 * The worker must be awake.
 *
 * The popup is no page of `context`, and a connection sees it only if it was made after the popup
 * had opened: so each try connects anew. Close the connection when done.
 */
export async function openPopup(
  context: BrowserContext,
  profile: string,
  url: string,
): Promise<{ popup: Page; connection: Browser }> {
  const worker = await findWorker(context);
  await worker.evaluate(() => chrome.action.openPopup());
  const port = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')[0];
  for (let tries = 0; tries < 10; tries++) {
    const connection = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const pages = connection.contexts().flatMap((each) => each.pages());
    const popup = pages.find((page) => page.url() === url);
    if (popup) return { popup, connection };
    await connection.close();
  }
  throw new Error(`The popup ${url} did not open.`);
}
