/** The cards that a person has picked, and where a range of them begins. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** The card that was picked last on its own. */
  anchor?: string | undefined;
  /** What was picked before the range that begins at the anchor. */
  base: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

export const NOTHING_SELECTED: Selection = { ids: NONE, base: NONE };

/** One card picked, or no longer. Ranges begin there from now on. */
export function toggleOne({ ids }: Selection, id: string): Selection {
  const changed = new Set(ids);
  if (!changed.delete(id)) changed.add(id);
  return { ids: changed, base: changed, anchor: id };
}

/**
 * All cards from the anchor to this one picked, in the order in which they are shown. The
 * range before it from the same anchor gives way, so that walking back takes cards out
 * again. An anchor that is not shown any more begins anew at `id`.
 */
export function selectTo(selection: Selection, shownIds: readonly string[], id: string): Selection {
  const { anchor, base } = selection;
  const [from, to] = [anchor === undefined ? -1 : shownIds.indexOf(anchor), shownIds.indexOf(id)];
  if (to < 0) return selection;
  if (from < 0) return { ids: new Set([...selection.ids, id]), base: selection.ids, anchor: id };
  const range = shownIds.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...base, ...range]), base, anchor };
}

/** These cards picked too. */
export const selectAll = ({ ids }: Selection, shownIds: readonly string[]): Selection =>
  settled(new Set([...ids, ...shownIds]));

/** These cards no longer picked. */
export function deselectAll({ ids }: Selection, shownIds: readonly string[]): Selection {
  const dropped = new Set(shownIds);
  return settled(new Set([...ids].filter((id) => !dropped.has(id))));
}

/** The picked cards that there still are, in the order of the list. */
export const selectedIn = <Card extends { id: string }>(
  { ids }: Selection,
  cards: readonly Card[],
): readonly Card[] => (ids.size === 0 ? [] : cards.filter(({ id }) => ids.has(id)));

const settled = (ids: ReadonlySet<string>): Selection => ({ ids, base: ids });
