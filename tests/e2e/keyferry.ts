import { expect, type Locator, type Page } from '@playwright/test';
import type { ServerUnderTest } from './server-under-test.ts';

interface Pages {
  open(path: string): Promise<Page>;
}

type Access = Pick<ServerUnderTest, 'url' | 'managementKey'>;

export interface KeyInput {
  name: string;
  apiKey?: string;
  baseUrl?: string;
}

/** The key that a test's card of this name holds, if the test names no other. */
export const apiKeyOf = (name: string): string => `sk-test-${name}-0123456789abcdef`;

/** What a person does with Keyferry, by the names that stand on its pages. */
export class Keyferry {
  readonly #pages: Pages;
  readonly #server: Access;
  readonly #relay: { url: string } | undefined;

  constructor(pages: Pages, server: Access, relay?: { url: string }) {
    this.#pages = pages;
    this.#server = server;
    this.#relay = relay;
  }

  /** The popup's page at the popup's size. */
  async openPopup(): Promise<Page> {
    const popup = await this.#pages.open('popup.html');
    await popup.setViewportSize({ width: 420, height: 600 });
    return popup;
  }

  async openOptions(room = 'servers'): Promise<Page> {
    const options = await this.#pages.open(`options.html#${room}`);
    await options.setViewportSize({ width: 1280, height: 800 });
    return options;
  }

  /** Leaves this page alone, so that what it opens is a new one: a fresh profile has the Settings open. */
  async closeOthers(page: Page): Promise<void> {
    for (const other of page.context().pages()) if (other !== page) await other.close();
  }

  /** Connects the server under test in a popup that has none yet. */
  async connect(popup: Page): Promise<void> {
    await popup.getByRole('textbox', { name: 'Management base URL' }).fill(this.#server.url);
    await popup.getByLabel('Management key').fill(this.#server.managementKey);
    await popup.getByRole('button', { name: 'Connect server' }).click();
    await expect(popup.getByRole('button', { name: 'Add key' })).toBeVisible();
  }

  /** Adds a relay key; of the test's own relay, if there is one and no other base URL is given. */
  async addKey(popup: Page, key: KeyInput): Promise<Locator> {
    await popup.getByRole('button', { name: 'Add key' }).click();
    await this.saveKey(popup, key);
    const card = this.card(popup, key.name);
    await expect(card).toBeVisible();
    return card;
  }

  /** Fills in the form for a relay key, which is open, and saves it. */
  async saveKey(popup: Page, { name, apiKey, baseUrl }: KeyInput): Promise<void> {
    await popup.getByRole('textbox', { name: 'Name' }).fill(name);
    await popup.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl ?? this.#relay?.url ?? '');
    await popup.getByLabel('API key').fill(apiKey ?? apiKeyOf(name));
    await popup.getByRole('button', { name: 'Save key' }).click();
  }

  card(popup: Page, name: string): Locator {
    return popup
      .getByRole('list', { name: 'Relay keys' })
      .getByRole('listitem', { name, exact: true });
  }

  async importKey(popup: Page, name: string): Promise<void> {
    await this.card(popup, name).getByRole('button', { name: 'Import to CLIProxyAPI' }).click();
  }

  /** The dialog in which an import is looked at before it is done. */
  dialog(popup: Page): Locator {
    return popup.getByRole('dialog', { name: 'Import to CLIProxyAPI' });
  }

  /** Opens that dialog from a card's menu. */
  async openDialog(popup: Page, name: string): Promise<Locator> {
    await this.choose(popup, name, 'Import with options…');
    const dialog = this.dialog(popup);
    await expect(dialog).toBeVisible();
    return dialog;
  }

  /** Chooses an action from a card's menu. */
  async choose(popup: Page, name: string, action: string): Promise<void> {
    await this.card(popup, name).getByRole('button', { name: 'More actions' }).click();
    await popup.getByRole('menuitem', { name: action }).click();
  }

  results(page: Page): Locator {
    return page.getByRole('status', { name: 'Results' });
  }

  /** A popup with the server connected and one key on a card. */
  async ready(key: KeyInput = { name: 'claude-main' }): Promise<Page> {
    const popup = await this.openPopup();
    await this.connect(popup);
    await this.addKey(popup, key);
    return popup;
  }
}
