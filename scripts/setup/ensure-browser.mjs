import { existsSync } from 'node:fs';
import { findChromium, findFirefox } from './find-browser.mjs';
import { run } from './run.mjs';

/**
 * @typedef {import('./find-browser.mjs').Browser} Browser
 * @typedef {'chromium' | 'firefox'} BrowserKind
 */

const kinds = {
  chromium: { find: findChromium, debianPackage: 'chromium' },
  firefox: { find: findFirefox, debianPackage: 'firefox-esr' },
};

/**
 * A browser that loads unpacked extensions. On Debian, with root rights, it is installed if absent.
 *
 * @param {BrowserKind} kind
 * @param {object} [options]
 * @param {boolean} [options.branded] takes Chrome and Edge too, which load an extension by DevTools only
 * @returns {Promise<{ browser: Browser } | { missing: string }>} the browser, or in a sentence what
 *   the person has to install
 */
export async function ensureBrowser(kind, { branded = false } = {}) {
  const { find, debianPackage } = kinds[kind];
  const found = find();
  if (found && (branded || found.loadsExtensions)) return { browser: found };
  if (canInstall()) await aptInstall(debianPackage);
  const installed = find();
  if (installed?.loadsExtensions) return { browser: installed };
  return { missing: describeMissing(kind, process.platform, found) };
}

/**
 * What to install where there is no such browser.
 *
 * @param {BrowserKind} kind
 * @param {string} platform as in `process.platform`
 * @param {Browser} [unfit] a browser that was found but ignores --load-extension
 */
export function describeMissing(kind, platform, unfit) {
  const finding = unfit
    ? `${unfit.name} was found, but it ignores --load-extension.`
    : `No ${kind === 'chromium' ? 'Chromium' : 'Firefox'} was found.`;
  return `${finding} ${kind === 'chromium' ? chromiumAdvice(platform) : firefoxAdvice(platform)}`;
}

/** @param {string} platform */
function chromiumAdvice(platform) {
  const first =
    platform === 'linux'
      ? 'Install your system’s Chromium package (Debian: sudo apt-get install chromium), or run'
      : 'Run';
  return `${first} npx playwright install chromium, or set CHROMIUM to the path of a Chromium, Chrome for Testing, Brave or Vivaldi.`;
}

/** @param {string} platform */
function firefoxAdvice(platform) {
  const first =
    platform === 'linux'
      ? 'Install your system’s Firefox package (Debian: sudo apt-get install firefox-esr)'
      : 'Install Firefox from https://www.mozilla.org/firefox/new/';
  return `${first}, or set FIREFOX to the path of a Firefox 140 or newer.`;
}

function canInstall() {
  const isRoot = process.getuid?.() === 0;
  return isRoot && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

/** @param {string} name */
async function aptInstall(name) {
  console.log(`Installing the Debian package ${name} with apt-get.`);
  const quietly = { env: { DEBIAN_FRONTEND: 'noninteractive' }, quiet: true };
  // The lists of a fresh container are empty. If they cannot be had, the old ones may still do.
  await run('apt-get', ['-qq', 'update'], quietly);
  await run('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', name], quietly);
}
