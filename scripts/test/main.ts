import { runSuites } from './run-suites.ts';
import { findUnknownNames, selectSuites, suites } from './suites.ts';

const names = process.argv.slice(2);
const unknown = findUnknownNames(names);

if (unknown.length > 0) {
  console.error(
    `There is no suite ${unknown.join(' or ')}. There are: ${suites.map(({ name }) => name).join(', ')}.`,
  );
}
const { passed, failed } =
  unknown.length > 0 ? { passed: 0, failed: 1 } : await runSuites(selectSuites(names));

// Always the last line, alone: tools read it.
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
