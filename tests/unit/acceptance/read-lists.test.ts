import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlaywrightList, readVitestList } from '../../../scripts/acceptance/read-lists.ts';
import { root } from '../../../scripts/setup/run.mjs';

describe('a list of tests', () => {
  it('is read from vitest', () => {
    const list = [
      {
        name: 'a plan > adds a key to 3 providers',
        file: join(root, 'tests/unit/plan.test.ts'),
        projectName: 'unit',
        location: { line: 11, column: 3 },
      },
    ];
    const title = 'a plan › adds a key to 3 providers';
    const file = 'tests/unit/plan.test.ts';
    expect(readVitestList(list)).toEqual([{ title, file, line: 11, layer: 'unit' }]);
  });

  it('is read from Playwright with the titles of all blocks, but not of the file', () => {
    const file = 'tests/e2e/popup.test.ts';
    const spec = (title: string, line: number) => {
      return { title, file, line, tests: [{ projectName: 'chromium' }] };
    };
    const inner = { title: 'with a key', specs: [spec('shows it', 5)] };
    const outer = { title: 'the popup', specs: [], suites: [inner] };
    const list = { suites: [{ title: file, specs: [spec('opens', 9)], suites: [outer] }] };
    expect(readPlaywrightList(list)).toEqual([
      { title: 'opens', file, line: 9, layer: 'chromium' },
      { title: 'the popup › with a key › shows it', file, line: 5, layer: 'chromium' },
    ]);
  });
});
