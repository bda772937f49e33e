import { z } from 'zod';

export type Runner = 'vitest' | 'playwright';

export interface Count {
  passed: number;
  failed: number;
  /** Tests that were there and did not run. They are neither. */
  skipped: number;
}

/** What vitest 5.1 writes with --reporter=json. A file that does not load fails without a test. */
const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numTotalTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/** What Playwright 1.65 writes with --reporter=json. Flaky passed at a second try, which only CI grants; the list names it. */
const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

const counters = { vitest: countVitest, playwright: countPlaywright };

/**
 * How the tests of a runner went, by its JSON report.
 *
 * A bad exit code without a failed test (a broken configuration, an unhandled error) counts as one
 * failure, and so does a report that is absent or that knows no test which ran.
 */
export function countTests(runner: Runner, report: unknown, exitCode: number): Count {
  const count = counters[runner](report) ?? { passed: 0, failed: 0, skipped: 0 };
  const fails = exitCode !== 0 || count.passed === 0;
  return fails && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function countVitest(report: unknown): Count | undefined {
  const { data } = vitestReport.safeParse(report);
  if (!data) return undefined;
  const failed = data.numFailedTests + data.testResults.filter(failsWithoutTest).length;
  const ran = data.numPassedTests + data.numFailedTests;
  return { passed: data.numPassedTests, failed, skipped: data.numTotalTests - ran };
}

function failsWithoutTest(file: z.infer<typeof vitestReport>['testResults'][number]): boolean {
  const failed = (part: { status: string }) => part.status === 'failed';
  return failed(file) && !file.assertionResults.some(failed);
}

function countPlaywright(report: unknown): Count | undefined {
  const { data } = playwrightReport.safeParse(report);
  if (!data) return undefined;
  const { expected, unexpected, flaky, skipped } = data.stats;
  return { passed: expected + flaky, failed: unexpected, skipped };
}
