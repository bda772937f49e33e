import { type BrowserContext, chromium, expect, type Page } from '@playwright/test';
import type { Browser } from '../setup/find-browser.mjs';
import { Trouble } from './trouble.ts';
import { describeManualLoading } from './words.ts';

/** How long the extension may take to start, on a busy machine. */
const START_MS = 30_000;

interface BrowserOptions {
  /** The directory of an unpacked extension. */
  extension: string;
  /** A directory for the profile, which may be empty. */
  profile: string;
  headless: boolean;
  /** Device pixels for each CSS pixel of pictures. */
  scale?: number;
}

export interface ExtensionBrowser {
  context: BrowserContext;
  /** Opens a page of the extension in a tab. */
  open(path: string): Promise<Page>;
}

/**
 * Starts a browser of the Chromium family with an unpacked extension that is known to run.
 *
 * The extension is loaded by DevTools, because branded Chrome and Edge ignore --load-extension.
 * Throws `Trouble` if the browser does not start, or does not take the extension.
 */
export async function openBrowser(
  browser: Browser,
  { extension, ...options }: BrowserOptions,
): Promise<ExtensionBrowser> {
  const context = await launch(browser, options);
  try {
    const id = await loadExtension(context, extension);
    const url = (path: string) => `chrome-extension://${id}/${path}`;
    // A fresh install opens it by itself. Coming later, it would hide the page in use, and hidden pages are slow.
    await waitForPage(context, url('options.html'));
    return {
      context,
      async open(path) {
        const page = blankPage(context) ?? (await context.newPage());
        await page.goto(url(path));
        await page.bringToFront();
        return page;
      },
    };
  } catch (error) {
    await context.close();
    throw new Trouble(describeManualLoading(browser.name, extension, reasonOf(error)));
  }
}

async function launch(
  { name, path }: Browser,
  options: Omit<BrowserOptions, 'extension'>,
): Promise<BrowserContext> {
  try {
    return await start(path, options, true).catch((error: Error) => {
      // It has none for root, nor on systems that keep it from other programs than their own browser.
      if (!/sandbox/i.test(error.message)) throw error;
      return start(path, options, false);
    });
  } catch (error) {
    throw new Trouble(
      `${name} (${path}) did not start: ${reasonOf(error)}\nTry npm start -- --headless, or set CHROMIUM to the path of another browser.`,
    );
  }
}

function start(
  executablePath: string,
  { profile, headless, scale }: Omit<BrowserOptions, 'extension'>,
  chromiumSandbox: boolean,
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath,
    headless,
    chromiumSandbox,
    // A window has the size that the person gives it, and only a fixed size can have a scale.
    ...(scale ? { deviceScaleFactor: scale } : { viewport: null }),
    // The demo itself ends the browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    env: { ...process.env, LANGUAGE: 'en_US' }, // What --lang is elsewhere, on Linux.
    args: ['--lang=en-US', '--enable-unsafe-extension-debugging'],
    ignoreDefaultArgs: ['--disable-extensions', '--enable-automation'],
  });
}

/** Its id, once its worker runs. */
async function loadExtension(context: BrowserContext, path: string): Promise<string> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('DevTools cannot be reached.');
  const { id } = await session.send('Extensions.loadUnpacked', { path });
  const isItsWorker = (worker: { url(): string }) => new URL(worker.url()).host === id;
  if (!context.serviceWorkers().some(isItsWorker)) {
    await context.waitForEvent('serviceworker', { predicate: isItsWorker, timeout: START_MS });
  }
  return id;
}

function waitForPage(context: BrowserContext, url: string): Promise<void> {
  const isThere = () => context.pages().some((page) => page.url().startsWith(url));
  return expect.poll(isThere, { timeout: START_MS }).toBe(true);
}

/** The tab that a browser starts with. */
const blankPage = (context: BrowserContext): Page | undefined =>
  context.pages().find((page) => page.url() === 'about:blank');

/** The first line of an error, or of the browser's own words in it. */
function reasonOf(error: unknown): string {
  const { message } = error as Error;
  const own = /^.*?\b(?:ERROR|FATAL):.*?\] ?(.+)$/m.exec(message)?.[1];
  return own ?? message.split('\n', 1)[0] ?? '';
}
