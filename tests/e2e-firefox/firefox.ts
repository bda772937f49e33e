import puppeteer, { type Browser } from 'puppeteer-core';
import { findFirefox } from '../../scripts/setup.mjs';
import { builtExtension, readManifest } from '../built.ts';

/** Firefox draws one by chance for each profile; a test has to know the address of a page. */
const UUID = 'b1e8a1c2-7d44-4d4d-9f5b-0a1b2c3d4e5f';

/** The address of a page of the extension, such as `popup.html`. */
export const urlOf = (path: string): string => `moz-extension://${UUID}/${path}`;

/** Starts Firefox, in English whatever the machine speaks, and ready to take the built extension. */
export function launch(): Promise<Browser> {
  const executablePath = findFirefox()?.path;
  return puppeteer.launch({
    browser: 'firefox',
    ...(executablePath && { executablePath }),
    headless: true,
    // Firefox 153 and newer refuse to navigate to moz-extension: without it.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.keepUuidOnUninstall': true,
      'extensions.webextensions.uuids': JSON.stringify({ [addonId()]: UUID }),
      // permissions.request() answers true at once, without the prompt, which no test can answer.
      'extensions.webextOptionalPermissionPrompts': false,
      'intl.locale.requested': 'en-US',
    },
  });
}

/** Installs the built extension. Gives the way to take it out again, with all that it has stored. */
export async function install(firefox: Browser): Promise<() => Promise<void>> {
  await inTheBrowser(firefox, 'Services.console.reset()');
  await firefox.installExtension(builtExtension('firefox-mv3'));
  return () => firefox.uninstallExtension(addonId());
}

/**
 * Ends the event page as the browser does after 30 seconds without an event, also in the middle
 * of work: neither an open answer nor a request keeps it (tried on Firefox 153).
 */
export async function endEventPage(firefox: Browser): Promise<void> {
  const extension = `WebExtensionPolicy.getByID('${addonId()}').extension`;
  await inTheBrowser(
    firefox,
    `${extension}.terminateBackground({ disableResetIdleForTest: true })`,
  );
}

/** The errors of the extension's pages since it was installed, and what their CSP did not let them do. */
export async function readComplaints(firefox: Browser): Promise<string[]> {
  // WebDriver BiDi tells nothing of extension pages; the browser's own console does.
  const errors = await inTheBrowser(
    firefox,
    `JSON.stringify(Services.console.getMessageArray()
      .filter((entry) => entry instanceof Ci.nsIScriptError && !(entry.flags & entry.warningFlag))
      .filter(({ sourceName }) => sourceName.startsWith('${urlOf('')}'))
      .map(({ errorMessage }) => errorMessage))`,
  );
  return JSON.parse(String(errors));
}

/** Evaluates an expression in the browser's own window, which is open to the bare protocol only. */
async function inTheBrowser(firefox: Browser, expression: string): Promise<unknown> {
  const { connection } = firefox as unknown as { connection: BrowserConnection };
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const target = { context: tree.result.contexts?.[0]?.context };
  const evaluation = { expression, target, awaitPromise: true };
  const { result } = await connection.send('script.evaluate', evaluation);
  if (result.type === 'success') return result.result?.value;
  throw new Error(result.exceptionDetails?.text ?? `Firefox did not evaluate ${expression}`);
}

/** What we use of puppeteer's connection, which its types hide, and of the two answers. */
interface BrowserConnection {
  send(
    method: string,
    parameters: object,
  ): Promise<{
    result: {
      contexts?: { context: string }[];
      type?: 'success' | 'exception';
      result?: { value?: unknown };
      exceptionDetails?: { text: string };
    };
  }>;
}

/** Read from the build only when a test runs, for tests are listed without one. */
function addonId(): string {
  return readManifest('firefox-mv3').browser_specific_settings.gecko.id;
}
