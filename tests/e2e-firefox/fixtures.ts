import { test as base, expect } from '@playwright/test';
import type { Browser, Page } from 'puppeteer-core';
import { configYaml, type ServerUnderTest, startServer } from '../e2e/server-under-test.ts';
import { type RunningRelay, startRelay } from '../stand-ins/relay/start-relay.ts';
import { endEventPage, install, launch, readComplaints, urlOf } from './firefox.ts';
import { Keyferry } from './keyferry.ts';

export { expect };

interface Extension {
  /** Opens one of its pages in a tab that is in front, and waits until its title is there. */
  open(path: string): Promise<Page>;
  /** Ends the event page as the browser does when it is idle. */
  endEventPage(): Promise<void>;
  /** The errors of its pages so far, and what their CSP did not let them do. */
  readComplaints(): Promise<string[]>;
}

interface World {
  extension: Extension;
  /** Which CLIProxyAPI the stand-in is. */
  serverVersion: string;
  server: ServerUnderTest;
  /** A plain OpenAI-compatible upstream on loopback, with CORS. */
  relay: RunningRelay<'plain'>;
  /** The extension as a person uses it. */
  keyferry: Keyferry;
}

/** What the plain relay lists. */
const MODELS = ['gpt-5', 'kimi-k2', 'vendor/glm-4.6'];

/**
 * Firefox starts once for all tests of a worker, for that takes seconds; the extension is installed
 * anew for each test, which empties its storage.
 */
export const test = base.extend<World, { firefox: Browser }>({
  firefox: [
    async ({}, use) => {
      const firefox = await launch();
      await use(firefox);
      await firefox.close();
    },
    { scope: 'worker' },
  ],

  serverVersion: ['7.2.140', { option: true }],

  server: async ({ serverVersion }, use) => {
    const server = await startServer(serverVersion, configYaml());
    await use(server);
    await server.close();
  },

  relay: async ({}, use) => {
    const relay = await startRelay({ site: 'plain', models: [...MODELS] });
    await use(relay);
    await relay.close();
  },

  keyferry: async ({ extension, server, relay }, use) => {
    await use(new Keyferry(extension, server, relay));
  },

  extension: async ({ firefox }, use, info) => {
    const before = new Set(await firefox.pages());
    const uninstall = await install(firefox);
    // A fresh install opens its settings. Coming later, they would hide the page in use, and hidden pages are slow.
    const opened = async () => (await firefox.pages()).filter((page) => !before.has(page));
    await expect.poll(opened).toHaveLength(1);
    const pages: Page[] = [];
    await use({
      async open(path) {
        const page = await firefox.newPage();
        pages.push(page);
        // The load events of extension pages never arrive (Firefox 153, WebDriver BiDi).
        await page.goto(urlOf(path), { waitUntil: [] });
        await page.waitForFunction(() => document.title !== '');
        await page.bringToFront();
        return page;
      },
      endEventPage: () => endEventPage(firefox),
      readComplaints: () => readComplaints(firefox),
    });
    const open = (await firefox.pages()).filter((page) => pages.includes(page));
    for (const [index, page] of open.entries()) {
      const picture = info.outputPath(`page-${index + 1}.png`) as `${string}.png`;
      if (info.status !== info.expectedStatus) await page.screenshot({ path: picture });
      await page.close();
    }
    await uninstall();
  },
});
