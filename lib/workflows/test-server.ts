import { PROVIDER_KINDS } from '../core/changes/provider.ts';
import type { Failure, ServerFailure } from '../core/failures/failure.ts';
import type { ManagementApi, ServerAccess } from '../core/ports.ts';
import type { Asker } from '../core/protocol.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { maskSecret, type Secret } from '../core/secrets.ts';
import { parseServerAddress } from '../core/server/address.ts';
import { maySend, recentRefusals } from '../core/server/attempts.ts';
import { hasOnlyTemplates, usableClientKey } from '../core/server/client-keys.ts';
import {
  CHECK_STOPS,
  type CheckStop,
  type ConnectionCheck,
  type Server,
  type ServerCheck,
  type ServerForm,
} from '../core/server/server.ts';
import { parseServerForm } from '../core/server/server-form.ts';
import { traitsOfVersion } from '../core/server/traits.ts';
import { refusalOf } from './guard-api.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { memoryOf, openAccess } from './open-server.ts';
import { learnTraits } from './server-memory.ts';
import type { Worker } from './worker.ts';

/**
 * Tests a connection, stop by stop, and announces each one: does it answer (keyless),
 * is the key accepted (one call), and only then version, providers and models. Stops at
 * the first failure. The result of a stored server is kept with it.
 */
export async function testServer(
  form: ServerForm,
  asker: Asker,
  worker: Worker,
): Promise<Result<ConnectionCheck, Failure>> {
  const access = await accessOf(form, worker);
  if (!access.ok) return access;
  const opened = await openAccess(access.value, asker, worker);
  if (!opened.ok) return opened;
  const { api, gate } = opened.value;

  cancelTest(worker);
  const abort = new AbortController();
  const test = { serverId: form.id, abort };
  worker.state.test = test;
  const { clock, announce } = worker.edges;
  const questions = questionsOf(api, access.value, abort.signal, () =>
    refusalOf(maySend(gate.attempts, clock.now(), asker)),
  );
  const show = async (shown: ConnectionCheck) => {
    const { test: latest = test } = worker.state;
    // One that another test of the same server has ended has nothing to show any more.
    if (latest !== test && latest.serverId === form.id) return;
    await announce({ event: 'check', serverId: form.id, check: shown });
  };
  let check: ConnectionCheck = { passed: [], refusals: 0 };
  for (const stop of CHECK_STOPS) {
    const refusals = () => recentRefusals(gate.attempts, clock.now());
    await show({ ...check, asking: stop, refusals: refusals() });
    const from = clock.now();
    const answer = await questions[stop](check);
    if (!answer.ok) {
      check = { ...check, failed: { stop, failure: answer.failure }, refusals: refusals() };
      break;
    }
    const ms = clock.now() - from;
    check = { passed: [...check.passed, { ...answer.value, ms }], refusals: refusals() };
  }
  await show(check);
  if (worker.state.test === test) worker.state.test = undefined;
  if (check.failed?.failure.code !== 'server/cancelled') {
    await keepOutcome(form, access.value, outcomeOf(check, clock.now()), worker);
  }
  return ok(check);
}

/** Ends the test that is running, if one is. */
export function cancelTest({ state }: Worker): void {
  state.test?.abort.abort();
}

/** Looks, without a key, whether CLIProxyAPI answers at an address. */
export async function findServer(
  address: string,
  worker: Worker,
): Promise<Result<{ managementBaseUrl: string }, Failure>> {
  const parsed = parseServerAddress(address);
  if (!parsed.ok) return parsed;
  const { managementBaseUrl } = parsed.value;
  const keyless = { managementBaseUrl, managementKey: '' as Secret, headers: [] };
  const found = await worker.edges.createApi(keyless, () => {}).findService();
  return found.ok ? ok({ managementBaseUrl }) : found;
}

async function accessOf(
  form: ServerForm,
  { edges }: Worker,
): Promise<Result<ServerAccess, Failure>> {
  const stored = form.id === undefined ? ok(undefined) : await edges.servers.secrets(form.id);
  if (!stored.ok) return stored;
  const parsed = parseServerForm(form, [], stored.value);
  if (!parsed.ok) return parsed;
  const { managementBaseUrl, secrets } = parsed.value;
  return ok({ managementBaseUrl, ...secrets });
}

type Question = (check: ConnectionCheck) => Promise<Result<CheckStop, ServerFailure>>;

function questionsOf(
  api: ManagementApi,
  access: ServerAccess,
  signal: AbortSignal,
  held: () => ServerFailure | undefined,
): Record<CheckStop['stop'], Question> {
  let version: string | undefined;
  return {
    async service() {
      const found = await api.findService(signal);
      return found.ok ? ok({ stop: 'service', safeMode: found.value.safeMode }) : found;
    },

    async key() {
      const refusal = held();
      if (refusal) return fail(refusal);
      const accepted = await api.checkKey(signal);
      if (!accepted.ok) return fail(await explainRefusal(accepted.failure, api, access, signal));
      version = accepted.value.version;
      return ok({ stop: 'key' });
    },

    version: async () => ok({ stop: 'version', version: traitsOfVersion(version ?? '').version }),

    async providers() {
      const counts: Record<string, number> = {};
      for (const kind of PROVIDER_KINDS) {
        const list = await api.readProviders(kind, signal);
        // Older servers lack some of the lists.
        if (!list.ok && list.failure.code === 'server/not-found') continue;
        if (!list.ok) return list;
        counts[kind] = list.value.entries.length;
      }
      return ok({ stop: 'providers', counts });
    },

    models: () => countServed(api, signal),
  };
}

async function countServed(
  api: ManagementApi,
  signal: AbortSignal,
): Promise<Result<CheckStop, ServerFailure>> {
  const keys = await api.readClientKeys(signal);
  if (!keys.ok) return keys;
  if (hasOnlyTemplates(keys.value)) return fail({ code: 'server/safe-mode' });
  const clientKey = usableClientKey(keys.value);
  const served = await api.readServedModels(clientKey, signal);
  if (!served.ok) return served;
  const masked = clientKey && { clientKey: maskSecret(clientKey) };
  return ok({ stop: 'models', count: served.value.length, ...masked });
}

/** A refused management key may be one of the server's client keys: `/v1` tells, and counts for no ban. */
async function explainRefusal(
  failure: ServerFailure,
  api: ManagementApi,
  { managementKey }: ServerAccess,
  signal: AbortSignal,
): Promise<ServerFailure> {
  if (failure.code !== 'server/wrong-management-key') return failure;
  const [withKey, without] = [
    await api.readServedModels(managementKey, signal),
    await api.readServedModels(undefined, signal),
  ];
  return withKey.ok && !without.ok ? { code: 'server/is-client-key' } : failure;
}

function outcomeOf({ passed, failed }: ConnectionCheck, at: number): ServerCheck {
  const version = passed.find((stop) => stop.stop === 'version')?.version;
  return { at, version, failure: failed?.failure };
}

/** Keeps the outcome with the server it is about; where that is not saved yet, until it is. */
async function keepOutcome(
  form: ServerForm,
  access: ServerAccess,
  outcome: ServerCheck,
  worker: Worker,
): Promise<void> {
  worker.state.tested = { access, outcome };
  const { servers, announce } = worker.edges;
  if (form.managementKey) return;
  const { version } = outcome;
  const isKept = await oneAtATime('servers', worker, async () => {
    const list = await servers.list();
    if (!list.ok) return false;
    const isTested = ({ id, managementBaseUrl }: Server) =>
      id === form.id && managementBaseUrl === access.managementBaseUrl;
    const tested = list.value.find(isTested);
    if (!tested) return false;
    if (version) learnTraits(memoryOf(tested.managementBaseUrl, worker), traitsOfVersion(version));
    const changed = list.value.with(list.value.indexOf(tested), { ...tested, check: outcome });
    return (await servers.save(changed)).ok;
  });
  if (isKept) await announce({ event: 'servers-changed' });
}
