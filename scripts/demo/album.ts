import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../setup/run.mjs';

const DIRECTORY = 'demo-output';

/** The pictures of one run, numbered, in a directory of the repository that holds no older ones. */
export function openAlbum() {
  const paths: string[] = [];
  rmSync(join(root, DIRECTORY), { recursive: true, force: true });
  return {
    /** Their paths in the repository. */
    paths: (): readonly string[] => paths,
    async add(page: Page, name: string): Promise<void> {
      const path = `${DIRECTORY}/${paths.length + 1}-${name}.png`;
      await page.screenshot({ path: join(root, path), animations: 'disabled' });
      paths.push(path);
    },
  };
}
