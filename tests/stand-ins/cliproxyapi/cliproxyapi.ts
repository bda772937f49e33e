import { type Clock, realClock } from '../clock.ts';
import { type Authenticate, createAuth, givenKey } from './auth.ts';
import { refuseClient, refuseEverything, refuseProxy } from './client-auth.ts';
import { configTypeOf } from './config.ts';
import { createLoadedCredentials } from './credentials.ts';
import { withCors, withServerVersion } from './headers.ts';
import { createKeyUsage } from './key-usage.ts';
import { type Answer, type Call, empty, type Request, readRequest } from './messages.ts';
import { createKeyHealth } from './proxy/key-health.ts';
import { createRoutes, MANAGEMENT, PROXY, type Routes } from './routes.ts';
import type { Server } from './server.ts';
import { createStore } from './store.ts';
import { QUIET, type Switches } from './switches.ts';
import { plainFetch, type UpstreamFetch } from './upstream.ts';
import { featuresOf } from './versions.ts';

export interface CliproxyapiOptions {
  /** Which CLIProxyAPI to be, e.g. `7.2.140`. */
  version: string;
  /** The text of config.yaml. */
  config: string;
  env?: { MANAGEMENT_PASSWORD?: string | undefined };
  clock?: Clock;
  switches?: Partial<Switches>;
  /** How relays are called. */
  fetch?: UpstreamFetch;
  /** Called with the new text whenever config.yaml is written, before the answer. */
  onConfigWritten?: (text: string) => void;
}

/** A CLIProxyAPI without HTTP and without a file. */
export interface Cliproxyapi {
  /** Answers a request. This is the place to wrap for faults such as a lost or cut answer. */
  handle(request: Request): Promise<Answer>;
  /** The text of config.yaml as it is now. */
  configText(): string;
  /** Somebody edits config.yaml by hand. */
  editConfig(text: string): void;
  /** Can be changed at any time. */
  switches: Switches;
  /** All requests so far, without queries, headers and bodies, where keys could be. */
  log: readonly LogEntry[];
}

interface LogEntry {
  method: string;
  path: string;
  status: number;
  /** Whether it brought a key, right or wrong, in one of the two headers of the management API. */
  keyed: boolean;
  /** When it was answered, in milliseconds of the clock. */
  at: number;
}

/** A CLIProxyAPI that behaves as the real one of that version. Throws if version or configuration are none. */
export function createCliproxyapi(options: CliproxyapiOptions): Cliproxyapi {
  const { clock = realClock, fetch = plainFetch, onConfigWritten = () => {} } = options;
  const features = featuresOf(options.version);
  const switches = { ...QUIET, ...options.switches };
  const credentials = createLoadedCredentials(features);
  const health = createKeyHealth(clock, features);
  const usage = createKeyUsage(clock);
  const store = createStore({
    text: options.config,
    type: configTypeOf(features),
    features,
    clock,
    switches,
    onWritten: onConfigWritten,
    onServed(config) {
      credentials.load(config);
      const keyIds = new Set(credentials.all().map(({ id }) => id));
      health.keepOnly(keyIds);
      usage.keepOnly(keyIds);
    },
  });
  const server: Server = { features, store, credentials, health, usage, switches, clock, fetch };
  const answer = createDispatch(server, options.env?.MANAGEMENT_PASSWORD?.trim() ?? '');
  const log: LogEntry[] = [];

  return {
    async handle(request) {
      const call = readRequest(request);
      if (switches.latencyMs > 0) await clock.sleep(switches.latencyMs);
      const { status, headers, body } = await answer(call);
      const keyed = givenKey(call) !== '';
      log.push({ method: call.method, path: call.path, status, keyed, at: clock.now() });
      return { status, headers, body: call.method === 'HEAD' ? '' : body };
    },
    configText: store.text,
    editConfig: store.edited,
    switches,
    log,
  };
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
