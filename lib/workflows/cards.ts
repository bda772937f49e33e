import type { Failure } from '../core/failures/failure.ts';
import {
  type CardState,
  cardState,
  chooseHolding,
  type KeyCard,
  type RelayKey,
} from '../core/keys/relay-key.ts';
import { hostOf, normaliseBaseUrl } from '../core/relay/base-url.ts';
import { ok, type Result } from '../core/result.ts';
import type { Server } from '../core/server/server.ts';
import type { Worker } from './worker.ts';

/** The server that the popup shows: the one chosen in this session, else the default. */
export async function chosenServer(worker: Worker): Promise<Result<Server | undefined, Failure>> {
  const [list, chosen] = [
    await worker.edges.servers.list(),
    await worker.edges.session.read('chosenServer'),
  ];
  if (!list.ok) return list;
  const chosenId = chosen.ok ? chosen.value : undefined;
  const byDefault = list.value.find(({ isDefault }) => isDefault) ?? list.value[0];
  return ok(list.value.find(({ id }) => id === chosenId) ?? byDefault);
}

/** All cards, with what the chosen server says about each key. */
export async function readCards(worker: Worker): Promise<Result<readonly KeyCard[], Failure>> {
  const keys = await worker.edges.keys.list();
  if (!keys.ok) return keys;
  const server = await chosenServer(worker);
  if (!server.ok) return server;
  return ok(keys.value.map((key) => cardOf(key, server.value?.id, worker)));
}

export function cardOf(key: RelayKey, serverId: string | undefined, worker: Worker): KeyCard {
  const { id, name, mask } = key;
  return { id, name, mask, host: relayHost(key.baseUrl), state: stateOf(key, serverId, worker) };
}

/** The host of the API that a key opens, for a person to tell relays apart. */
export function relayHost(baseUrl: string): string {
  const normal = normaliseBaseUrl(baseUrl);
  return hostOf(normal.ok ? normal.value.baseUrl : baseUrl);
}

function stateOf(key: RelayKey, serverId: string | undefined, { state }: Worker): CardState {
  if (serverId === undefined) return { phase: 'unknown' };
  const held = state.holdings.get(serverId);
  const there = [...(held?.values() ?? [])].flatMap((list) => list.get(key.fingerprint) ?? []);
  const holding = held && (chooseHolding(there, key.baseUrl) ?? 'absent');
  const active = [...state.jobs.values()].find(
    ({ job, keyIds }) => job.serverId === serverId && keyIds.has(key.id),
  );
  return cardState(active?.stage, holding, key.results[serverId]);
}

/** Tells all pages what the cards say now: of some keys, or of all. */
export async function announceStates(
  serverId: string,
  worker: Worker,
  keyIds?: ReadonlySet<string>,
): Promise<void> {
  const keys = await worker.edges.keys.list();
  if (!keys.ok) return;
  const told = keyIds ? keys.value.filter(({ id }) => keyIds.has(id)) : keys.value;
  const states = Object.fromEntries(told.map((key) => [key.id, stateOf(key, serverId, worker)]));
  await worker.edges.announce({ event: 'states-changed', serverId, states });
}
