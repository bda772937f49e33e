import type { Failure } from '../core/failures/failure.ts';
import type { ServerAccess } from '../core/ports.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { afterKeyChange, recentRefusals } from '../core/server/attempts.ts';
import {
  type Server,
  type ServerCheck,
  type ServerForm,
  withOneDefault,
} from '../core/server/server.ts';
import { parseServerForm } from '../core/server/server-form.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { gateOf } from './open-server.ts';
import type { Done, Worker } from './worker.ts';

/** Stores a server, new or changed. Sends nothing. The first one is the default. */
export async function saveServer(
  form: ServerForm,
  worker: Worker,
): Promise<Result<Server, Failure>> {
  const saved = await oneAtATime('servers', worker, () => storeServer(form, worker));
  if (saved.ok) await worker.edges.announce({ event: 'servers-changed' });
  return saved;
}

async function storeServer(form: ServerForm, worker: Worker): Promise<Result<Server, Failure>> {
  const { servers } = worker.edges;
  const list = await servers.list();
  if (!list.ok) return list;
  const known = list.value.find(({ id }) => id === form.id);
  const stored = known ? await servers.secrets(known.id) : ok(undefined);
  if (!stored.ok) return stored;
  const parsed = parseServerForm(form, list.value, stored.value);
  if (!parsed.ok) return parsed;

  const { name, managementBaseUrl, secrets } = parsed.value;
  const access = { managementBaseUrl, ...secrets };
  const before = known && stored.value && { ...known, ...stored.value };
  const isSame =
    known?.managementBaseUrl === managementBaseUrl &&
    stored.value?.managementKey === secrets.managementKey;
  const check = isSameAccess(access, before) ? known?.check : testedBefore(access, worker);
  const server: Server = {
    id: known?.id ?? worker.edges.newId(),
    name,
    managementBaseUrl,
    headerNames: secrets.headers.map((header) => header.name),
    isDefault: known?.isDefault ?? list.value.length === 0,
    plainHttpAccepted: form.plainHttpAccepted,
    ...(check && { check }),
  };
  const others = list.value.filter(({ id }) => id !== server.id);
  const place = known ? list.value.indexOf(known) : others.length;
  const saved = await servers.save(others.toSpliced(place, 0, server), {
    serverId: server.id,
    ...secrets,
  });
  if (!saved.ok) return saved;
  if (!isSame) {
    await releaseKey(server, worker);
    worker.state.holdings.delete(server.id);
  }
  return ok(server);
}

/** What a test found that went in just like this, before it was saved. */
function testedBefore(access: ServerAccess, { state }: Worker): ServerCheck | undefined {
  return isSameAccess(access, state.tested?.access) ? state.tested?.outcome : undefined;
}

function isSameAccess(one: ServerAccess, other: ServerAccess | undefined): boolean {
  const textOf = ({ managementBaseUrl, managementKey, headers }: ServerAccess) =>
    JSON.stringify([managementBaseUrl, managementKey, headers]);
  return other !== undefined && textOf(one) === textOf(other);
}

/** A changed key may be sent again, unless so few tries are left that the person has to say so. */
async function releaseKey({ managementBaseUrl }: Server, worker: Worker): Promise<void> {
  const gate = await gateOf(managementBaseUrl, worker);
  if (!gate.ok || recentRefusals(gate.value.attempts, worker.edges.clock.now()) >= 2) return;
  gate.value.attempts = afterKeyChange(gate.value.attempts);
  await gate.value.save(gate.value.attempts);
}

/** Takes a server out. It can be put back until the browser starts anew. */
export async function removeServer(serverId: string, worker: Worker): Done {
  const { servers, announce } = worker.edges;
  const removed = await oneAtATime('servers', worker, () => servers.remove(serverId));
  if (!removed.ok) return removed;
  worker.state.holdings.delete(serverId);
  await announce({ event: 'servers-changed' });
  return removed;
}

export async function restoreServer(serverId: string, worker: Worker): Done {
  const { servers, announce } = worker.edges;
  const restored = await oneAtATime('servers', worker, () => servers.restore(serverId));
  if (restored.ok) await announce({ event: 'servers-changed' });
  return restored;
}

export async function makeDefault(serverId: string, worker: Worker): Done {
  const { servers, announce } = worker.edges;
  const saved = await oneAtATime('servers', worker, async () => {
    const list = await servers.list();
    if (!list.ok) return list;
    const server = list.value.find(({ id }) => id === serverId);
    if (!server) return fail({ code: 'storage/gone', what: 'server' });
    return servers.save(withOneDefault(list.value, { ...server, isDefault: true }));
  });
  if (saved.ok) await announce({ event: 'servers-changed' });
  return saved;
}
