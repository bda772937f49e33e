import { browser } from './browser.ts';

/**
 * The pattern under which an address can be allowed. Firefox takes a pattern with a port
 * and then matches nothing with it, so there the port is left out.
 */
export function accessPattern(address: string): string {
  const { protocol, host, hostname } = new URL(address);
  return `${protocol}//${import.meta.env.FIREFOX ? hostname : host}/*`;
}

/** Whether the person allowed an address. One that no browser takes as a pattern cannot have been. */
export async function hasAccess(address: string): Promise<boolean> {
  try {
    return await browser.permissions.contains({ origins: [accessPattern(address)] });
  } catch {
    return false;
  }
}

/**
 * Asks the person to allow one origin. Browsers take this only as the first thing in a
 * click, so nothing may be awaited before it.
 */
export const requestAccess = (address: string): Promise<boolean> =>
  browser.permissions.request({ origins: [accessPattern(address)] });

/** The origins that the person has allowed, as patterns. */
export async function grantedOrigins(): Promise<readonly string[]> {
  const { origins = [] } = await browser.permissions.getAll();
  return origins.toSorted();
}

export const revokeAccess = (pattern: string): Promise<boolean> =>
  browser.permissions.remove({ origins: [pattern] });

/** Calls back whenever the person has allowed something. */
export function onAccessGranted(granted: () => void): void {
  browser.permissions.onAdded.addListener(granted);
}

/** Calls back whenever what is allowed changes. Gives the way to stop. */
export function onAccessChanged(changed: () => void): () => void {
  browser.permissions.onAdded.addListener(changed);
  browser.permissions.onRemoved.addListener(changed);
  return () => {
    browser.permissions.onAdded.removeListener(changed);
    browser.permissions.onRemoved.removeListener(changed);
  };
}
