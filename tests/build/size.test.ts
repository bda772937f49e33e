import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Build, builtExtension, readManifest } from '../built.ts';
import { scriptsOfPage, withImports } from './scripts.ts';

const builds: readonly Build[] = ['chrome-mv3', 'firefox-mv3'];

describe.each(builds)('the build %s', (build) => {
  it('fits in a zip of 1 MB', () => {
    expect(zipSize(builtExtension(build))).toBeLessThanOrEqual(1_000_000);
  });

  it('has a popup that can load at most 450 kB of scripts', () => {
    const scripts = scriptsOfPage(builtExtension(build), 'popup.html');
    expect(scripts).not.toEqual([]);
    expect(sizeWithImports(build, scripts)).toBeLessThanOrEqual(450_000);
  });

  it('has a background of at most 200 kB', () => {
    const { service_worker, scripts = [service_worker] } = readManifest(build).background;
    expect(sizeWithImports(build, scripts)).toBeLessThanOrEqual(200_000);
  });
});

/** Bytes of these scripts and all that they import. */
function sizeWithImports(build: Build, scripts: readonly string[]): number {
  const directory = builtExtension(build);
  const files = [...withImports(directory, scripts)];
  return files.reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
}

/** Bytes of a zip of a directory: each file deflated, with its two headers, then the end record. */
function zipSize(directory: string): number {
  const files = globSync('**', { cwd: directory }).filter((path) =>
    statSync(join(directory, path)).isFile(),
  );
  return files.reduce((sum, path) => {
    const deflated = deflateRawSync(readFileSync(join(directory, path))).length;
    return sum + deflated + 30 + 46 + 2 * Buffer.byteLength(path);
  }, 22);
}
