import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

/** One server for all tests, which write to it: those that can, one after the other. */
const onRealServer = Boolean(process.env.CLIPROXYAPI_URL && process.env.CLIPROXYAPI_MANAGEMENT_KEY);

export default defineConfig({
  fullyParallel: true,
  forbidOnly: true,
  workers: onRealServer ? 1 : Math.min(2, availableParallelism()),
  ...(onRealServer && { grep: /@server\b/ }),
  // Where nobody is there to look, a second try tells a busy machine from a bug; what needed one is named.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  // A real server checks the key for 60 ms or, on a busy machine, ten times that, with each of a test's many calls.
  expect: { timeout: onRealServer ? 15_000 : 10_000 },
  reporter: 'list',
  outputDir: 'test-results',
  // Every secret in the tests is made up, so a trace may be kept and shown.
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'chromium', testDir: 'tests/e2e' },
    { name: 'firefox', testDir: 'tests/e2e-firefox' },
  ],
});
