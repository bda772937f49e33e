import type { Placement } from '../core/changes/import.ts';
import { type ProviderEntry, type ProviderRef, prefixOf } from '../core/changes/provider.ts';
import { judgeServing, NAMED_OTHERS, type Serving } from '../core/models/serving.ts';
import type { Clock, ManagementApi, OffersRead } from '../core/ports.ts';
import { usableClientKey } from '../core/server/client-keys.ts';

/** The server lists a new model within 165 ms, on a busy machine within some seconds (`docs/writing.md`). */
const LIST_WAITS_MS = [0, 300, 1000];

/** A provider whose models are looked for. */
export interface ServingQuestion extends Pick<Placement, 'provider' | 'aliases'> {
  entry: ProviderEntry;
}

/**
 * What clients get of providers' models, asked of the server itself after its list was
 * written: the same few requests for any number of providers. Nothing where it cannot be
 * asked: then nothing is claimed.
 */
export async function checkServing(
  questions: readonly ServingQuestion[],
  { api, clock }: { api: ManagementApi; clock: Clock },
): Promise<readonly (Serving | undefined)[]> {
  const unknown = questions.map(() => undefined);
  if (questions.length === 0) return unknown;
  const offers = await api.readOffers();
  if (!offers.ok) return unknown;
  const clientKey = usableClientKey(offers.value.clientKeys);
  if (!clientKey && offers.value.clientKeys.length > 0) return unknown;
  const book = offerBook(offers.value);
  let judged: (Serving | undefined)[] = unknown;
  for (const wait of LIST_WAITS_MS) {
    await clock.sleep(wait);
    const listed = await api.readServedModels(clientKey);
    if (!listed.ok) continue;
    const served = listed.value;
    judged = questions.map(({ entry, provider, aliases }) =>
      judgeServing({
        provider: provider.name,
        prefix: prefixOf(entry),
        aliases,
        listed: served,
        others: book.othersThan(provider),
        hasHiddenOffers: offers.value.hasHidden,
      }),
    );
    if (judged.every((serving) => serving?.missing.length === 0)) return judged;
  }
  return judged;
}

/** Who offers an id, and who else than one provider. */
function offerBook({ offers }: OffersRead) {
  const byId = new Map<string, number[]>();
  for (const [at, { aliases }] of offers.entries()) {
    for (const alias of new Set(aliases)) {
      const places = byId.get(alias);
      if (places) places.push(at);
      else byId.set(alias, [at]);
    }
  }
  const placeOf = new Map<string, number>();
  for (const [at, { provider, baseUrl }] of offers.entries()) {
    const id = refId(provider, baseUrl);
    if (!placeOf.has(id)) placeOf.set(id, at);
  }
  return {
    othersThan({ name, baseUrl }: ProviderRef): { get(id: string): readonly string[] } {
      // A twin of the same name and base URL is another provider: only one entry is the own one.
      const own = placeOf.get(refId(name, baseUrl));
      return { get: (id) => firstNames(byId.get(id) ?? [], own) };
    },
  };

  /** Of a thousand that share an id a few are named, so no more are looked for. */
  function firstNames(places: readonly number[], own: number | undefined): readonly string[] {
    const names = new Set<string>();
    for (const at of places) {
      if (at !== own) names.add(offers[at]?.provider ?? '');
      if (names.size > NAMED_OTHERS) break;
    }
    return [...names];
  }
}

const refId = (name: string, baseUrl: string) => JSON.stringify([name, baseUrl]);
