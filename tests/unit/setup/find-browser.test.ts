import { describe, expect, it } from 'vitest';
import { describeMissing } from '../../../scripts/setup/ensure-browser.mjs';
import { findChromium, findFirefox, type Machine } from '../../../scripts/setup/find-browser.mjs';

/** A machine of this platform on which nothing but `files` exists. */
function machineWith(
  platform: string,
  files: readonly string[],
  env: Machine['env'] = {},
): Machine {
  return {
    platform,
    env: { PATH: '/usr/local/bin:/usr/bin', LOCALAPPDATA: 'C:/Users/ada/AppData/Local', ...env },
    home: '/home/ada',
    isFile: (path) => files.includes(path),
    list: (directory) =>
      files
        .filter((path) => path.startsWith(directory))
        .map((path) => path.slice(directory.length).split('/', 1).join()),
  };
}

describe('the Chromium to test with', () => {
  it('is the one on the path', () => {
    const machine = machineWith('linux', ['/usr/bin/brave-browser', '/usr/bin/chromium']);
    expect(findChromium(machine)?.path).toBe('/usr/bin/chromium');
  });

  it('is the newest Chrome for Testing in a cache', () => {
    const cache = '/home/ada/.cache/ms-playwright';
    const machine = machineWith('linux', [
      `${cache}/chromium-1228/chrome-linux64/chrome`,
      `${cache}/chromium-1230/chrome-linux64/chrome`,
      `${cache}/firefox-1500/firefox/firefox`,
    ]);
    expect(findChromium(machine)).toEqual({
      name: 'Chrome for Testing',
      path: `${cache}/chromium-1230/chrome-linux64/chrome`,
      loadsExtensions: true,
    });
  });

  it('is found in the applications of a Mac', () => {
    const vivaldi = '/Applications/Vivaldi.app/Contents/MacOS/Vivaldi';
    expect(findChromium(machineWith('darwin', [vivaldi]))?.path).toBe(vivaldi);
  });

  it('is found by the variables of Windows', () => {
    const chromium = 'C:/Users/ada/AppData/Local/Chromium/Application/chrome.exe';
    expect(findChromium(machineWith('win32', [chromium]))?.path).toBe(chromium);
  });

  it('is a branded Chrome only in default of others, and marked as one that loads no extension', () => {
    const chrome = '/usr/bin/google-chrome';
    expect(findChromium(machineWith('linux', [chrome]))?.loadsExtensions).toBe(false);
    const brave = '/usr/bin/brave';
    expect(findChromium(machineWith('linux', [chrome, brave]))?.path).toBe(brave);
  });

  it('is the one that CHROMIUM names, wherever that is', () => {
    const machine = machineWith('linux', ['/usr/bin/chromium'], { CHROMIUM: '/opt/own/chrome' });
    expect(findChromium(machine)?.path).toBe('/opt/own/chrome');
  });

  it('is not invented', () => {
    expect(findChromium(machineWith('linux', []))).toBeUndefined();
    expect(findChromium(machineWith('freebsd', ['/usr/bin/chromium']))).toBeUndefined();
  });
});

describe('the Firefox to test with', () => {
  it('is an ESR rather than a release', () => {
    const machine = machineWith('linux', ['/usr/bin/firefox', '/usr/bin/firefox-esr']);
    expect(findFirefox(machine)?.path).toBe('/usr/bin/firefox-esr');
  });

  it('is the one that FIREFOX names', () => {
    expect(findFirefox(machineWith('linux', [], { FIREFOX: '/opt/ff' }))?.path).toBe('/opt/ff');
  });
});

describe('the advice where a browser is missing', () => {
  it('names the package of the platform', () => {
    expect(describeMissing('chromium', 'linux')).toMatch(
      /^No Chromium was found\. .*apt-get install chromium/,
    );
    expect(describeMissing('firefox', 'linux')).toContain('apt-get install firefox-esr');
    expect(describeMissing('firefox', 'darwin')).toContain('https://www.mozilla.org/firefox/');
    expect(describeMissing('chromium', 'win32')).toContain('Run npx playwright install chromium');
  });

  it('says why the browser that is there will not do', () => {
    const edge = { name: 'Microsoft Edge', path: '/usr/bin/edge', loadsExtensions: false };
    expect(describeMissing('chromium', 'linux', edge)).toMatch(
      /^Microsoft Edge was found, but it ignores/,
    );
  });
});
