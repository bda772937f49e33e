import { isDisabled, type ModelAlias, modelsOf, nameOf, type ProviderEntry } from './provider.ts';

/** Who offers an alias, and from which upstream model. */
export interface AliasOffer {
  provider: string;
  upstream: string;
}

/** An alias that already means another model: one name would be answered by two different models. */
export interface AliasConflict extends AliasOffer {
  alias: string;
  wanted: string;
}

/** All aliases that the entries offer to clients. Disabled providers offer nothing. */
export function aliasOffers(entries: readonly ProviderEntry[]): Map<string, AliasOffer[]> {
  const offers = new Map<string, AliasOffer[]>();
  for (const entry of entries.filter((e) => !isDisabled(e))) {
    for (const { alias, upstream } of modelsOf(entry)) {
      const offer = { provider: nameOf(entry), upstream };
      const known = offers.get(alias.trim());
      if (known) known.push(offer);
      else offers.set(alias.trim(), [offer]);
    }
  }
  return offers;
}

/**
 * Where a wanted alias is offered from a different upstream model. From the same one it
 * is a pool, which is what people want of several relays.
 */
export function aliasConflicts(
  offers: ReadonlyMap<string, readonly AliasOffer[]>,
  wanted: readonly ModelAlias[],
): AliasConflict[] {
  return wanted.flatMap(({ alias, upstream }) => {
    const other = offers.get(alias.trim())?.find((offer) => offer.upstream !== upstream);
    return other ? [{ ...other, alias, wanted: upstream }] : [];
  });
}
