import { matchEntries } from './match-entries.ts';
import type { ProviderEntry, ProviderKind } from './provider.ts';

/**
 * `items` with those that `order` names in that order, at the places that these have now.
 * What it does not name stays where it is.
 */
export function inOrder<Item extends { entry: ProviderEntry }>(
  kind: ProviderKind,
  items: readonly Item[],
  order: readonly ProviderEntry[],
): Item[] {
  const matcher = matchEntries(
    kind,
    items.map(({ entry }) => entry),
  );
  const wanted = order.flatMap((entry) => matcher.find(entry) ?? []);
  const places = wanted.toSorted((one, other) => one - other);
  const moved = [...items];
  for (const [at, place] of places.entries()) {
    const item = items[wanted[at] ?? place];
    if (item) moved[place] = item;
  }
  return moved;
}
