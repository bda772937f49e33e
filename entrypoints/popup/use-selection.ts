import { useMemo, useState } from 'react';
import { filterCards } from '../../lib/core/keys/card-filter.ts';
import type { KeyCard } from '../../lib/core/keys/relay-key.ts';
import {
  deselectAll,
  NOTHING_SELECTED,
  selectAll,
  selectedIn,
  selectTo,
  toggleOne,
} from '../../lib/core/keys/selection.ts';

const idsOf = (cards: readonly KeyCard[]): string[] => cards.map(({ id }) => id);

/** Which of all cards are picked. It outlasts searching and filtering; `shown` is what these leave. */
export function useSelection(cards: readonly KeyCard[], shown: readonly KeyCard[]) {
  const [selection, setSelection] = useState(NOTHING_SELECTED);
  const keyIds = useMemo(() => idsOf(selectedIn(selection, cards)), [selection, cards]);
  const shownPicked = useMemo(() => selectedIn(selection, shown).length, [selection, shown]);
  return {
    ids: selection.ids,
    keyIds,
    isSelecting: keyIds.length > 0,
    areAllShown: shown.length > 0 && shownPicked === shown.length,
    /** Picked, and left out by the search. */
    hidden: keyIds.length - shownPicked,

    pick: (id: string, isRange: boolean) =>
      setSelection((now) => (isRange ? selectTo(now, idsOf(shown), id) : toggleOne(now, id))),
    /** Walks on from one card to the next, and takes both along. */
    walk: (from: string, to: string) =>
      setSelection((now) => {
        const begun = now.ids.has(from) ? now : toggleOne(now, from);
        return selectTo(begun, idsOf(shown), to);
      }),
    toggleShown: (isOn: boolean) =>
      setSelection((now) => (isOn ? selectAll : deselectAll)(now, idsOf(shown))),
    selectNotImported: () =>
      setSelection((now) => selectAll(now, idsOf(filterCards(shown, 'to-import', '')))),
    clear: () => setSelection(NOTHING_SELECTED),
  };
}
