import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isCurrent } from '../../../scripts/demo/build.ts';

let directory = '';
const at = (path: string) => join(directory, path);
const is = () => isCurrent(at('build'), [at('lib'), at('config.ts')]);

/** Changed at a time in seconds. */
function write(path: string, time: number): void {
  writeFileSync(at(path), '');
  utimesSync(at(path), time, time);
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyferry-build-'));
  mkdirSync(at('lib/core'), { recursive: true });
  mkdirSync(at('build'));
  write('lib/core/a.ts', 100);
  write('config.ts', 100);
  for (const path of ['lib/core', 'lib']) utimesSync(at(path), 100, 100);
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('the build', () => {
  it('is made if there is none, or only part of one', () => {
    expect(isCurrent(at('none'), [at('lib')])).toBe(false);
    write('build/popup.html', 200);
    expect(is()).toBe(false);
  });

  it('is kept while no source is younger', () => {
    write('build/manifest.json', 100);
    expect(is()).toBe(true);
  });

  it.each(['lib/core/a.ts', 'config.ts'])('is made again after a change of %s', (path) => {
    write('build/manifest.json', 100);
    write(path, 101);
    expect(is()).toBe(false);
  });

  it('is made again after a source was deleted', () => {
    write('build/manifest.json', 100);
    rmSync(at('lib/core/a.ts'));
    expect(is()).toBe(false);
  });
});
