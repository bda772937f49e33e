import { browser } from './browser.ts';

const NAME = 'welcomed';

/**
 * Whether this profile meets Keyferry for the first time; asked again, it does not. That the
 * browser says "installed" is not enough: of an extension loaded from a folder by the command
 * line, Chromium says so at each start.
 */
export async function isFirstRun(): Promise<boolean> {
  const { [NAME]: welcomed } = await browser.storage.local.get(NAME);
  if (welcomed) return false;
  await browser.storage.local.set({ [NAME]: true });
  return true;
}
