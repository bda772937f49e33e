import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '../setup/run.mjs';
import { Trouble } from './trouble.ts';

/** Everything that goes into the build. */
const SOURCES = [
  'components',
  'entrypoints',
  'lib',
  'public',
  'package-lock.json',
  'tsconfig.json',
  'wxt.config.ts',
];

/** Where the extension for Chromium is built to. */
export const extensionDirectory = join(root, '.output/chrome-mv3');

/** Builds the extension for Chromium, if it is not there or older than its sources. Throws `Trouble` if that fails. */
export async function ensureBuild(): Promise<void> {
  const sources = SOURCES.map((path) => join(root, path));
  if (isCurrent(extensionDirectory, sources)) return;
  console.log('Building the extension.');
  if ((await run('wxt', ['build'], { quiet: true })) === 0) return;
  throw new Trouble(
    'The extension does not build; what the build said stands above. Mend that, or go back to a state that builds (git status shows what has changed), and run this again.',
  );
}

/** Whether `build` holds an extension that is at least as young as each of `sources`. */
export function isCurrent(build: string, sources: readonly string[]): boolean {
  // WXT writes the manifest last: it is absent after a build that broke off.
  const manifest = join(build, 'manifest.json');
  if (!existsSync(manifest)) return false;
  return Math.max(...sources.map(lastChange)) <= statSync(manifest).mtimeMs;
}

/** When a file, or anything in a directory, was last changed, in milliseconds. A directory is, too, by a deletion. */
function lastChange(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const inside = readdirSync(path, { recursive: true, withFileTypes: true });
  const times = inside.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return Math.max(mtimeMs, ...times);
}
