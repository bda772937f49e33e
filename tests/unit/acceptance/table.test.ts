import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseTable } from '../../../scripts/acceptance/table.ts';

const markdown = readFileSync(resolve(import.meta.dirname, '../../acceptance-table.md'), 'utf8');

describe('the acceptance table', () => {
  it('has every row of every section, once and in order', () => {
    const expected = Object.entries({ I: 37, S: 53, P: 32, M: 22, K: 24, X: 18, H: 33 }).flatMap(
      ([letter, count]) =>
        Array.from(
          { length: count },
          (_, index) => `${letter}-${String(index + 1).padStart(2, '0')}`,
        ),
    );
    expect(parseTable(markdown).map(({ id }) => id)).toEqual(expected);
  });

  it('has statements, with or without a note beside them', () => {
    expect(parseTable('| H-01 | ban |\n| I-02 | Reads | from F3 |\n| I-03 | Adds |  |')).toEqual([
      { id: 'H-01', statement: 'ban' },
      { id: 'I-02', statement: 'Reads' },
      { id: 'I-03', statement: 'Adds' },
    ]);
  });
});
