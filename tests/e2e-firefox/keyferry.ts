import { expect } from '@playwright/test';
import type { ElementHandle, Page } from 'puppeteer-core';
import type { KeyInput } from '../e2e/keyferry.ts';
import type { ServerUnderTest } from '../e2e/server-under-test.ts';
import type { RunningRelay } from '../stand-ins/relay/start-relay.ts';

interface Pages {
  open(path: string): Promise<Page>;
}

/** An import is some requests long, and Firefox is not quick beside another browser. */
const RESULT_MS = 15_000;

type Role = 'button' | 'listitem';

/** A selector for what has this role and accessible name, as screen readers have it. */
const named = (role: Role, name: string) => `aria/${name}[role="${role}"]`;

/** What a person does with Keyferry: the words of tests/e2e/keyferry.ts, for Firefox. */
export class Keyferry {
  readonly #pages: Pages;
  readonly #server: ServerUnderTest;
  readonly #relay: RunningRelay<'plain'>;

  constructor(pages: Pages, server: ServerUnderTest, relay: RunningRelay<'plain'>) {
    this.#pages = pages;
    this.#server = server;
    this.#relay = relay;
  }

  /** The popup's page at the popup's size. */
  async openPopup(): Promise<Page> {
    const popup = await this.#pages.open('popup.html');
    await popup.setViewport({ width: 420, height: 600 });
    return popup;
  }

  async openOptions(room = 'servers'): Promise<Page> {
    const options = await this.#pages.open(`options.html#${room}`);
    await options.setViewport({ width: 1280, height: 800 });
    return options;
  }

  async press(page: Page, name: string): Promise<void> {
    await page.locator(named('button', name)).click();
  }

  async fill(page: Page, label: string, text: string): Promise<void> {
    const field = await fieldOf(page, label);
    await field.asLocator().fill(text);
  }

  async valueOf(page: Page, label: string): Promise<string> {
    const field = await fieldOf(page, label);
    return field.evaluate(({ value }) => value);
  }

  /** Connects the server under test in a popup that has none yet. */
  async connect(popup: Page): Promise<void> {
    await this.fill(popup, 'Management base URL', this.#server.url);
    await this.fill(popup, 'Management key', this.#server.managementKey);
    await this.press(popup, 'Connect server');
    await popup.locator(named('button', 'Add key')).wait();
  }

  /** Adds a relay key; of the test's own relay, if no other base URL is given. */
  async addKey(popup: Page, { name, apiKey, baseUrl }: KeyInput): Promise<void> {
    await this.press(popup, 'Add key');
    await this.fill(popup, 'Name', name);
    await this.fill(popup, 'Base URL', baseUrl ?? this.#relay.url);
    await this.fill(popup, 'API key', apiKey ?? `sk-test-${name}-0123456789abcdef`);
    await this.press(popup, 'Save key');
    await popup.locator(named('listitem', name)).wait();
  }

  async importKey(popup: Page, name: string): Promise<void> {
    const card = await popup.waitForSelector(named('listitem', name));
    const button = await card?.waitForSelector(named('button', 'Import to CLIProxyAPI'));
    await button?.asLocator().click();
  }

  /** Waits until the page says this, in the dialog if one is open. */
  async expectText(page: Page, text: string): Promise<void> {
    await expect.poll(() => page.evaluate(() => document.body.innerText)).toContain(text);
  }

  /** Waits until the results say this. */
  async expectResult(page: Page, text: string): Promise<void> {
    const read = () => {
      const results = document.querySelector<HTMLElement>('[role="status"][aria-label="Results"]');
      return results?.innerText ?? '';
    };
    await expect.poll(() => page.evaluate(read), { timeout: RESULT_MS }).toContain(text);
  }

  /** A popup with the server connected and one key on a card. */
  async ready(key: KeyInput = { name: 'claude-main' }): Promise<Page> {
    const popup = await this.openPopup();
    await this.connect(popup);
    await this.addKey(popup, key);
    return popup;
  }
}

/** By its label, because in Firefox the label itself has the same accessible name, and comes first. */
async function fieldOf(page: Page, label: string): Promise<ElementHandle<HTMLInputElement>> {
  const find = (text: string) => {
    const labels = [...document.querySelectorAll('label')];
    return labels.find(({ innerText }) => innerText === text)?.control;
  };
  const field = await page.waitForFunction(find, {}, label);
  return field as ElementHandle<HTMLInputElement>;
}
