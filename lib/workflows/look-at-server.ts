import { hasManyKeys, isDisabled, keysOf, labelOf } from '../core/changes/kinds.ts';
import {
  baseUrlOf,
  modelsOf,
  PROVIDER_KINDS,
  type ProviderEntry,
  type ProviderKind,
} from '../core/changes/provider.ts';
import type { Holding } from '../core/keys/relay-key.ts';
import { ok } from '../core/result.ts';
import { announceStates } from './cards.ts';
import { type OpenServer, openServer } from './open-server.ts';
import { lookTwice } from './read-list.ts';
import { serverLock } from './server-lock.ts';
import type { Done, Worker } from './worker.ts';

/**
 * Reads what a server holds, so that the cards can tell. By itself: never to a server
 * that refused the key. A list that was empty when it was looked at is not asked for again.
 */
export async function lookAtServer(serverId: string, worker: Worker): Done {
  const opened = await openServer(serverId, 'itself', worker);
  if (!opened.ok) return opened;
  const { server } = opened.value;
  // Not between the read and the write of a change: what it was planned on would be old then.
  const looked = await worker.edges.withLock(serverLock(server), () =>
    lookAtLists(serverId, opened.value, worker),
  );
  if (looked.ok) await announceStates(serverId, worker);
  return looked;
}

async function lookAtLists(serverId: string, { api, memory }: OpenServer, worker: Worker): Done {
  const { clock } = worker.edges;
  for (const kind of PROVIDER_KINDS) {
    const isMain = kind === 'openai-compatibility';
    if (!isMain && memory.seen.get(kind)?.length === 0) continue;
    const look = await lookTwice(kind, { api, memory, clock });
    if (!look.ok && isMain) return look;
    if (look.ok) await rememberHoldings(serverId, kind, look.value.entries, worker);
  }
  return ok(undefined);
}

/** Keeps which keys a list holds and where, by fingerprint. No key is kept. */
export async function rememberHoldings(
  serverId: string,
  kind: ProviderKind,
  entries: readonly ProviderEntry[],
  { edges, state }: Worker,
): Promise<void> {
  const held = entries.flatMap((entry) => {
    const holding = holdingOf(kind, entry);
    return keysOf(kind, entry).map(async (apiKey) => ({
      holding,
      print: await edges.fingerprint(apiKey),
    }));
  });
  // All at once: one after the other, ten thousand keys would take a quarter of a second.
  const byPrint = Map.groupBy(await Promise.all(held), ({ print }) => print);
  const holdings = [...byPrint].map(
    ([print, found]) => [print, found.map(({ holding }) => holding)] as const,
  );
  const byKind = state.holdings.get(serverId) ?? new Map();
  state.holdings.set(serverId, byKind.set(kind, new Map(holdings)));
}

const holdingOf = (kind: ProviderKind, entry: ProviderEntry): Holding => ({
  provider: labelOf(kind, entry),
  baseUrl: baseUrlOf(entry),
  disabled: isDisabled(kind, entry),
  // The other kinds serve a built-in catalogue without any (`contract/FACTS.md`, section 3).
  hasModels: !hasManyKeys(kind) || modelsOf(entry).length > 0,
});
