import { isDisabled, labelOf } from './kinds.ts';
import {
  type ModelAlias,
  modelsOf,
  PROVIDER_KINDS,
  type ProviderEntry,
  type ProviderKind,
  type ProviderLists,
  prefixOf,
} from './provider.ts';

/** Who offers an alias, and from which upstream model. */
export interface AliasOffer {
  /** As `labelOf` calls it. */
  provider: string;
  upstream: string;
}

/** An alias that already means another model: one name would be answered by two different models. */
export interface AliasConflict extends AliasOffer {
  alias: string;
  wanted: string;
}

/**
 * For each id that clients may ask for, the upstream models behind it, each with the first
 * that offers it: who else does makes no difference to a conflict, and a pool may be large.
 */
export type OfferBook = Map<string, Map<string, AliasOffer>>;

/** What an entry offers, or would. */
export interface Offering {
  provider: string;
  prefix: string;
  models: readonly ModelAlias[];
  /** See `PlanningServer`. */
  forcesPrefix: boolean;
}

/**
 * All aliases that the entries of all lists offer to clients; what is switched off offers
 * nothing. An entry of claude, gemini or codex without models offers the server's built-in
 * catalogue, which no list shows.
 */
export function offerBook(lists: ProviderLists, forcesPrefix: boolean): OfferBook {
  const book: OfferBook = new Map();
  for (const kind of PROVIDER_KINDS) {
    for (const entry of lists[kind] ?? []) {
      if (!isDisabled(kind, entry)) noteOffers(book, offeringOf(kind, entry, forcesPrefix));
    }
  }
  return book;
}

export const offeringOf = (
  kind: ProviderKind,
  entry: ProviderEntry,
  forcesPrefix: boolean,
): Offering => ({
  provider: labelOf(kind, entry),
  prefix: prefixOf(entry),
  models: modelsOf(entry),
  forcesPrefix,
});

export function noteOffers(book: OfferBook, { provider, models, ...rest }: Offering): void {
  for (const { alias, upstream } of models) {
    for (const id of idsOf(alias, rest)) {
      const known = book.get(id);
      if (!known) book.set(id, new Map([[upstream, { provider, upstream }]]));
      else if (!known.has(upstream)) known.set(upstream, { provider, upstream });
    }
  }
}

/**
 * Where an offering would give an alias a second upstream model, be it that of another entry
 * or of its own. From the same one it is a pool, which is what people want of several relays.
 */
export function aliasConflicts(book: OfferBook, offering: Offering): AliasConflict[] {
  const own = new Map<string, string>();
  const conflicts: AliasConflict[] = [];
  for (const { alias: name, upstream: wanted } of offering.models) {
    for (const alias of idsOf(name, offering)) {
      const other = otherThan(wanted, book.get(alias));
      const twin = own.get(alias) ?? wanted;
      if (other) conflicts.push({ ...other, alias, wanted });
      else if (twin !== wanted) {
        conflicts.push({ provider: offering.provider, upstream: twin, alias, wanted });
      }
      own.set(alias, twin);
    }
  }
  return conflicts;
}

function otherThan(upstream: string, offers: ReadonlyMap<string, AliasOffer> | undefined) {
  for (const offer of offers?.values() ?? []) if (offer.upstream !== upstream) return offer;
  return undefined;
}

/** With a prefix an alias is served under both names, or, where it is forced, under the long one only (scenario e2e-prefix). */
function idsOf(alias: string, { prefix, forcesPrefix }: Pick<Offering, 'prefix' | 'forcesPrefix'>) {
  const plain = alias.trim();
  if (prefix === '') return [plain];
  return forcesPrefix ? [`${prefix}/${plain}`] : [plain, `${prefix}/${plain}`];
}

/** Which providers of one list offer an alias, by alias. */
export function aliasOffers(entries: readonly ProviderEntry[]): Map<string, AliasOffer[]> {
  const kind = 'openai-compatibility';
  const offers = new Map<string, AliasOffer[]>();
  for (const entry of entries.filter((e) => !isDisabled(kind, e))) {
    for (const { alias, upstream } of modelsOf(entry)) {
      const offer = { provider: labelOf(kind, entry), upstream };
      const known = offers.get(alias.trim());
      if (known) known.push(offer);
      else offers.set(alias.trim(), [offer]);
    }
  }
  return offers;
}
