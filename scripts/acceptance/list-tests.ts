import { run } from '../setup/run.mjs';
import { prepareReport } from '../test/report.ts';
import { readPlaywrightList, readVitestList, type Test } from './read-lists.ts';

/**
 * Every test that vitest and Playwright know, by file and line, also those whose titles are made by
 * a loop. Undefined if one of them cannot list its tests; it has then said why on stderr.
 */
export async function listTests(): Promise<Test[] | undefined> {
  const vitest = await listVitest();
  const playwright = vitest && (await listPlaywright());
  if (!playwright) return undefined;
  // Vitest lists the files that were slow last time first.
  return [...vitest, ...playwright].toSorted(
    (one, other) => compare(one.file, other.file) || one.line - other.line,
  );
}

async function listVitest(): Promise<Test[] | undefined> {
  const { path, read } = prepareReport('vitest-list');
  // Vitest 5 lists by reading the source unless told otherwise: a loop's title is then its template.
  const options = ['--no-static-parse', '--includeTaskLocation', `--json=${path}`];
  const code = await run('vitest', ['list', ...options], { quiet: true });
  return code === 0 ? readVitestList(read()) : undefined;
}

async function listPlaywright(): Promise<Test[] | undefined> {
  const { path, read } = prepareReport('playwright-list');
  const code = await run('playwright', ['test', '--list', '--reporter=json'], {
    // Without a server to test against, which would leave most tests out.
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: path, CLIPROXYAPI_URL: '' },
    quiet: true,
  });
  return code === 0 ? readPlaywrightList(read()) : undefined;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
