import { describe, expect, it } from 'vitest';
import { countTests } from '../../../scripts/test/count-tests.ts';

/** What vitest 5.1.0 reported for files whose tests have these states; an empty file did not load. */
function vitestReport(...files: { status: string; tests: readonly string[] }[]) {
  const all = files.flatMap(({ tests }) => tests);
  return {
    numTotalTests: all.length,
    numPassedTests: all.filter((status) => status === 'passed').length,
    numFailedTests: all.filter((status) => status === 'failed').length,
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((each) => ({ status: each })),
    })),
  };
}

const passing = { status: 'passed', tests: ['passed', 'passed'] };

describe('the count of a vitest run', () => {
  it('is that of its tests', () => {
    const report = vitestReport(passing, { status: 'failed', tests: ['failed', 'passed'] });
    expect(countTests('vitest', report, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('has a failure for a file that did not load', () => {
    const report = vitestReport(passing, { status: 'failed', tests: [] });
    expect(countTests('vitest', report, 1)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  });

  it('has a failure for a file whose preparation broke, and none for its tests, which did not run', () => {
    const report = vitestReport(passing, { status: 'failed', tests: ['skipped', 'skipped'] });
    expect(countTests('vitest', report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it('has a failure if it ended badly although every test passed', () => {
    const report = vitestReport(passing);
    expect(countTests('vitest', report, 1)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  });

  it('has a failure if no test ran', () => {
    expect(countTests('vitest', vitestReport(), 0).failed).toBe(1);
    const skipped = vitestReport({ status: 'passed', tests: ['skipped'] });
    expect(countTests('vitest', skipped, 0)).toEqual({ passed: 0, failed: 1, skipped: 1 });
  });
});

describe('the count of a Playwright run', () => {
  it('is that of its tests, with those that a second try passed among the passed', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 4 } };
    expect(countTests('playwright', report, 1)).toEqual({ passed: 7, failed: 1, skipped: 4 });
  });

  it('is one failure if there is no report', () => {
    expect(countTests('playwright', undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countTests('playwright', { errors: [] }, 0).failed).toBe(1);
  });
});
