import type { Test } from './read-lists.ts';
import type { Row } from './table.ts';

/** A test that proves more is too coarse: when it fails, nobody knows what is broken. */
const mostRowsPerTest = 3;

/** The rows that a title names, such as `[I-04]`. */
function namedRows(title: string): string[] {
  const ids = [...title.matchAll(/\[([A-Z]-\d+)\]/g)].map(([, id = '']) => id);
  return [...new Set(ids)];
}

/** The tests of each row that has any, by its id. */
export function proofsByRow(tests: readonly Test[]): Map<string, Test[]> {
  const proofs = new Map<string, Test[]>();
  for (const test of tests) {
    for (const id of namedRows(test.title)) proofs.set(id, [...(proofs.get(id) ?? []), test]);
  }
  return proofs;
}

/** What is wrong with the rows that the tests name, a sentence each. */
export function findFaults(tests: readonly Test[], rows: readonly Row[]): string[] {
  const known = new Set(rows.map(({ id }) => id));
  return tests.flatMap(({ title, file, line }) => {
    const ids = namedRows(title);
    const place = `${file}:${line}`;
    const unknown = ids
      .filter((id) => !known.has(id))
      .map((id) => `${place} names ${id}, and the table has no such row.`);
    if (ids.length <= mostRowsPerTest) return unknown;
    return [
      ...unknown,
      `${place} names ${ids.length} rows; a test proves at most ${mostRowsPerTest}.`,
    ];
  });
}
