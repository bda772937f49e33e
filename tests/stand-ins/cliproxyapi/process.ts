import type { Clock } from '../clock.ts';
import { type Authenticate, createAuth } from './auth.ts';
import type { Chance } from './chance.ts';
import { refuseClient, refuseEverything, refuseProxy } from './client-auth.ts';
import { configTypeOf } from './config.ts';
import { createLoadedCredentials } from './credentials.ts';
import { withCors, withServerVersion } from './headers.ts';
import { createKeyUsage } from './key-usage.ts';
import { type Answer, type Call, empty } from './messages.ts';
import { createKeyHealth } from './proxy/key-health.ts';
import { createRoutes, MANAGEMENT, PROXY, type Routes } from './routes.ts';
import type { Server } from './server.ts';
import { createStore, type Store } from './store.ts';
import type { Switches } from './switches.ts';
import type { UpstreamFetch } from './upstream.ts';
import type { Features } from './versions.ts';

export interface ProcessOptions {
  features: Features;
  /** The text of config.yaml. */
  text: string;
  /** MANAGEMENT_PASSWORD of the environment; empty if there is none. */
  password: string;
  clock: Clock;
  switches: Switches;
  chance: Chance;
  fetch: UpstreamFetch;
  onWritten: (text: string) => void;
  onCrash: () => void;
}

/** A server from its start to its end: what it holds in memory is gone then. */
export interface Process {
  answer: (call: Call) => Promise<Answer>;
  store: Store;
}

/** Starts with the file `text`. Throws InvalidYaml. */
export function startProcess(options: ProcessOptions): Process {
  const { features, clock, switches, password, fetch } = options;
  const credentials = createLoadedCredentials(features);
  const health = createKeyHealth(clock, features);
  const usage = createKeyUsage(clock);
  const store = createStore({
    ...options,
    type: configTypeOf(features),
    onServed(config) {
      credentials.load(config);
      const keyIds = new Set(credentials.all().map(({ id }) => id));
      health.keepOnly(keyIds);
      usage.keepOnly(keyIds);
    },
  });
  const server: Server = { features, store, credentials, health, usage, switches, clock, fetch };
  return { answer: createDispatch(server, password), store };
}

function createDispatch(server: Server, password: string): (call: Call) => Promise<Answer> {
  const { features, store, switches } = server;
  const routes = createRoutes(features);
  const manage = createManagement(server, routes, password);

  const route = async (call: Call): Promise<Answer> => {
    if (call.method === 'OPTIONS') return empty(204);
    if (isBelow(call.path, MANAGEMENT)) return manage(call);
    const isProxy = isBelow(call.path, PROXY);
    const stopped = isProxy && refuseProxy(store.served(), features);
    if (stopped) return stopped;
    const handler = routes.get(`${call.method} ${call.path}`);
    if (!handler) return features.has('guarded-unknown-routes') ? empty(404) : TEXT_404;
    return (isProxy && refuseClient(call, store.served())) || handler(call, server);
  };

  return async (call) => {
    const direct = refuseEverything(call, store.served(), features) ?? redirect(call, routes);
    if (direct) return direct;
    const answer = await route(call);
    return switches.cors ? withCors(answer, features) : answer;
  };
}

const TEXT_404: Answer = {
  status: 404,
  headers: { 'content-type': 'text/plain' },
  body: '404 page not found',
};

/** The management API: nothing without a management key, and nothing without the right one. Scenarios auth-*, paths. */
function createManagement(
  server: Server,
  routes: Routes,
  password: string,
): (call: Call) => Promise<Answer> {
  const { features, store, clock, switches } = server;
  const authenticate: Authenticate = createAuth({ store, features, clock, switches, password });
  const hasKey = () => password !== '' || store.served()['remote-management']['secret-key'] !== '';
  let everHadKey = hasKey();

  return async (call) => {
    everHadKey ||= hasKey();
    const handler = everHadKey ? routes.get(`${call.method} ${call.path}`) : undefined;
    if (!handler && !features.has('guarded-unknown-routes')) return TEXT_404;
    if (!hasKey()) return empty(404);
    const refused = await authenticate(call);
    const answer = refused ?? (handler ? await handler(call, server) : empty(404));
    return withServerVersion(answer, features);
  };
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

/** A slash too many is redirected, without CORS headers. Scenario paths. */
function redirect({ method, path, search }: Call, routes: Routes): Answer | undefined {
  const plain = path.replace(/\/$/, '');
  if (plain === path || !routes.has(`${method} ${plain}`)) return undefined;
  const location = plain + search;
  if (method !== 'GET') return { status: 307, headers: { location }, body: '' };
  return {
    status: 301,
    headers: { location, 'content-type': 'text/html; charset=utf-8' },
    body: `<a href="${location}">Moved Permanently</a>.\n\n`,
  };
}
