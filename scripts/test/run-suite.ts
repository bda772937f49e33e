import { run } from '../setup/run.mjs';
import { type Count, countTests, type Runner } from './count-tests.ts';
import { prepareReport } from './report.ts';
import type { Suite } from './suites.ts';

/** Part of the tests: those in these files whose title matches this regular expression. */
export interface Selection {
  files: readonly string[];
  titles: string;
}

/** Runs a suite, or a selection of its tests, shows its output, and counts how it went. */
export async function runSuite(suite: Suite, selection?: Selection): Promise<Count> {
  const [program, ...args] = suite.command;
  if (!suite.runner) {
    const code = await run(program, args);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  }
  const { path, read } = prepareReport(suite.name);
  const asked = [...args, ...reportingTo(path, suite.runner), ...filterBy(selection, suite.runner)];
  const code = await run(program, asked, { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: path } });
  return countTests(suite.runner, read(), code);
}

function reportingTo(path: string, runner: Runner): string[] {
  if (runner === 'playwright') return ['--reporter=list,json'];
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`];
}

function filterBy(selection: Selection | undefined, runner: Runner): string[] {
  if (!selection) return [];
  const byTitle = runner === 'playwright' ? '--grep' : '--testNamePattern';
  return [...selection.files, byTitle, selection.titles];
}
