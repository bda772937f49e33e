import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { ensureBuild } from '../../scripts/demo/build.ts';
import { builtExtension } from '../built.ts';

/** Where the empty page is in the extension. */
export const EMPTY_PAGE = 'empty/index.html';

/** Puts the built extension into a directory, and an empty React page beside its own, built by the same tools. */
export async function buildWithEmptyPage(directory: string): Promise<void> {
  await ensureBuild();
  await cp(builtExtension('chrome-mv3'), directory, { recursive: true });
  await build({
    root: resolve(import.meta.dirname, 'empty-page'),
    configFile: false,
    base: './',
    logLevel: 'warn',
    build: { outDir: join(directory, 'empty'), emptyOutDir: true },
  });
}
