import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  test as base,
  expect,
  type Page,
  type Worker,
} from '@playwright/test';
import { type RunningRelay, startRelay } from '../stand-ins/relay/start-relay.ts';
import { findWorker, type Hosts, launch, openPopup, preapprove, stopWorker } from './chromium.ts';
import { Keyferry } from './keyferry.ts';
import { type Front, type RunningProxy, startProxy } from './proxy.ts';
import {
  configYaml,
  keylessManagementCalls,
  type ServerUnderTest,
  startServer,
} from './server-under-test.ts';
import { watch } from './watch.ts';

export { expect };

interface Extension {
  id: string;
  /** The address of one of its pages, such as `popup.html`. */
  url(path: string): string;
  /** Opens one of its pages in a tab. */
  open(path: string): Promise<Page>;
  /** Opens the toolbar popup itself, as a page. It has no activeTab. */
  openPopup(): Promise<Page>;
  worker(): Promise<Worker>;
  /** Stops the service worker as the browser does when it is idle. */
  stopWorker(): Promise<void>;
  /** Lets `permissions.request()` for these origins succeed without the prompt. */
  preapprove(...origins: string[]): Promise<void>;
}

interface World {
  profile: string;
  context: BrowserContext;
  extension: Extension;
  /** Which CLIProxyAPI the stand-in is. A real server, named by the environment, takes its place. */
  serverVersion: string;
  serverConfig: string;
  server: ServerUnderTest;
  /** Starts what stands in front of the server, or in its place. */
  startProxy(front: Front): Promise<RunningProxy>;
  /** Where host and port lead to in place of what a name server says. */
  hosts: Hosts;
  /** A plain OpenAI-compatible upstream on loopback, with CORS. */
  relay: RunningRelay<'plain'>;
  /** The extension as a person uses it. */
  keyferry: Keyferry;
  /** What went wrong unseen, see `watch`. A test that wants some of it takes it out. */
  troubles: string[];
}

/** What the plain relay lists. */
const MODELS = ['gpt-5', 'kimi-k2', 'vendor/glm-4.6'];

/** Each test has a Chromium of its own, with the built extension and a fresh profile. */
export const test = base.extend<World>({
  serverVersion: ['7.2.140', { option: true }],
  serverConfig: [configYaml(), { option: true }],

  server: async ({ serverVersion, serverConfig }, use) => {
    const server = await startServer(serverVersion, serverConfig);
    await use(server);
    await server.close();
    expect(keylessManagementCalls(server)).toEqual([]);
  },

  startProxy: async ({ server }, use) => {
    const proxies: RunningProxy[] = [];
    await use(async (front) => {
      const proxy = await startProxy(server.url, front);
      proxies.push(proxy);
      return proxy;
    });
    for (const proxy of proxies) await proxy.close();
  },

  hosts: async ({}, use) => use({}),

  relay: async ({}, use) => {
    const relay = await startRelay({ site: 'plain', models: [...MODELS] });
    await use(relay);
    await relay.close();
  },

  keyferry: async ({ extension, server, relay }, use) => {
    await use(new Keyferry(extension, server, relay));
  },

  profile: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'keyferry-chromium-'));
    await use(directory);
    await rm(directory, { recursive: true, force: true });
  },

  context: async ({ profile, hosts }, use) => {
    const context = await launch(profile, hosts);
    await use(context);
    await context.close();
  },

  troubles: [
    async ({ context }, use) => {
      const troubles = await watch(context);
      await use(troubles);
      expect(troubles, 'errors on a console, CSP violations, secrets in logs and URLs').toEqual([]);
    },
    { auto: true },
  ],

  extension: async ({ context, profile }, use) => {
    const id = new URL((await findWorker(context)).url()).host;
    const url = (path: string) => `chrome-extension://${id}/${path}`;
    const connections: Browser[] = [];
    await use({
      id,
      url,
      async open(path) {
        const page = await context.newPage();
        await page.goto(url(path));
        return page;
      },
      async openPopup() {
        const { popup, connection } = await openPopup(context, profile, url('popup.html'));
        connections.push(connection);
        return popup;
      },
      worker: () => findWorker(context),
      stopWorker: () => stopWorker(context),
      preapprove: (...origins) => preapprove(context, id, origins),
    });
    for (const connection of connections) await connection.close();
  },
});
