/** A model as the server's own `/v1/models` lists it to clients. */
export interface ServedModel {
  id: string;
  /** The provider's name for OpenAI-compatible ones; of several that share the id, any of them. */
  ownedBy: string;
}

/** What clients get of a provider's models, by the id that they ask for. */
export interface Serving {
  /** Listed, and no other provider offers it: a request for it goes to this provider. */
  serving: readonly string[];
  /** Listed, and others offer it too: a request may go to any of them. */
  pooled: readonly Pool[];
  /** Listed, but an account of the server may offer it too and cannot be looked into. */
  unsure: readonly string[];
  missing: readonly string[];
}

/** An id that several providers offer. */
interface Pool {
  id: string;
  /** Names of the others, the first few: a thousand relays may offer one model. */
  with: readonly string[];
  /** There are others that are not named. */
  andMore?: boolean | undefined;
}

/** So many names say enough. Whoever looks for others may stop at one more. */
export const NAMED_OTHERS = 3;

/** The same in numbers: what a list of many keys has to know. */
export interface ServingCounts {
  serving: number;
  pooled: number;
  unsure: number;
  missing: number;
  /** Names of the providers that share the pooled ones, the first few. */
  others: readonly string[];
  andMore?: boolean | undefined;
}

export function countServing({ serving, pooled, unsure, missing }: Serving): ServingCounts {
  const others = new Set(pooled.flatMap((model) => model.with));
  const andMore = others.size > NAMED_OTHERS || pooled.some((model) => model.andMore);
  return {
    serving: serving.length,
    pooled: pooled.length,
    unsure: unsure.length,
    missing: missing.length,
    others: [...others].slice(0, NAMED_OTHERS),
    ...(andMore && { andMore }),
  };
}

export interface ServingQuestion {
  provider: string;
  /** With a prefix clients ask for `prefix/alias` (recorded v7.2.140, scenario e2e-prefix). */
  prefix: string;
  aliases: readonly string[];
  listed: readonly ServedModel[];
  /** Names of the other providers by the ids that they offer; of many, as many as are named and one more. */
  others: { get(id: string): readonly string[] | undefined };
  /** The server has credentials whose models no list shows, such as logged-in accounts. */
  hasHiddenOffers: boolean;
}

/** Judges each alias of a provider. "Serving" is said only where nobody else could have answered. */
export function judgeServing(question: ServingQuestion): Serving {
  const { provider, prefix, aliases, listed, others, hasHiddenOffers } = question;
  const owners = new Map(listed.map(({ id, ownedBy }) => [id, ownedBy]));
  const judged = {
    serving: [] as string[],
    pooled: [] as Pool[],
    unsure: [] as string[],
    missing: [] as string[],
  };
  for (const id of new Set(aliases.map((alias) => servedId(prefix, alias)))) {
    const owner = owners.get(id);
    const sharing = new Set(others.get(id));
    if (owner !== undefined && owner !== '' && owner !== provider) sharing.add(owner);
    if (owner === undefined) judged.missing.push(id);
    else if (sharing.size > 0) judged.pooled.push(poolOf(id, [...sharing]));
    else if (hasHiddenOffers) judged.unsure.push(id);
    else judged.serving.push(id);
  }
  return judged;
}

const poolOf = (id: string, others: readonly string[]): Pool => ({
  id,
  with: others.slice(0, NAMED_OTHERS),
  ...(others.length > NAMED_OTHERS && { andMore: true }),
});

const servedId = (prefix: string, alias: string) =>
  prefix === '' ? alias.trim() : `${prefix}/${alias.trim()}`;
