import { readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { chromiums, firefoxes } from './browsers.mjs';

/**
 * @typedef {object} Browser
 * @property {string} name as people call it
 * @property {string} path of its program
 * @property {boolean} loadsExtensions false for branded Chrome and Edge: they ignore --load-extension
 */

/**
 * What the search asks of a machine.
 *
 * @typedef {object} Machine
 * @property {string} platform as in `process.platform`
 * @property {NodeJS.ProcessEnv} env
 * @property {string} home
 * @property {(path: string) => boolean} isFile
 * @property {(directory: string) => readonly string[]} list the names in a directory; none if there is no such directory
 */

/** @type {Machine} */
const thisMachine = {
  platform: process.platform,
  env: process.env,
  home: homedir(),
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true,
  list: (directory) => (isDirectory(directory) ? readdirSync(directory) : []),
};

/**
 * The Chromium to test with: what CHROMIUM names, else the best of the usual places. Branded Chrome
 * and Edge come last and are marked: they ignore --load-extension.
 *
 * @param {Machine} [machine]
 * @returns {Browser | undefined}
 */
export function findChromium(machine = thisMachine) {
  return named(machine.env.CHROMIUM) ?? findFirst(chromiums, machine);
}

/**
 * The Firefox to test with: what FIREFOX names, else an ESR, else a release, in the usual places.
 *
 * @param {Machine} [machine]
 * @returns {Browser | undefined}
 */
export function findFirefox(machine = thisMachine) {
  return named(machine.env.FIREFOX) ?? findFirst(firefoxes, machine);
}

/** A path that the person gave is taken at its word. @param {string | undefined} path */
function named(path) {
  return path ? { name: path, path, loadsExtensions: true } : undefined;
}

/**
 * @param {readonly import('./browsers.mjs').KnownBrowser[]} browsers
 * @param {Machine} machine
 * @returns {Browser | undefined}
 */
function findFirst(browsers, machine) {
  for (const { name, loadsExtensions, places } of browsers) {
    const candidates = (places[machine.platform] ?? []).flatMap((place) => resolve(place, machine));
    const path = candidates.find(machine.isFile);
    if (path) return { name, path, loadsExtensions };
  }
  return undefined;
}

/** The paths that a place stands for. @param {string} place @param {Machine} machine */
function resolve(place, machine) {
  if (!place.includes('/')) return onPath(place, machine);
  const path = place
    .replace(/^~/, machine.home)
    .replace(/%(.+?)%/, (_, name) => machine.env[name] ?? '');
  return expand(path, machine);
}

/** @param {string} command @param {Machine} machine */
function onPath(command, { env }) {
  return (env.PATH ?? '').split(':').map((directory) => `${directory}/${command}`);
}

/**
 * `path` with each `*` replaced by the names that stand there, the last in the alphabet first: of
 * two versions in a cache that is mostly the newer one.
 *
 * @param {string} path @param {Machine} machine @returns {string[]}
 */
function expand(path, machine) {
  const [before, segment, after = ''] = path.split(/([^/]*\*[^/]*)(.*)/, 3);
  if (before === undefined || segment === undefined) return [path];
  const [start = '', end = ''] = segment.split('*');
  return machine
    .list(before)
    .filter((name) => name.startsWith(start) && name.endsWith(end))
    .toSorted()
    .toReversed()
    .flatMap((name) => expand(before + name + after, machine));
}

/** @param {string} path */
function isDirectory(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
