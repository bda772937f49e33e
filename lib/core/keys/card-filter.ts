import type { KeyCard } from './relay-key.ts';

/** Which cards a list shows: all, those still to be imported, or those that need someone. */
export type CardFilter = 'all' | 'to-import' | 'attention';

export const CARD_FILTERS: readonly CardFilter[] = ['all', 'to-import', 'attention'];

const FITS: Record<CardFilter, (card: KeyCard) => boolean> = {
  all: () => true,
  'to-import': ({ state }) => state.phase === 'absent',
  attention: ({ state }) =>
    state.phase === 'failed' ||
    (state.phase === 'held' && (state.serving?.missing ?? 0) > 0) ||
    (state.phase === 'held' && !state.holding.hasModels),
};

/** The cards of a filter whose name or host contains what is searched for, whatever its case. */
export function filterCards(
  cards: readonly KeyCard[],
  filter: CardFilter,
  search: string,
): readonly KeyCard[] {
  const wanted = search.trim().toLowerCase();
  if (filter === 'all' && wanted === '') return cards;
  return cards.filter(
    (card) =>
      FITS[filter](card) &&
      (card.name.toLowerCase().includes(wanted) || card.host.toLowerCase().includes(wanted)),
  );
}

export function countCards(cards: readonly KeyCard[]): Record<CardFilter, number> {
  const count = (filter: CardFilter) => cards.filter(FITS[filter]).length;
  return { all: cards.length, 'to-import': count('to-import'), attention: count('attention') };
}
