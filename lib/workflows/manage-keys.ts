import type { Failure, InputFailure } from '../core/failures/failure.ts';
import type { KeyCard, RelayKey } from '../core/keys/relay-key.ts';
import type { KeyForm } from '../core/protocol.ts';
import { comparableBaseUrl, hostOf, normaliseBaseUrl } from '../core/relay/base-url.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { maskSecret, parseApiKey, type Secret } from '../core/secrets.ts';
import { plainHttpReach } from '../core/server/address.ts';
import { cardOf, chosenServer } from './cards.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Done, Worker } from './worker.ts';

/** A relay key with the key itself. */
export interface LoadedKey {
  key: RelayKey;
  apiKey: Secret;
}

export async function loadKey(keyId: string, worker: Worker): Promise<Result<LoadedKey, Failure>> {
  return (await loadKeys([keyId], worker)).get(keyId) ?? gone;
}

/** The same for many keys, by their ids: the cards are opened once for all of them. */
export async function loadKeys(
  keyIds: readonly string[],
  { edges }: Worker,
): Promise<ReadonlyMap<string, Result<LoadedKey, Failure>>> {
  const keys = await edges.keys.list();
  const byId = new Map((keys.ok ? keys.value : []).map((key) => [key.id, key]));
  const load = async (keyId: string): Promise<Result<LoadedKey, Failure>> => {
    const key = byId.get(keyId);
    if (!key) return keys.ok ? gone : keys;
    const apiKey = await edges.keys.apiKey(keyId);
    if (!apiKey.ok) return apiKey;
    return apiKey.value ? ok({ key, apiKey: apiKey.value }) : gone;
  };
  return new Map(
    await Promise.all(keyIds.map(async (keyId) => [keyId, await load(keyId)] as const)),
  );
}

export async function storedKey(
  keyId: string,
  { edges }: Worker,
): Promise<Result<RelayKey, Failure>> {
  const keys = await edges.keys.list();
  if (!keys.ok) return keys;
  const key = keys.value.find(({ id }) => id === keyId);
  return key ? ok(key) : gone;
}

const gone = fail({ code: 'storage/gone', what: 'key' });

/** What the form of a relay key begins with. The key itself stays closed. */
export async function readKey(
  keyId: string,
  worker: Worker,
): Promise<Result<Pick<KeyForm, 'name' | 'baseUrl'>, Failure>> {
  const key = await storedKey(keyId, worker);
  return key.ok ? ok({ name: key.value.name, baseUrl: key.value.baseUrl }) : key;
}

/** Stores a relay key, new or changed. A new one comes first; a changed key or address forgets old results. */
export async function saveKey(form: KeyForm, worker: Worker): Promise<Result<KeyCard, Failure>> {
  const saved = await oneAtATime('keys', worker, () => storeKey(form, worker));
  if (!saved.ok) return saved;
  await worker.edges.announce({ event: 'cards-changed' });
  const server = await chosenServer(worker);
  return ok(cardOf(saved.value, server.ok ? server.value?.id : undefined, worker));
}

async function storeKey(form: KeyForm, worker: Worker): Promise<Result<RelayKey, Failure>> {
  const { edges } = worker;
  const keys = await edges.keys.list();
  if (!keys.ok) return keys;
  const known = keys.value.find(({ id }) => id === form.id);
  const apiKey = await keyOf(form, worker);
  if (!apiKey.ok) return apiKey;
  const fingerprint = await edges.fingerprint(apiKey.value);
  const fault =
    faultOf(form, fingerprint, keys.value) ?? (await managementKeyFault(apiKey.value, worker));
  if (fault) return fail(fault);

  const isSame = known?.fingerprint === fingerprint && known.baseUrl === form.baseUrl.trim();
  const baseUrl = form.baseUrl.trim();
  const key: RelayKey = {
    id: known?.id ?? edges.newId(),
    name: form.name.trim() || hostOf(comparableBaseUrl(baseUrl)),
    baseUrl,
    mask: maskSecret(apiKey.value),
    fingerprint,
    addedAt: known?.addedAt ?? edges.clock.now(),
    results: isSame ? known.results : {},
  };
  const changed = known
    ? keys.value.map((other) => (other.id === key.id ? key : other))
    : [key, ...keys.value];
  const saved = await edges.keys.save(changed, { [key.id]: apiKey.value });
  return saved.ok ? ok(key) : saved;
}

/** The key that was typed, or the stored one where nothing was. */
async function keyOf(form: KeyForm, worker: Worker): Promise<Result<Secret, Failure>> {
  if (form.id === undefined || (form.apiKey ?? '').trim() !== '') {
    return parseApiKey(form.apiKey ?? '');
  }
  const stored = await loadKey(form.id, worker);
  return stored.ok ? ok(stored.value.apiKey) : stored;
}

function faultOf(
  form: KeyForm,
  fingerprint: string,
  keys: readonly RelayKey[],
): InputFailure | undefined {
  const base = normaliseBaseUrl(form.baseUrl);
  if (!base.ok) return base.failure;
  const { baseUrl } = base.value;
  if (plainHttpReach(baseUrl) === 'public' && !form.plainHttpAccepted) {
    return { code: 'input/plain-http', host: new URL(baseUrl).hostname };
  }
  const twin = keys.find(
    (key) =>
      key.id !== form.id &&
      key.fingerprint === fingerprint &&
      comparableBaseUrl(key.baseUrl) === comparableBaseUrl(form.baseUrl),
  );
  return twin && { code: 'input/duplicate-key', name: twin.name };
}

/** A server's management key would be handed to a relay, or stored in a provider for all to use. */
async function managementKeyFault(
  apiKey: Secret,
  { edges }: Worker,
): Promise<InputFailure | undefined> {
  const servers = await edges.servers.list();
  if (!servers.ok) return undefined;
  for (const { id, name } of servers.value) {
    const secrets = await edges.servers.secrets(id);
    if (secrets.ok && secrets.value?.managementKey === apiKey) {
      return { code: 'input/is-management-key', server: name };
    }
  }
  return undefined;
}

/** Takes a key out. It can be put back until the browser starts anew. */
export async function removeKey(keyId: string, worker: Worker): Done {
  const removed = await oneAtATime('keys', worker, () => worker.edges.keys.remove(keyId));
  if (removed.ok) await worker.edges.announce({ event: 'cards-changed' });
  return removed;
}

export async function restoreKey(keyId: string, worker: Worker): Done {
  const restored = await oneAtATime('keys', worker, () => worker.edges.keys.restore(keyId));
  if (restored.ok) await worker.edges.announce({ event: 'cards-changed' });
  return restored;
}
