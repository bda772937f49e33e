import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';

interface Room {
  folder: string;
  mayImport: readonly string[];
  /** Packages that have no business here; `node:` modules have none in any room. */
  withoutPackages?: RegExp;
  why: string;
}

/** Who may import whom: `entrypoints -> workflows -> core <- components`, `entrypoints -> edges -> core`. */
const rooms: readonly Room[] = [
  {
    folder: 'lib/core',
    mayImport: ['lib/core', 'public/_locales'], // The keys of the words, for their types.
    withoutPackages: /./,
    why: 'the core decides; it neither asks nor writes',
  },
  {
    folder: 'lib/edges',
    mayImport: ['lib/edges', 'lib/core'],
    why: 'an edge translates; order and policy live in workflows',
  },
  {
    folder: 'lib/workflows',
    mayImport: ['lib/workflows', 'lib/core'],
    withoutPackages: /^(wxt|react|react-dom|virtua|idb)$/,
    why: 'a workflow gets its edges as arguments, so that it runs in a test without a browser',
  },
  {
    folder: 'components',
    mayImport: ['components', 'lib/core'],
    withoutPackages: /^(wxt|idb)$/,
    why: 'a component shows a state and calls back',
  },
  {
    folder: 'entrypoints',
    mayImport: ['entrypoints', 'components', 'lib/workflows', 'lib/edges', 'lib/core'],
    why: 'the product is built from its own rooms only',
  },
];

/** What the pages have in common. It starts nothing, so it is no entrypoint. */
const sharedByPages = 'entrypoints/pages';

/** The one file that knows how a browser is reached, and the packages that only it may import. */
const browserEdge = 'lib/edges/browser.ts';
const browserPackages = ['webextension-polyfill', 'wxt/browser'];

/**
 * Why the file at `path` may not import `specifier`, in a sentence; undefined if it may.
 *
 * `path` is absolute, within the repository at `root`.
 */
export function findObjection(root: string, path: string, specifier: string): string | undefined {
  const file = toPosix(relative(root, path));
  if (specifier.startsWith('.')) return objectionToFile(root, file, specifier);
  return objectionToPackage(root, file, specifier);
}

function objectionToFile(root: string, file: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ''));
  if (!isFile(join(root, target))) {
    return `There is no file ${target}. Write the path with its extension.`;
  }
  const isShared = isWithin(sharedByPages, target) && isWithin('entrypoints', file);
  if (isWithin('entrypoints', target) && !isShared && ownFolder(file) !== ownFolder(target)) {
    return `${target} is an entrypoint, and nothing is built on an entrypoint. Move what is shared to another room.`;
  }
  const room = roomOf(file);
  if (!room || room.mayImport.some((folder) => isWithin(folder, target))) return undefined;
  return `${room.folder} may not import ${target}: ${room.why}.`;
}

function objectionToPackage(root: string, file: string, specifier: string): string | undefined {
  const name = packageName(specifier);
  const room = roomOf(file);
  if (browserPackages.includes(specifier) && file !== browserEdge) {
    return `Import the browser from ${browserEdge}.`;
  }
  if (room && (specifier.startsWith('node:') || room.withoutPackages?.test(name))) {
    return `${room.folder} may not import ${specifier}: ${room.why}.`;
  }
  if (specifier.startsWith('node:') || knownPackages(root).has(name)) return undefined;
  return `${specifier} is neither a relative path nor a package in package.json.`;
}

function roomOf(file: string): Room | undefined {
  return rooms.find(({ folder }) => isWithin(folder, file));
}

function isWithin(folder: string, file: string): boolean {
  return file.startsWith(`${folder}/`);
}

/** `entrypoints/popup` for what lies in it; an entrypoint of one file is its own folder. */
function ownFolder(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}

const packagesOfRoot = new Map<string, ReadonlySet<string>>();

function knownPackages(root: string): ReadonlySet<string> {
  const known = packagesOfRoot.get(root) ?? readPackageNames(root);
  packagesOfRoot.set(root, known);
  return known;
}

function readPackageNames(root: string): ReadonlySet<string> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
}
