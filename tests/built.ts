import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export type Build = 'chrome-mv3' | 'firefox-mv3';

/** The directory of a built extension. */
export function builtExtension(build: Build): string {
  const directory = resolve(import.meta.dirname, '../.output', build);
  if (existsSync(join(directory, 'manifest.json'))) return directory;
  throw new Error(`There is no build in ${directory}. Run npm run build first.`);
}

/** The manifest of a built extension, as the browser reads it. */
export function readManifest(build: Build) {
  return JSON.parse(readFileSync(join(builtExtension(build), 'manifest.json'), 'utf8'));
}
