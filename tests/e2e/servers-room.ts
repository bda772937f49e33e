import { expect, type Locator, type Page } from '@playwright/test';
import type { ServerUnderTest } from './server-under-test.ts';

interface ServerInput {
  name?: string;
  address?: string;
  key?: string;
  headers?: readonly (readonly [name: string, value: string])[];
}

/** What a person does in Settings, Servers, by the names that stand there. */

export const addressField = (page: Page): Locator =>
  page.getByRole('textbox', { name: 'Management base URL' });

/** The address as Keyferry understood it, below its field. */
export const understoodAddress = (page: Page): Locator => page.getByText(/\/v0\/management$/);

export const keyField = (page: Page): Locator => page.getByLabel('Management key');

export async function fillServer(page: Page, input: ServerInput): Promise<void> {
  const { name, address, key, headers = [] } = input;
  if (name !== undefined) await page.getByRole('textbox', { name: 'Server name' }).fill(name);
  if (address !== undefined) await addressField(page).fill(address);
  if (key !== undefined) await keyField(page).fill(key);
  for (const [at, [header, value]] of headers.entries()) {
    await page.getByRole('button', { name: 'Add header' }).click();
    await page.getByRole('textbox', { name: `Header ${at + 1} name` }).fill(header);
    await page.getByLabel(`Header ${at + 1} value`).fill(value);
  }
}

/** The form of a server, by the server's name. */
export const serverForm = (page: Page, name: string): Locator => page.getByRole('form', { name });

/** Saves what the form holds, and waits until it is saved. */
export async function saveServer(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Unsaved changes')).toBeHidden();
}

export const testConnection = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Test connection' }).first().click();

/** What the test of a connection shows. */
export const connection = (page: Page): Locator => page.getByRole('region', { name: 'Connection' });

/** The server in the list beside the form. */
export const listedServer = (page: Page, name: string): Locator =>
  page.getByRole('main').getByRole('link', { name });

/** Connects the server under test in Settings that have none yet, and gives its form. */
export async function connectFirst(page: Page, server: ServerUnderTest): Promise<void> {
  await fillServer(page, { address: server.url, key: server.managementKey });
  await page.getByRole('button', { name: 'Connect server' }).click();
  await expect(page.getByRole('button', { name: 'Add server' })).toBeVisible();
}

/** Opens an empty form for another server. */
export async function addServer(page: Page, input: ServerInput): Promise<void> {
  await page.getByRole('button', { name: 'Add server' }).click();
  await expect(serverForm(page, 'New server')).toBeVisible();
  await fillServer(page, input);
}

/** Drops a file on the page, as a person does who drags it there. */
export async function dropFile(page: Page, text: string, name = 'config.yaml'): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([text, name]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name));
      return transfer;
    },
    [text, name] as const,
  );
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer });
}
