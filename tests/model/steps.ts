import type { Handlers } from '../../lib/core/protocol.ts';
import type { VirtualClock } from '../stand-ins/clock.ts';
import { answerDialog, asksAbout, claimsOf, importKeys, undoable, undoEntry } from './actions.ts';
import type { Claims } from './claims.ts';
import { LEFT_OUT } from './known.ts';
import type { Ledger } from './ledger.ts';
import { plainUrl } from './lists.ts';
import type { ModelServer } from './model-server.ts';
import { keyIdOf, serverIdOf } from './model-storage.ts';
import type { Action, KeySetup, Schedule } from './schedule.ts';

export interface StepParts {
  clock: VirtualClock;
  ledger: Ledger;
  claims: Claims;
  servers: readonly ModelServer[];
  schedule: Schedule;
  handlers: Handlers;
  /** Nothing else is under way. */
  isAlone: boolean;
}

/**
 * How long after the end of an import or an undo it may still be written: where a reload drops it,
 * and until its receipt stands.
 */
const STILL_OURS_MS = 35_000;

/** One thing that the person does, until its result is told. */
export async function perform(action: Action, parts: StepParts): Promise<void> {
  const { ledger, servers, handlers } = parts;
  if (action.kind === 'pause') return;
  if (action.kind === 'import') return importSome(action, parts);
  const server = servers[action.server] as ModelServer;
  const serverId = serverIdOf(action.server);
  if (action.kind === 'look') {
    await handlers.lookAtServer({ serverId });
    ledger.told(server);
  } else if (action.kind === 'undo') {
    await takeBack(action, server, parts);
  } else {
    ledger.keyEntered(server);
    await enterKey(server, serverId, handlers);
  }
}

async function enterKey(
  { managementBaseUrl: address, managementKey }: ModelServer,
  id: string,
  handlers: Handlers,
): Promise<void> {
  const known = await handlers.readServers({});
  const name = known.ok ? (known.value.find((server) => server.id === id)?.name ?? '') : '';
  const form = { id, name, address, headers: [], plainHttpAccepted: false };
  await handlers.saveServer({ ...form, managementKey: managementKey() });
}

async function importSome(
  { keys, servers: at, answers }: Extract<Action, { kind: 'import' }>,
  { ledger, claims, clock, schedule, handlers, ...parts }: StepParts,
): Promise<void> {
  const servers = at.map((place) => parts.servers[place] as ModelServer);
  const asked = servers.flatMap((server) =>
    keys.map((place) => ({ server, ...(schedule.keys[place] as KeySetup) })),
  );
  for (const { server, apiKey, baseUrl } of asked) {
    claims.asked(server, apiKey);
    ledger.ordersOf(server).want({ apiKey, url: plainUrl(baseUrl) });
  }
  const [server] = servers;
  if (parts.isAlone && server && servers.length === 1) ledger.beginAlone(server);
  await importKeys(handlers, keys.map(keyIdOf), at.map(serverIdOf));
  ledger.disturbed();
  const [key, ...more] = keys;
  if (key !== undefined && more.length === 0) {
    const ids = { keyId: keyIdOf(key), serverId: serverIdOf(at[0] ?? 0) };
    if (answers && (await asksAbout(handlers, ids))) await answerDialog(handlers, ids);
    if (server && (await asksAbout(handlers, ids))) {
      claims.leftToDialog(server, asked[0]?.apiKey ?? '');
    }
  }
  for (const { server: there, apiKey } of asked) {
    ledger.ordersOf(there).unwant(apiKey, clock.now() + STILL_OURS_MS);
  }
}

async function takeBack(
  { server: at, resolve }: Extract<Action, { kind: 'undo' }>,
  server: ModelServer,
  { ledger, claims, clock, schedule, handlers, isAlone }: StepParts,
): Promise<void> {
  if (!isAlone && LEFT_OUT.importsAfterUndo) return;
  const entry = await undoable(handlers, serverIdOf(at));
  if (!entry) return;
  const written = claimsOf({ ...entry, undo: 'done' }).filter(({ says }) => says === 'gone');
  const ids = new Set(written.map(({ keyId }) => keyId));
  const apiKeys = schedule.keys.filter((_, key) => ids.has(keyIdOf(key))).map((key) => key.apiKey);
  const orders = ledger.ordersOf(server);
  for (const apiKey of apiKeys) {
    orders.takeBack(apiKey, resolve === 'ask');
    claims.takingBack(server, apiKey);
  }
  await undoEntry(handlers, entry.id, resolve);
  for (const apiKey of apiKeys) orders.endTakeBack(apiKey, clock.now() + STILL_OURS_MS);
}
