import type { Failure, StoreFailure } from '../core/failures/failure.ts';
import type { RequestNote } from '../core/history.ts';
import type { ManagementApi, ServerAccess } from '../core/ports.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Asker } from '../core/server/attempts.ts';
import type { Server } from '../core/server/server.ts';
import { type Gate, guardApi } from './guard-api.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { newServerMemory, type ServerMemory } from './server-memory.ts';
import type { Worker } from './worker.ts';

/** A server that can be asked. */
export interface OpenServer {
  server: Server;
  api: ManagementApi;
  memory: ServerMemory;
  /** The requests made through this API, as they are made. */
  requests: readonly RequestNote[];
}

/** Opens a server that is set up: its secrets, and its ban-aware API. Sends nothing. */
export async function openServer(
  serverId: string,
  asker: Asker,
  worker: Worker,
): Promise<Result<OpenServer, Failure>> {
  const server = await storedServer(serverId, worker);
  if (!server.ok) return server;
  const secrets = await worker.edges.servers.secrets(serverId);
  if (!secrets.ok) return secrets;
  if (!secrets.value) return fail({ code: 'storage/gone', what: 'server' });
  const { managementBaseUrl } = server.value;
  const opened = await openAccess({ managementBaseUrl, ...secrets.value }, asker, worker);
  if (!opened.ok) return opened;
  return ok({ server: server.value, memory: memoryOf(managementBaseUrl, worker), ...opened.value });
}

/** A server that is set up, still closed. */
export async function storedServer(
  serverId: string,
  { edges }: Worker,
): Promise<Result<Server, Failure>> {
  const list = await edges.servers.list();
  if (!list.ok) return list;
  if (list.value.length === 0) return fail({ code: 'server/not-configured' });
  const server = list.value.find(({ id }) => id === serverId);
  return server ? ok(server) : fail({ code: 'storage/gone', what: 'server' });
}

/** The ban-aware API for an access that may not be stored yet. */
export async function openAccess(
  access: ServerAccess,
  asker: Asker,
  worker: Worker,
): Promise<Result<Pick<OpenServer, 'api' | 'requests'> & { gate: Gate }, StoreFailure>> {
  const gate = await gateOf(access.managementBaseUrl, worker);
  if (!gate.ok) return gate;
  const requests: RequestNote[] = [];
  const api = worker.edges.createApi(access, (request) => void requests.push(request));
  const guarded = guardApi(api, gate.value, asker, worker.edges.clock);
  return ok({ api: guarded, requests, gate: gate.value });
}

/** What is remembered of an address: the same server under two names is still one to its races. */
export function memoryOf(managementBaseUrl: string, { state }: Worker): ServerMemory {
  const memory = state.memories.get(managementBaseUrl) ?? newServerMemory();
  state.memories.set(managementBaseUrl, memory);
  return memory;
}

/** One gate for each address: the same server under two names is still one to its ban. */
export async function gateOf(
  managementBaseUrl: string,
  worker: Worker,
): Promise<Result<Gate, StoreFailure>> {
  const { edges, state } = worker;
  const known = state.gates.get(managementBaseUrl);
  if (known) return ok(known);
  const attempts = await edges.attempts.read(managementBaseUrl);
  if (!attempts.ok) return attempts;
  // Two may have asked at once: the first gate counts.
  const gate = state.gates.get(managementBaseUrl) ?? {
    attempts: attempts.value,
    save: (changed) =>
      oneAtATime('attempts', worker, () => edges.attempts.save(managementBaseUrl, changed)),
    turn: Promise.resolve(),
  };
  state.gates.set(managementBaseUrl, gate);
  return ok(gate);
}
