/** What it is, the path it is planted at, and its text. */
type Planted = readonly [what: string, path: string, text: string];

/** By the rule that must find it. Each file breaks exactly that one rule. */
export const violations: Readonly<Record<string, readonly Planted[]>> = {
  'keyferry(import-directions)': [
    [
      'a core that imports an edge',
      'lib/core/uses-edge.ts',
      "export { edge } from '../edges/edge.ts';",
    ],
    [
      'a core that imports the type of an edge',
      'lib/core/uses-edge-type.ts',
      "import type { Edge } from '../edges/edge.ts';\nexport type Own = Edge;",
    ],
    ['a core that imports a package', 'lib/core/uses-package.ts', "export { z } from 'zod';"],
    [
      'a core that imports from beside it',
      'lib/core/uses-outside.ts',
      "export * from '../outside.ts';",
    ],
    [
      'an edge that imports a workflow',
      'lib/edges/uses-workflow.ts',
      "export * from '../workflows/workflow.ts';",
    ],
    [
      'a workflow that imports an edge when it runs',
      'lib/workflows/uses-edge.ts',
      "export const load = () => import('../edges/edge.ts');",
    ],
    [
      'a workflow that imports the framework',
      'lib/workflows/uses-framework.ts',
      "export { storage } from 'wxt/utils/storage';",
    ],
    [
      'a component that imports a workflow',
      'components/uses-workflow.tsx',
      "export * from '../lib/workflows/workflow.ts';",
    ],
    [
      'a component that imports an edge',
      'components/uses-edge.tsx',
      "export * from '../lib/edges/edge.ts';",
    ],
    [
      'an entrypoint that imports another entrypoint',
      'entrypoints/options/uses-popup.ts',
      "export * from '../popup/popup.ts';",
    ],
    [
      'a test that imports an entrypoint',
      'tests/unit/uses-popup.ts',
      "export * from '../../entrypoints/popup/popup.ts';",
    ],
    [
      'a product file that imports from the tests',
      'entrypoints/popup/uses-tests.ts',
      "export * from '../../tests/helper.ts';",
    ],
    [
      'a product file that imports from Node',
      'lib/edges/uses-node.ts',
      "export { readFile } from 'node:fs/promises';",
    ],
    [
      'the polyfill outside its edge',
      'lib/edges/uses-polyfill.ts',
      "export { default as browser } from 'webextension-polyfill';",
    ],
    [
      "the framework's own browser object",
      'entrypoints/popup/uses-wxt-browser.ts',
      "export { browser } from 'wxt/browser';",
    ],
    ['an import that leads nowhere', 'lib/edges/leads-nowhere.ts', "export * from './absent.ts';"],
    [
      'an import without its extension',
      'lib/edges/without-extension.ts',
      "export * from './edge';",
    ],
    ['an import by an alias', 'lib/edges/by-alias.ts', "export * from '@/lib/edges/edge.ts';"],
    [
      'an import that is computed',
      'lib/edges/computed.ts',
      'export const load = (name: string) => import(name);',
    ],
  ],
  'typescript(consistent-type-imports)': [
    [
      'a core that names the type of an edge in place',
      'lib/core/uses-edge-type-in-place.ts',
      "export type Own = import('../edges/edge.ts').Edge;",
    ],
  ],
  'import(no-cycle)': [
    [
      'a cycle, even of types',
      'lib/core/cycle.ts',
      "import type { Other } from './cycle-other.ts';\nexport type One = Other | 1;",
    ],
    [
      'the other half of a cycle',
      'lib/core/cycle-other.ts',
      "import type { One } from './cycle.ts';\nexport type Other = One | 2;",
    ],
  ],
  'eslint(no-restricted-globals)': [
    [
      'a core that asks the network',
      'lib/core/asks-network.ts',
      "export const ask = () => fetch('/');",
    ],
    [
      'a core that asks the network by a detour',
      'lib/core/asks-network-by-detour.ts',
      "export const ask = () => globalThis.fetch('/');",
    ],
    [
      'a core that asks the clock',
      'lib/core/asks-clock.ts',
      'export const now = () => Date.now();',
    ],
    [
      'a core that waits',
      'lib/core/waits.ts',
      'export const wait = (done: () => void) => setTimeout(done, 1);',
    ],
    [
      'a core that knows the browser',
      'lib/core/knows-browser.ts',
      'export const id = () => chrome.runtime.id;',
    ],
    [
      'a component that asks the network',
      'components/asks-network.tsx',
      "export const ask = () => fetch('/');",
    ],
  ],
  'eslint(no-restricted-properties)': [
    [
      'a core that throws dice',
      'lib/core/throws-dice.ts',
      'export const roll = () => Math.random();',
    ],
    [
      'a test that silences the others',
      'tests/e2e/only.test.ts',
      "import { expect, test } from './fixtures.ts';\ntest.describe.only('page', () => { test('loads', () => expect(1).toBe(1)); });",
    ],
    [
      'a test that is skipped',
      'tests/e2e-firefox/skipped.test.ts',
      "import { expect, test } from '../e2e/fixtures.ts';\ntest('loads', () => { test.skip(); expect(1).toBe(1); });",
    ],
    [
      'a test that waits by the clock',
      'tests/e2e/waits.test.ts',
      "import { expect, test } from './fixtures.ts';\ntest('loads', async ({ page }) => { await page.waitForTimeout(9); expect(page).toBe(1); });",
    ],
  ],
  'vitest(expect-expect)': [
    [
      'a unit test without an expectation',
      'tests/unit/without-expectation.test.ts',
      "import { it } from 'vitest';\nit('looks', () => {});",
    ],
  ],
  'keyferry(playwright-expect)': [
    [
      'an end-to-end test without an expectation',
      'tests/e2e/without-expectation.test.ts',
      "import { test } from './fixtures.ts';\ntest('looks', async ({ page }) => { await test.step('opens', () => page.goto('/')); });",
    ],
    [
      'an end-to-end test whose expectation asks for nothing',
      'tests/e2e/hollow-expectation.test.ts',
      "import { expect, test } from './fixtures.ts';\ntest('looks', ({ page }) => { expect(page); });",
    ],
  ],
  'vitest(no-restricted-vi-methods)': [
    [
      'a module mock',
      'tests/unit/mock.test.ts',
      "import { expect, it, vi } from 'vitest';\nvi.mock('zod');\nit('is', () => expect(1).toBe(1));",
    ],
  ],
};

/** What the violations import, and every direction that is allowed. */
export const lawful: readonly Planted[] = [
  ['words', 'public/_locales/en/messages.json', '{}'],
  [
    'a core on the keys of the words',
    'lib/core/words.ts',
    "import type en from '../../public/_locales/en/messages.json';\nexport type Key = keyof typeof en;",
  ],
  ['a core on its own', 'lib/core/core.ts', 'export const core = Math.max(1);'],
  ['a core within the core', 'lib/core/changes/plan.ts', "export * from '../core.ts';"],
  [
    'an edge on the core and a package',
    'lib/edges/edge.ts',
    "import { z } from 'zod';\nimport { core } from '../core/core.ts';\nexport const edge = z.literal(core);\nexport type Edge = 1;",
  ],
  [
    'the edge that knows the polyfill',
    'lib/edges/browser.ts',
    "export { default as browser } from 'webextension-polyfill';",
  ],
  ['a workflow on the core', 'lib/workflows/workflow.ts', "export * from '../core/core.ts';"],
  [
    'a component on the core',
    'components/card.tsx',
    "export { useState } from 'react';\nexport * from '../lib/core/core.ts';",
  ],
  [
    'an entrypoint on all rooms and its own folder',
    'entrypoints/popup/main.ts',
    "import './popup.ts';\nexport * from '../../components/card.tsx';\nexport * from '../../lib/edges/edge.ts';\nexport * from '../../lib/workflows/workflow.ts';",
  ],
  ['a part of an entrypoint', 'entrypoints/popup/popup.ts', 'export const popup = 1;'],
  ['a file in no room', 'lib/outside.ts', 'export const outside = 1;'],
  [
    'a helper of tests that uses Node',
    'tests/helper.ts',
    "export { readFile } from 'node:fs/promises';",
  ],
  ['fixtures', 'tests/e2e/fixtures.ts', "export { expect, test } from '@playwright/test';"],
  [
    'an end-to-end test that expects through a helper',
    'tests/e2e/helper.test.ts',
    "import { expect, test } from './fixtures.ts';\nconst expectImported = () => expect(1).toBe(1);\ntest('imports', () => { expectImported(); });",
  ],
  [
    'an end-to-end test that expects softly',
    'tests/e2e/soft.test.ts',
    "import { expect, test } from './fixtures.ts';\ntest('imports', () => { expect.soft(1).toBe(1); });",
  ],
];
