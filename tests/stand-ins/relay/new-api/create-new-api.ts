import { type RelayRequest, type Reply, type Site, urlOf, withHeaders } from '../http.ts';
import type { NewApi, NewApiSwitches } from './call.ts';
import { pricedModel, recordedModels } from './catalogue.ts';
import { generation4 } from './generation-4.ts';
import type { Model } from './model.ts';
import { requestId } from './random.ts';
import { createRateLimiter, defaultLimits, type Limits } from './rate-limit.ts';
import { unknownPath } from './replies.ts';
import { findRoute, type Route } from './routes.ts';
import { sessionOfBearer } from './sessions.ts';
import { addUser, type NewUser, rootRole, type State } from './state.ts';
import { findByKey } from './token-guards.ts';

export interface NewApiOptions extends Partial<Omit<NewApiSwitches, 'state' | 'limits'>> {
  limits?: Partial<Limits>;
  /** None: a site that nobody has set up yet. By default root and alice, who has two tokens. */
  users?: readonly NewUser[];
  /** A bare id is a priced model of the group `default`. */
  models?: readonly (Model | string)[];
  /** Milliseconds. */
  now?: () => number;
}

const defaultUsers: readonly NewUser[] = [
  { username: 'root', password: '12345678', role: rootRole, quota: 100_000_000 },
  {
    username: 'alice',
    password: 'alicepass',
    quota: 5_000_000,
    tokens: [
      { name: 'everything', unlimited_quota: true },
      {
        name: 'small models',
        unlimited_quota: true,
        model_limits_enabled: true,
        model_limits: 'gpt-4o-mini',
      },
    ],
  },
];

/** A New API site of generation 4. */
export function createNewApi({
  users = defaultUsers,
  models = recordedModels,
  limits,
  upstream = 'answers',
  trouble,
  latencyMs = 0,
  now = Date.now,
}: NewApiOptions): Site<NewApiSwitches> {
  const state = emptyState(models, Math.floor(now() / 1000));
  for (const user of users) addUser(state, user, state.startedAt);
  const switches: NewApiSwitches = {
    limits: { ...defaultLimits, ...limits },
    upstream,
    trouble,
    latencyMs,
    state,
  };
  const api: NewApi = { switches, limiter: createRateLimiter(now), now };
  return {
    switches,
    answer: (request) => answer(api, generation4, request),
    nameOf: (credential) => nameOf(api, credential),
  };
}

function emptyState(models: readonly (Model | string)[], startedAt: number): State {
  return {
    startedAt,
    users: [],
    tokens: [],
    sessions: [],
    bearers: new Map(),
    models: models.map((model) => (typeof model === 'string' ? pricedModel(model) : { ...model })),
    groups: { default: '默认分组', vip: 'vip分组' },
  };
}

/** What the program does around every page, in the order of its router. */
function answer(api: NewApi, routes: readonly Route[], request: RelayRequest): Reply {
  const url = urlOf(request);
  const found = findRoute(routes, request.method, url.pathname);
  const redirect = found ? undefined : slashRedirect(routes, request.method, url);
  if (redirect) return redirect;

  const id = requestId(api.now());
  const ownHeaders = { 'X-New-Api-Version': 'v0.0.0', 'X-Oneapi-Request-Id': id };
  const isOpen = found?.route.isOpen ?? true;
  const isForeign = isOpen && 'origin' in request.headers;
  if (isForeign && request.method === 'OPTIONS') return withHeaders(preflightReply, ownHeaders);
  const reply = found
    ? (globalLimit(api, url) ?? found.route.page({ ...found, request, url, requestId: id, api }))
    : unknownPath(request.method, url.pathname);
  return withHeaders(reply, { ...(isForeign && foreignHeaders), ...ownHeaders });
}

/** Any path passes a preflight (recorded): it proves nothing. */
const foreignHeaders = {
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Origin': '*',
};

const preflightReply: Reply = {
  status: 204,
  headers: {
    ...foreignHeaders,
    'Access-Control-Allow-Headers': '*',
    'Access-Control-Allow-Methods': 'GET,POST,PUT,DELETE,OPTIONS',
    'Access-Control-Max-Age': '43200',
  },
  body: '',
};

/** The router's own answer to a path that lacks its last slash, or has one too many. */
function slashRedirect(routes: readonly Route[], method: string, url: URL): Reply | undefined {
  const path = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : `${url.pathname}/`;
  if (!findRoute(routes, method, path)) return undefined;
  const to = path + url.search;
  if (method !== 'GET') return { status: 307, headers: { Location: to }, body: '' };
  return {
    status: 301,
    headers: { 'Content-Type': 'text/html; charset=utf-8', Location: to },
    body: `<a href="${to.replaceAll('&', '&amp;')}">Moved Permanently</a>.\n\n`,
  };
}

function globalLimit({ limiter, switches }: NewApi, url: URL): Reply | undefined {
  if (!url.pathname.startsWith('/api/')) return undefined;
  return limiter('global', switches.limits.global);
}

function nameOf(api: NewApi, credential: string): string | undefined {
  const { state } = api.switches;
  const token = findByKey(state, credential);
  if (token) return `token ${token.id}`;
  const session = sessionOfBearer(api, credential)?.session;
  const owner = state.users.find(
    ({ id, access_token }) => id === session?.user_id || access_token === credential,
  );
  return owner && `${session ? 'session' : 'access token'} of ${owner.username}`;
}
