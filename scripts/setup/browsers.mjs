/**
 * @typedef {object} KnownBrowser
 * @property {string} name as people call it
 * @property {boolean} loadsExtensions false for branded Chrome and Edge: they ignore --load-extension
 * @property {{ [platform: string]: readonly string[] }} places A place without a slash is a command
 *   on the path. `~` is the home directory, `%NAME%` an environment variable, `*` the rest of a name.
 */

/**
 * Best first.
 *
 * @type {readonly KnownBrowser[]}
 */
export const chromiums = [
  {
    name: 'Chromium',
    loadsExtensions: true,
    places: {
      linux: ['chromium', 'chromium-browser', '/usr/lib/chromium/chromium'],
      darwin: ['/Applications/Chromium.app/Contents/MacOS/Chromium'],
      win32: ['%LOCALAPPDATA%/Chromium/Application/chrome.exe'],
    },
  },
  {
    name: 'Chrome for Testing',
    loadsExtensions: true,
    places: {
      linux: [
        '~/.cache/ms-playwright/chromium-*/chrome-linux*/chrome',
        '~/.cache/puppeteer/chrome/*/chrome-linux64/chrome',
      ],
      darwin: [
        '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
        '~/Library/Caches/ms-playwright/chromium-*/chrome-mac*/*/Contents/MacOS/*',
        '~/.cache/puppeteer/chrome/*/chrome-mac*/*/Contents/MacOS/*',
      ],
      win32: [
        '%LOCALAPPDATA%/ms-playwright/chromium-*/chrome-win*/chrome.exe',
        '%USERPROFILE%/.cache/puppeteer/chrome/*/chrome-win*/chrome.exe',
      ],
    },
  },
  {
    name: 'Brave',
    loadsExtensions: true,
    places: {
      linux: ['brave-browser', 'brave', '/opt/brave.com/brave/brave'],
      darwin: ['/Applications/Brave Browser.app/Contents/MacOS/Brave Browser'],
      win32: [
        '%ProgramFiles%/BraveSoftware/Brave-Browser/Application/brave.exe',
        '%LOCALAPPDATA%/BraveSoftware/Brave-Browser/Application/brave.exe',
      ],
    },
  },
  {
    name: 'Vivaldi',
    loadsExtensions: true,
    places: {
      linux: ['vivaldi-stable', 'vivaldi', '/opt/vivaldi/vivaldi'],
      darwin: ['/Applications/Vivaldi.app/Contents/MacOS/Vivaldi'],
      win32: [
        '%LOCALAPPDATA%/Vivaldi/Application/vivaldi.exe',
        '%ProgramFiles%/Vivaldi/Application/vivaldi.exe',
      ],
    },
  },
  {
    name: 'Google Chrome',
    loadsExtensions: false,
    places: {
      linux: ['google-chrome-stable', 'google-chrome', '/opt/google/chrome/chrome'],
      darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
      win32: [
        '%ProgramFiles%/Google/Chrome/Application/chrome.exe',
        '%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe',
        '%LOCALAPPDATA%/Google/Chrome/Application/chrome.exe',
      ],
    },
  },
  {
    name: 'Microsoft Edge',
    loadsExtensions: false,
    places: {
      linux: ['microsoft-edge-stable', 'microsoft-edge', '/opt/microsoft/msedge/msedge'],
      darwin: ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
      win32: [
        '%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe',
        '%ProgramFiles%/Microsoft/Edge/Application/msedge.exe',
      ],
    },
  },
];

/**
 * Best first.
 *
 * @type {readonly KnownBrowser[]}
 */
export const firefoxes = [
  {
    name: 'Firefox ESR',
    loadsExtensions: true,
    places: {
      linux: ['firefox-esr'],
      darwin: ['/Applications/Firefox ESR.app/Contents/MacOS/firefox'],
      win32: ['%ProgramFiles%/Mozilla Firefox ESR/firefox.exe'],
    },
  },
  {
    name: 'Firefox',
    loadsExtensions: true,
    places: {
      linux: ['firefox', '/usr/lib/firefox/firefox'],
      darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
      win32: [
        '%ProgramFiles%/Mozilla Firefox/firefox.exe',
        '%ProgramFiles(x86)%/Mozilla Firefox/firefox.exe',
        '%LOCALAPPDATA%/Mozilla Firefox/firefox.exe',
      ],
    },
  },
];
