import type { Placement } from '../core/changes/import.ts';
import { type ProviderEntry, type ProviderRef, prefixOf } from '../core/changes/provider.ts';
import { judgeServing, type Serving } from '../core/models/serving.ts';
import type { Clock, ManagementApi, OffersRead } from '../core/ports.ts';
import { usableClientKey } from '../core/server/client-keys.ts';

/** The server lists a new model within 165 ms, on a busy machine within some seconds (`docs/writing.md`). */
const LIST_WAITS_MS = [0, 300, 1000];

/**
 * What clients get of a provider's models, asked of the server itself after its list was
 * written. Nothing where it cannot be asked: then nothing is claimed.
 */
export async function checkServing(
  entry: ProviderEntry,
  { provider, aliases }: Pick<Placement, 'provider' | 'aliases'>,
  { api, clock }: { api: ManagementApi; clock: Clock },
): Promise<Serving | undefined> {
  const offers = await api.readOffers();
  if (!offers.ok) return undefined;
  const clientKey = usableClientKey(offers.value.clientKeys);
  if (!clientKey && offers.value.clientKeys.length > 0) return undefined;
  const others = othersOffers(offers.value, provider);
  let serving: Serving | undefined;
  for (const wait of LIST_WAITS_MS) {
    await clock.sleep(wait);
    const listed = await api.readServedModels(clientKey);
    if (!listed.ok) continue;
    serving = judgeServing({
      provider: provider.name,
      prefix: prefixOf(entry),
      aliases,
      listed: listed.value,
      others,
      hasHiddenOffers: offers.value.hasHidden,
    });
    if (serving.missing.length === 0) return serving;
  }
  return serving;
}

function othersOffers(
  { offers }: OffersRead,
  own: ProviderRef,
): ReadonlyMap<string, readonly string[]> {
  // A twin of the same name and base URL is another provider: only one entry is the own one.
  const at = offers.findIndex((o) => o.provider === own.name && o.baseUrl === own.baseUrl);
  const others = new Map<string, string[]>();
  for (const { provider, aliases } of offers.toSpliced(at, at < 0 ? 0 : 1)) {
    for (const alias of aliases) others.set(alias, [...(others.get(alias) ?? []), provider]);
  }
  return others;
}
