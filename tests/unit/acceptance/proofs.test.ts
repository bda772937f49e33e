import { describe, expect, it } from 'vitest';
import { findFaults, proofsByRow } from '../../../scripts/acceptance/proofs.ts';
import type { Test } from '../../../scripts/acceptance/read-lists.ts';

const rows = ['A-01', 'A-02', 'A-03', 'A-04'].map((id) => ({ id, statement: '' }));
const file = 'tests/unit/plan.test.ts';
const testNamed = (title: string): Test => ({ title, file, line: 7, layer: 'unit' });

describe('the proofs of a row', () => {
  it('are the tests that name it, in their own title or in that of a block around them', () => {
    const own = testNamed('a plan › [A-01] adds a key');
    const around = testNamed('a plan [A-01] [A-02] › is undone');
    const proofs = proofsByRow([own, around, testNamed('a plan › is small')]);
    expect(proofs.get('A-01')).toEqual([own, around]);
    expect(proofs.get('A-02')).toEqual([around]);
    expect([...proofs.keys()]).toEqual(['A-01', 'A-02']);
  });
});

describe('a title', () => {
  it('may name three rows, and one of them twice', () => {
    expect(findFaults([testNamed('[A-01] [A-02] › [A-03] [A-01] works')], rows)).toEqual([]);
  });

  it('may not name four', () => {
    const faults = findFaults([testNamed('[A-01][A-02][A-03][A-04] works')], rows);
    expect(faults).toEqual([`${file}:7 names 4 rows; a test proves at most 3.`]);
  });

  it('may not name a row that the table has not', () => {
    const faults = findFaults([testNamed('[A-01] [A-99] works')], rows);
    expect(faults).toEqual([`${file}:7 names A-99, and the table has no such row.`]);
  });
});
