import { describe, expect, it } from 'vitest';
import { isReached, median, printed } from '../../bench/report.ts';

describe('a report of the bench', () => {
  it('takes the middle of what was measured, whatever its order', () => {
    expect(median([30, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2);
    expect(median([])).toBeNaN();
  });

  it('prints columns under each other, and says which target is missed', () => {
    const rows = [
      { into: 'one', ms: 9 },
      { into: 'N new', ms: 1200 },
    ];
    const targets = [
      { what: 'requests', found: 3, most: 3 },
      { what: 'ms', found: 1600, most: 1500 },
    ];
    expect(targets.map(isReached)).toEqual([true, false]);
    const tables = [{ title: 'Import', rows, notes: ['beside it: 80 s'] }];
    expect(printed({ tables, targets }).split('\n')).toEqual([
      'Import',
      '',
      '  into     ms',
      '  one       9',
      '  N new  1200',
      '  beside it: 80 s',
      '',
      '  reached  requests: 3, at most 3',
      '  MISSED   ms: 1600, at most 1500',
    ]);
  });

  it('counts what could not be measured as missed', () => {
    expect(isReached({ what: 'first card', found: Number.NaN, most: 2.5 })).toBe(false);
  });
});
