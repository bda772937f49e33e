import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deselectAll,
  NOTHING_SELECTED,
  type Selection,
  selectAll,
  selectedIn,
  selectTo,
  toggleOne,
} from '../../../lib/core/keys/selection.ts';

const SHOWN = ['a', 'b', 'c', 'd', 'e'];
const idsOf = ({ ids }: Selection) => [...ids].sort();
const picked = (...ids: string[]) => ids.reduce(toggleOne, NOTHING_SELECTED);

const id = fc.constantFrom(...SHOWN);
const selection = fc.array(id).map((ids) => picked(...ids));

describe('a selection of cards', () => {
  it('gets a range up to a card, and loses what is left of it on the way back', () => {
    const range = selectTo(picked('b'), SHOWN, 'e');
    expect(idsOf(range)).toEqual(['b', 'c', 'd', 'e']);
    expect(idsOf(selectTo(range, SHOWN, 'c'))).toEqual(['b', 'c']);
    expect(idsOf(selectTo(range, SHOWN, 'a'))).toEqual(['a', 'b']);
  });

  it('keeps what was picked before the range', () => {
    const range = selectTo(picked('e', 'a'), SHOWN, 'b');
    expect(idsOf(selectTo(range, SHOWN, 'a'))).toEqual(['a', 'e']);
  });

  it('begins a range anew where its first card is not shown any more', () => {
    const range = selectTo(picked('gone'), SHOWN, 'b');
    expect(idsOf(range)).toEqual(['b', 'gone']);
    expect(idsOf(selectTo(range, SHOWN, 'd'))).toEqual(['b', 'c', 'd', 'gone']);
  });

  it('is the same after a card was picked and dropped', () => {
    fc.assert(
      fc.property(selection, id, (given, one) => {
        expect(idsOf(toggleOne(toggleOne(given, one), one))).toEqual(idsOf(given));
      }),
    );
  });

  it('reaches the same range in one step and in many', () => {
    fc.assert(
      fc.property(selection, id, fc.array(id), id, (given, from, walked, to) => {
        const begun = toggleOne(given, from);
        const wandered = walked.reduce((now, one) => selectTo(now, SHOWN, one), begun);
        expect(idsOf(selectTo(wandered, SHOWN, to))).toEqual(idsOf(selectTo(begun, SHOWN, to)));
      }),
    );
  });

  it('holds all that are shown, and then none of them, and leaves the others alone', () => {
    fc.assert(
      fc.property(selection, fc.subarray(SHOWN), (given, shown) => {
        const all = selectAll(given, shown);
        expect(idsOf(all)).toEqual([...new Set([...idsOf(given), ...shown])].sort());
        const left = idsOf(given).filter((one) => !shown.includes(one));
        expect(idsOf(deselectAll(all, shown))).toEqual(left);
      }),
    );
  });

  it('counts only cards that there still are, in the order of the list', () => {
    const cards = ['c', 'a'].map((one) => ({ id: one }));
    expect(selectedIn(picked('a', 'gone', 'c'), cards)).toEqual(cards);
  });
});
