// What `npm test` and `npm start` need before anything else. Plain JavaScript without dependencies:
// it runs on the person's own Node (20.17 or newer) before any package is there.
import './setup/check-node.mjs';

export { ensureBrowser } from './setup/ensure-browser.mjs';
export { findChromium, findFirefox } from './setup/find-browser.mjs';
export { ensurePackages, runScript, runWithPackages } from './setup/packages.mjs';
