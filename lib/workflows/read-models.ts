import type {
  ModelsTry,
  ModelsWay,
  RelayFailure,
  ServerFailure,
} from '../core/failures/failure.ts';
import type { ModelsState } from '../core/import-view.ts';
import type { RelayKey } from '../core/keys/relay-key.ts';
import type { ManagementApi } from '../core/ports.ts';
import { comparableBaseUrl, normaliseBaseUrl } from '../core/relay/base-url.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Secret } from '../core/secrets.ts';
import type { ModelsRead } from '../core/stores.ts';
import { changeSession } from './one-at-a-time.ts';
import type { Worker } from './worker.ts';

/** Whose models are wanted, and from where. */
export interface ModelsQuestion {
  key: RelayKey;
  apiKey: Secret;
  /** As entered; where the relay may answer with or without `/v1`, both are tried. */
  baseUrl: string;
  /** The server that may ask the relay for us, if one can be asked. */
  api: ManagementApi | undefined;
  /** Do not believe what this session has read already. */
  refresh: boolean;
}

/**
 * A relay's model list for one key: from this session, else directly, else through the
 * server (from v6.6.63). Each way's failure is told; a permission is for the person to give.
 */
export async function readModels(
  question: ModelsQuestion,
  worker: Worker,
): Promise<Extract<ModelsState, { state: 'read' | 'failed' }>> {
  const known = await knownModels(question.key, question.baseUrl, worker);
  if (known && !question.refresh) return known;

  const tries: ModelsTry[] = [];
  for (const ask of [askDirectly, askThroughServer]) {
    const read = await ask(question, worker);
    if (read?.ok) {
      await keepModels(question, read.value, worker);
      return read.value;
    }
    if (read) tries.push(read.failure);
    if (read && !mayDiffer(read.failure.failure.code)) break;
  }
  return { state: 'failed', failure: { code: 'models/unavailable', tries } };
}

const KEPT_LISTS = 20;

const listName = ({ fingerprint }: RelayKey, baseUrl: string): string =>
  `${comparableBaseUrl(baseUrl)} ${fingerprint}`;

/** What this session has read already of a relay's models for a key. */
export async function knownModels(
  key: RelayKey,
  baseUrl: string,
  worker: Worker,
): Promise<ModelsRead | undefined> {
  return (await knownLists(worker))(key, baseUrl);
}

/** The same for many keys: what the session has read is opened once. */
export async function knownLists({
  edges,
}: Worker): Promise<(key: RelayKey, baseUrl: string) => ModelsRead | undefined> {
  const lists = await edges.session.read('models');
  return (key, baseUrl) => (lists.ok ? lists.value[listName(key, baseUrl)] : undefined);
}

function keepModels({ key, baseUrl }: ModelsQuestion, read: ModelsRead, worker: Worker) {
  const name = listName(key, baseUrl);
  return changeSession('models', worker, (lists) => {
    const others = Object.entries(lists).filter(([other]) => other !== name);
    return Object.fromEntries([...others.slice(1 - KEPT_LISTS), [name, read]]);
  });
}

type Tried = Result<ModelsRead, ModelsTry>;

/** From here: with the person's permission for that origin, if they gave it. */
async function askDirectly({ baseUrl, apiKey }: ModelsQuestion, worker: Worker): Promise<Tried> {
  const { relays, hasAccess } = worker.edges;
  const candidates = candidatesOf(baseUrl);
  const isAllowed = await hasAccess(candidates[0]);
  return askCandidates(candidates, isAllowed ? 'access' : 'direct', worker, (candidate) =>
    relays.readModels(candidate, apiKey),
  );
}

async function askThroughServer(
  question: ModelsQuestion,
  worker: Worker,
): Promise<Tried | undefined> {
  const { api, apiKey } = question;
  if (!api) return undefined;
  return askCandidates(candidatesOf(question.baseUrl), 'server', worker, async (candidate) => {
    const reply = await api.askUpstream(`${candidate}/models`, apiKey);
    if (reply.ok) return worker.edges.relays.understandModels(reply.value);
    return isUnreached(reply.failure) ? fail({ code: 'relay/unreachable' }) : reply;
  });
}

/** What `api-call` answers where it gets no connection (recorded v7.2.140, scenario api-call). */
const isUnreached = (failure: ServerFailure): boolean =>
  failure.code === 'server/error' && failure.status === 502;

/** The base URL, and the same without an appended `/v1`. */
function candidatesOf(typed: string): readonly [string, ...string[]] {
  const normal = normaliseBaseUrl(typed);
  if (!normal.ok) return [typed];
  const { baseUrl, unversioned } = normal.value;
  return unversioned === undefined ? [baseUrl] : [baseUrl, unversioned];
}

/** Asks at the first candidate, and at the next where the API is not found there. */
async function askCandidates(
  candidates: readonly [string, ...string[]],
  way: ModelsWay,
  { edges }: Worker,
  ask: (baseUrl: string) => Promise<Result<readonly string[], ModelsTry['failure']>>,
): Promise<Tried> {
  const failures: ModelsTry['failure'][] = [];
  for (const baseUrl of candidates) {
    const read = await ask(baseUrl);
    if (read.ok) {
      return ok({ state: 'read', upstream: read.value, way, baseUrl, readAt: edges.clock.now() });
    }
    failures.push(read.failure);
    if (!NOT_THE_API.has(read.failure.code)) break;
  }
  const telling = failures.find(({ code }) => FROM_THE_API.has(code)) ?? failures[0];
  return fail({ way, failure: telling as ModelsTry['failure'] });
}

/** Answers of a path that is not the API. */
const NOT_THE_API: ReadonlySet<string> = new Set<RelayFailure['code']>([
  'relay/not-found',
  'relay/html',
]);

/** Answers that only the API gives: they say more than that of a path beside it. */
const FROM_THE_API: ReadonlySet<string> = new Set<RelayFailure['code']>([
  'relay/wrong-key',
  'relay/rate-limited',
  'relay/no-models',
]);

/** Failures that the server, with its own address and no browser around it, may not have. */
const DEPENDS_ON_WHO_ASKS: ReadonlySet<string> = new Set<RelayFailure['code']>([
  'relay/unreadable',
  'relay/unreachable',
  'relay/timeout',
  'relay/html',
  'relay/forbidden',
  'relay/redirect',
]);

const mayDiffer = (code: string): boolean => DEPENDS_ON_WHO_ASKS.has(code);
