import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../setup/run.mjs';
import { runSuites } from '../test/run-suites.ts';
import { selectSuites } from '../test/suites.ts';
import { listTests } from './list-tests.ts';
import { findFaults, proofsByRow } from './proofs.ts';
import type { Test } from './read-lists.ts';
import { renderPage } from './render.ts';
import { parseTable } from './table.ts';

const page = 'docs/acceptance.md';
const rows = parseTable(readFileSync(join(root, 'tests/acceptance-table.md'), 'utf8'));
const { values: options } = parseArgs({
  options: { check: { type: 'boolean' }, prove: { type: 'string' } },
});
process.exitCode = (await act()) ? 0 : 1;

async function act(): Promise<boolean> {
  const tests = await listTests();
  if (!tests) return false;
  const faults = findFaults(tests, rows);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) return false;
  const proofs = proofsByRow(tests);
  if (options.prove) return prove(options.prove, proofs.get(options.prove) ?? []);
  const text = renderPage(rows, proofs);
  return options.check ? check(text) : write(text, proofs);
}

function check(text: string): boolean {
  const isCurrent = readFileSync(join(root, page), 'utf8') === text;
  console.log(
    isCurrent ? `${page} is up to date.` : `${page} is out of date. Run npm run acceptance.`,
  );
  return isCurrent;
}

function write(text: string, proofs: ReadonlyMap<string, Test[]>): boolean {
  writeFileSync(join(root, page), text);
  const bare = rows.filter(({ id }) => !proofs.has(id));
  console.log(`${page} is written. ${bare.length} of ${rows.length} rows have no test:`);
  for (const { id, statement } of bare) console.log(`${id}  ${statement}`);
  return true;
}

async function prove(id: string, tests: readonly Test[]): Promise<boolean> {
  const row = rows.find((each) => each.id === id);
  if (!row || tests.length === 0) {
    console.error(row ? `${id} has no test: ${row.statement}` : `The table has no row ${id}.`);
    return false;
  }
  const suites = selectSuites(tests.map(({ layer }) => layer));
  const files = [...new Set(tests.map(({ file }) => file))];
  const { failed } = await runSuites(suites, { files, titles: `\\[${id}\\]` });
  console.log(`${id} ${failed === 0 ? 'passed' : 'failed'}: ${row.statement}`);
  return failed === 0;
}
