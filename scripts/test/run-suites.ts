import { ensureBrowser } from '../setup.mjs';
import type { Count } from './count-tests.ts';
import { runSuite, type Selection } from './run-suite.ts';
import type { Suite } from './suites.ts';

/**
 * Runs these suites, or a selection of their tests, in order, also after one has failed, and says
 * at the end how each went.
 *
 * A suite that cannot run, for want of a browser or of a build, counts as one failure.
 */
export async function runSuites(selected: readonly Suite[], selection?: Selection): Promise<Count> {
  const obstacles = await findMissingBrowsers(selected);
  const counts = new Map<Suite, Count>();
  for (const suite of selected) {
    console.log(`\n${suite.title} (${suite.name})`);
    const obstacle = obstacles.get(suite) ?? findFailedNeed(suite, counts);
    if (obstacle) console.log(`Not run: ${obstacle}`);
    counts.set(suite, obstacle ? notRun : await runSuite(suite, selection));
  }
  console.log();
  for (const [{ title }, count] of counts) console.log(`${title}: ${describeCount(count)}`);
  return sum([...counts.values()]);
}

const notRun: Count = { passed: 0, failed: 1, skipped: 0 };

/** Gets the browsers before the first suite, for that may take its time, and notes what is missing. */
async function findMissingBrowsers(selected: readonly Suite[]): Promise<Map<Suite, string>> {
  const obstacles = new Map<Suite, string>();
  for (const suite of selected) {
    if (!suite.browser) continue;
    const got = await ensureBrowser(suite.browser);
    if ('missing' in got) obstacles.set(suite, got.missing);
  }
  return obstacles;
}

function findFailedNeed({ needs = [] }: Suite, counts: Map<Suite, Count>): string | undefined {
  const failed = [...counts].find(([{ name }, { failed }]) => needs.includes(name) && failed > 0);
  return failed && `${failed[0].title} failed.`;
}

function describeCount({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} not run` : ''}`;
}

function sum(counts: readonly Count[]): Count {
  const total = (key: keyof Count) => counts.reduce((so, count) => so + count[key], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}
