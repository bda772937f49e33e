import { relative, sep } from 'node:path';
import { z } from 'zod';
import { root } from '../setup/run.mjs';

export interface Test {
  /** With the titles of the blocks around it. */
  title: string;
  /** Relative to the repository, with slashes. */
  file: string;
  line: number;
  /** The project that runs it: unit, contract, build, chromium or firefox. */
  layer: string;
}

const vitestList = z.array(
  z.object({
    name: z.string(),
    file: z.string(),
    projectName: z.string(),
    location: z.object({ line: z.number() }),
  }),
);

/** The tests in what `vitest list --json` writes (5.1.0). */
export function readVitestList(list: unknown): Test[] {
  return vitestList.parse(list).map(({ name, file, projectName, location }) => ({
    title: name.replaceAll(' > ', ' › '),
    file: relative(root, file).split(sep).join('/'),
    line: location.line,
    layer: projectName,
  }));
}

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  tests: z.array(z.object({ projectName: z.string() })),
});

/** A file or a describe block. */
const playwrightSuite = z.object({
  title: z.string(),
  specs: z.array(playwrightSpec),
  get suites() {
    return z.array(playwrightSuite).default([]);
  },
});

const playwrightList = z.object({ suites: z.array(playwrightSuite) });

/** The tests in what `playwright test --list --reporter=json` writes (1.65.1). */
export function readPlaywrightList(list: unknown): Test[] {
  // The title of a file is its path, which is no part of a test's title.
  return playwrightList.parse(list).suites.flatMap((file) => testsWithin(file, []));
}

function testsWithin(
  { specs, suites }: z.infer<typeof playwrightSuite>,
  around: readonly string[],
): Test[] {
  return [
    ...specs.flatMap((spec) => testsOf(spec, around)),
    ...suites.flatMap((suite) => testsWithin(suite, [...around, suite.title])),
  ];
}

/** One for each browser that runs it. */
function testsOf(spec: z.infer<typeof playwrightSpec>, around: readonly string[]): Test[] {
  const title = [...around, spec.title].join(' › ');
  const { file, line } = spec;
  return spec.tests.map(({ projectName }) => ({ title, file, line, layer: projectName }));
}
