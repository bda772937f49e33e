import { PROVIDER_KINDS, type ProviderKind } from '../../lib/core/changes/provider.ts';
import type { VirtualClock } from '../stand-ins/clock.ts';
import type { Generation } from './generations.ts';
import { patchList, putList } from './list-writes.ts';
import { type Entries, keysIn, type Lists, modelsIn, OPENAI, shown } from './lists.ts';
import type { Random } from './random.ts';
import { createServerState, type ServerState } from './server-state.ts';

interface ModelRequest {
  method: string;
  /** After the management base URL, or `v1/models`. */
  path: string;
  key: string | undefined;
  /** JSON, or empty. */
  body: string;
}

export interface ModelReply {
  status: number;
  text: string;
  /** The list that a GET showed. */
  list?: { kind: ProviderKind; entries: Entries; loaded: ReadonlySet<string> | undefined };
  /** What a write made of which list, where it was carried out. */
  applied?: { kind: ProviderKind; before: Entries; after: Entries };
}

export interface ModelServer extends ServerState {
  generation: Generation;
  managementBaseUrl: string;
  clientKeys: readonly string[];
  /** Carries a request out. Nothing: the process ended over it. */
  answer(request: ModelRequest): ModelReply | undefined;
  /** The person gives the server another management key. */
  changeKey(): void;
  managementKey(): string;
  /** Another program on our address has tried wrong keys. */
  ban(): void;
}

const BAN_MS = 30 * 60_000;
const TRIES = 5;

/** A server that is fast and answers what the recordings say, as far as the import engine asks. */
export function createModelServer(
  setup: { at: number; generation: Generation; start: Lists; clientKeys: readonly string[] },
  around: { clock: VirtualClock; random: Random; onCrash(): void },
): ModelServer {
  const { generation, clientKeys } = setup;
  const { clock } = around;
  let keyNumber = 0;
  let failures = 0;
  let bannedUntil = 0;
  /** The list that was shown last, kept because the same is read again and again. */
  let shows: { entries: Entries; loaded: ReadonlySet<string>; text: string } | undefined;
  const unban = () => {
    failures = 0;
    bannedUntil = 0;
  };
  const state = createServerState(setup.start, generation, {
    ...around,
    onRestart: unban,
  });
  const managementKey = () => `management-key-${setup.at}-${keyNumber}`;

  function refusal(key: string | undefined): ModelReply | undefined {
    if (bannedUntil > clock.now()) {
      const seconds = Math.ceil((bannedUntil - clock.now()) / 1000);
      const left = `${Math.floor(seconds / 60)}m${seconds % 60}s`;
      return error(403, `IP banned due to too many failed attempts. Try again in ${left}`);
    }
    if (key === managementKey()) {
      failures = 0;
      return undefined;
    }
    failures += 1;
    if (failures >= TRIES) bannedUntil = clock.now() + BAN_MS;
    return error(401, key ? 'invalid management key' : 'missing management key');
  }

  function write(request: ModelRequest, kind: ProviderKind): ModelReply | undefined {
    const body = parsed(request.body);
    const before = state.lists()[kind];
    const written =
      request.method === 'PUT'
        ? putList(kind, body, generation)
        : patchList(kind, before, body, generation);
    if ('error' in written) return error(written.status, written.error);
    const survived = state.write(kind, written.entries, 'ours') === 'done';
    const applied = { kind, before, after: written.entries };
    return survived ? { ...json({ status: 'ok' }), applied } : { status: 0, text: '', applied };
  }

  function manage(request: ModelRequest): ModelReply | undefined {
    const refused = refusal(request.key);
    if (refused) return refused;
    const { method, path } = request;
    const kind = PROVIDER_KINDS.find((known) => known === path);
    if (kind) return method === 'GET' ? read(kind) : write(request, kind);
    if (path === 'api-call') return generation.isPartial ? error(400, 'missing method') : notFound;
    if (method !== 'GET') return notFound;
    if (path === 'debug') return json({ debug: false });
    if (path === 'api-keys') return json({ 'api-keys': clientKeys });
    if (path === 'auth-files') return json({ files: [] });
    if (path === 'config') return json({ ...state.lists(), 'api-keys': clientKeys });
    // JSON is YAML.
    if (path === 'config.yaml') return json({ ...state.lists(), 'api-keys': clientKeys });
    return notFound;
  }

  function read(kind: ProviderKind): ModelReply {
    const entries = state.lists()[kind];
    const loaded = state.loaded();
    if (shows?.entries !== entries || shows.loaded !== loaded) {
      const all = generation.showsLoaded ? entries.map((entry) => shown(entry, loaded)) : entries;
      // `null` is how they say "empty" before v6.9.29.
      const body = { [kind]: generation.showsLoaded || all.length > 0 ? all : null };
      shows = { entries, loaded, text: JSON.stringify(body) };
    }
    const list = { kind, entries, loaded: generation.showsLoaded ? loaded : undefined };
    return { status: 200, text: shows.text, list };
  }

  return {
    ...state,
    generation,
    clientKeys,
    managementBaseUrl: `http://127.0.0.1:${8317 + setup.at}/v0/management`,
    managementKey,
    changeKey: () => {
      keyNumber += 1;
    },
    ban: () => {
      bannedUntil = clock.now() + BAN_MS;
    },
    answer: (request) =>
      request.path === 'v1/models' ? json({ data: servedIds(state.lists()) }) : manage(request),
  };
}

const servedIds = (lists: Lists) =>
  lists[OPENAI]
    .filter((entry) => entry.disabled !== true && keysIn(entry).length > 0)
    .flatMap(modelsIn)
    .map(({ name, alias }) => ({ id: alias || name, owned_by: 'model' }));

const json = (body: unknown): ModelReply => ({ status: 200, text: JSON.stringify(body) });
const error = (status: number, said: string): ModelReply => ({
  status,
  text: JSON.stringify({ error: said }),
});
const notFound: ModelReply = { status: 404, text: '404 page not found' };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
