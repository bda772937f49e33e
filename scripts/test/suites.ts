import type { BrowserKind } from '../setup/ensure-browser.mjs';
import type { Runner } from './count-tests.ts';

export interface Suite {
  /** As in `npm test -- unit`. */
  name: string;
  title: string;
  command: readonly [program: string, ...args: string[]];
  /** Whose tests it runs. Without one, the suite is a single check: it passes or fails. */
  runner?: Runner;
  /** Suites that have to pass before. */
  needs?: readonly string[];
  browser?: BrowserKind;
}

/** Everything that `npm test` runs, in this order. */
export const suites: readonly Suite[] = [
  {
    name: 'format',
    title: 'Format and lint',
    command: ['biome', 'check', '.'],
  },
  {
    name: 'lint',
    title: 'Lint of types, imports and tests',
    command: ['oxlint', '--type-aware'],
  },
  {
    name: 'knip',
    title: 'Unused files, exports and packages',
    command: ['knip'],
  },
  {
    name: 'acceptance',
    title: 'Table of acceptance',
    command: ['node', 'scripts/acceptance/main.ts', '--check'],
  },
  {
    name: 'types',
    title: 'Types',
    command: ['tsc', '--noEmit'],
  },
  {
    name: 'unit',
    title: 'Unit tests',
    command: ['vitest', 'run', '--project', 'unit'],
    runner: 'vitest',
  },
  {
    name: 'contract',
    title: 'Contract tests',
    command: ['vitest', 'run', '--project', 'contract'],
    runner: 'vitest',
  },
  {
    name: 'model',
    title: 'Model test of the import engine',
    command: ['vitest', 'run', '--project', 'model'],
    runner: 'vitest',
  },
  {
    name: 'build-chrome',
    title: 'Build for Chromium',
    command: ['wxt', 'build'],
  },
  {
    name: 'build-firefox',
    title: 'Build for Firefox',
    command: ['wxt', 'build', '-b', 'firefox', '--mv3'],
  },
  {
    name: 'build',
    title: 'Manifests and sizes of the builds',
    command: ['vitest', 'run', '--project', 'build'],
    runner: 'vitest',
    needs: ['build-chrome', 'build-firefox'],
  },
  {
    name: 'chromium',
    title: 'End to end in Chromium',
    command: ['playwright', 'test', '--project', 'chromium'],
    runner: 'playwright',
    needs: ['build-chrome'],
    browser: 'chromium',
  },
  {
    name: 'firefox',
    title: 'End to end in Firefox',
    command: ['playwright', 'test', '--project', 'firefox'],
    runner: 'playwright',
    needs: ['build-firefox'],
    browser: 'firefox',
  },
];

/** The suites of these names and those that they need, in order; all suites if no name is given. */
export function selectSuites(names: readonly string[]): readonly Suite[] {
  if (names.length === 0) return suites;
  const wanted = suites.filter(({ name }) => names.includes(name));
  const needed = new Set(wanted.flatMap(({ needs = [] }) => needs));
  return suites.filter((suite) => wanted.includes(suite) || needed.has(suite.name));
}

export function findUnknownNames(names: readonly string[]): string[] {
  return names.filter((wanted) => !suites.some(({ name }) => name === wanted));
}
