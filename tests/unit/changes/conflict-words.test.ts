import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflictWords, hasSides, sideLines } from '../../../lib/core/changes/conflict-words.ts';
import { showConflict } from '../../../lib/core/changes/show-conflict.ts';

const KEY = 'sk-relay-0123456789abcd';

const text = (lines: readonly string[]) => lines.join('\n');
const shown = (own: readonly string[], beside: readonly string[]) =>
  sideLines(text(own), text(beside)).map(
    (line) => `${line.isChanged ? '!' : ' '}${line.text ?? '…'}`,
  );

describe('a version beside another', () => {
  const long = Array.from({ length: 9 }, (_, at) => `line ${at}`);

  it('marks the lines that the other does not have', () => {
    expect(shown(['https://theirs'], ['https://ours'])).toEqual(['!https://theirs']);
    expect(shown(['a', 'b,', 'c'], ['a', 'b'])).toEqual([' a', ' b,', '!c']);
  });

  it('leaves out what is the same in a long one, but for the neighbours', () => {
    expect(shown([...long.slice(0, 4), 'new', ...long.slice(5)], long)).toEqual([
      ' …',
      ' line 3',
      '!new',
      ' line 5',
      ' …',
    ]);
    expect(shown(long, long)).toEqual([' …']);
  });

  it('never leaves out a line that differs', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (own, beside) => {
        const marked = sideLines(text(own), text(beside)).flatMap((line) =>
          line.isChanged ? [line.text] : [],
        );
        const others = new Set(beside.length === 0 ? [''] : beside);
        const wanted = (own.length === 0 ? [''] : own).filter((line) => !others.has(line));
        expect(marked).toEqual(wanted);
      }),
    );
  });
});

describe('a conflict as it is shown', () => {
  const before = { name: 'A', 'api-key-entries': [{ 'api-key': KEY }] };

  it('says of a removal what was changed, not what the server shows empty by itself', () => {
    const theirs = { ...before, disabled: false, prefix: '', priority: 3 };
    const conflict = showConflict({ code: 'changed-removal', provider: 'A', before, theirs });
    expect(Object.keys(JSON.parse(conflict.theirs ?? ''))).toEqual([
      'name',
      'api-key-entries',
      'priority',
    ]);
    expect(conflict.ours).toBeUndefined();
    expect(JSON.stringify(conflict)).not.toContain(KEY);
    expect(hasSides(conflict)).toBe(true);
  });

  it('has sides to choose from only where something is there to be chosen', () => {
    const gone = showConflict({ code: 'gone', provider: 'A' });
    expect(hasSides(gone)).toBe(false);
    expect(hasSides(showConflict({ code: 'name-taken', provider: 'A' }))).toBe(false);
    expect(conflictWords(gone)).toEqual({ key: 'conflict_gone', values: { provider: 'A' } });
  });
});
