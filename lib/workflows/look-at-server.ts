import {
  apiKeysOf,
  baseUrlOf,
  isDisabled,
  modelsOf,
  nameOf,
  type ProviderEntry,
} from '../core/changes/provider.ts';
import type { Holding } from '../core/keys/relay-key.ts';
import { ok } from '../core/result.ts';
import { announceStates } from './cards.ts';
import { openServer } from './open-server.ts';
import { lookTwice } from './read-list.ts';
import type { Done, Worker } from './worker.ts';

/**
 * Reads what a server holds, so that the cards can tell. By itself: never to a server
 * that refused the key.
 */
export async function lookAtServer(serverId: string, worker: Worker): Done {
  const opened = await openServer(serverId, 'itself', worker);
  if (!opened.ok) return opened;
  const { api, memory } = opened.value;
  const { clock } = worker.edges;
  const look = await lookTwice('openai-compatibility', { api, memory, clock });
  if (!look.ok) return look;
  await rememberHoldings(serverId, look.value.entries, worker);
  await announceStates(serverId, worker);
  return ok(undefined);
}

/** Keeps which keys a list holds and where, by fingerprint. No key is kept. */
export async function rememberHoldings(
  serverId: string,
  entries: readonly ProviderEntry[],
  { edges, state }: Worker,
): Promise<void> {
  const held = entries.flatMap((entry) => {
    const holding = holdingOf(entry);
    return apiKeysOf(entry).map(async (apiKey) => ({
      holding,
      print: await edges.fingerprint(apiKey),
    }));
  });
  // All at once: one after the other, ten thousand keys would take a quarter of a second.
  const byPrint = Map.groupBy(await Promise.all(held), ({ print }) => print);
  const holdings = [...byPrint].map(
    ([print, found]) => [print, found.map(({ holding }) => holding)] as const,
  );
  state.holdings.set(serverId, new Map(holdings));
}

const holdingOf = (entry: ProviderEntry): Holding => ({
  provider: nameOf(entry),
  baseUrl: baseUrlOf(entry),
  disabled: isDisabled(entry),
  models: modelsOf(entry).length,
});
