/** A request as a host sees it. */
interface HostRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface HostReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Something that answers at an origin; the stand-ins' `handle` is one. */
export type Host = (request: HostRequest) => Promise<HostReply>;

export interface FakeNetwork {
  fetch: typeof globalThis.fetch;
  /** By origin. Where none is, nobody listens. */
  hosts: Map<string, Host>;
  /** Origins that the person has allowed: their answers can be read without CORS headers. */
  allowed: Set<string>;
  hasAccess(url: string): Promise<boolean>;
  /** A request of a server: no browser keeps an answer from it. It is not noted in `sent`. */
  ask(url: string, request: Partial<HostRequest>): Promise<Response>;
  /** All requests of the browser, in order. */
  sent: (HostRequest & { origin: string })[];
}

/**
 * The network as an extension sees it: answers without CORS headers cannot be read,
 * redirects are refused, followed or opaque as asked, and whatever fails is one TypeError.
 */
export function fakeNetwork(hosts: Readonly<Record<string, Host>> = {}): FakeNetwork {
  const network: FakeNetwork = {
    hosts: new Map(Object.entries(hosts)),
    allowed: new Set(),
    hasAccess: async (url) => network.allowed.has(new URL(url).origin),
    sent: [],
    async ask(url, { method = 'GET', headers = {}, body = '' }) {
      const { origin, pathname, search } = new URL(url);
      const path = `${pathname}${search}`;
      const own = { 'user-agent': 'Go-http-client/1.1', ...headers };
      const answer = await network.hosts.get(origin)?.({ method, path, headers: own, body });
      if (!answer) throw failed();
      return responseOf(answer);
    },
    async fetch(input, options = {}) {
      const request = new Request(input as string, options);
      request.signal.throwIfAborted();
      const reply = await unlessAborted(reach(request, network), request.signal);
      return readable(request, reply, network);
    },
  };
  return network;
}

const failed = () => new TypeError('Failed to fetch');

async function reach(request: Request, { hosts, sent }: FakeNetwork): Promise<HostReply> {
  const { origin, pathname, search } = new URL(request.url);
  const host = hosts.get(origin);
  if (!host) throw failed();
  const asked = {
    method: request.method,
    path: `${pathname}${search}`,
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
  };
  sent.push({ origin, ...asked });
  return host(asked);
}

async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}

async function readable(request: Request, reply: HostReply, network: FakeNetwork) {
  const headers = new Headers(reply.headers);
  const location = reply.status >= 300 && reply.status < 400 ? headers.get('Location') : null;
  if (location !== null) {
    if (request.redirect === 'error') throw failed();
    if (request.redirect === 'manual') return opaque('opaqueredirect');
    return network.fetch(new URL(location, request.url).href, { mode: request.mode });
  }
  if (request.mode === 'no-cors') return opaque('opaque');
  if (network.allowed.has(new URL(request.url).origin)) return responseOf(reply);
  if (!headers.has('Access-Control-Allow-Origin')) throw failed();
  return responseOf({ ...reply, headers: Object.fromEntries(exposed(headers)) });
}

/** Headers that any page may read. */
const SAFE = /^(cache-control|content-language|content-length|content-type|expires|last-modified)$/;

function exposed(headers: Headers): (readonly [string, string])[] {
  const named = headers.get('Access-Control-Expose-Headers')?.toLowerCase().split(/, */) ?? [];
  return [...headers].filter(([name]) => SAFE.test(name) || named.includes(name));
}

const responseOf = ({ status, headers, body }: HostReply) =>
  new Response(body === '' ? null : body, { status, headers });

/** `Response` cannot be made of these types: they are what a browser shows of an answer that it keeps back. */
const opaque = (type: ResponseType): Response =>
  Object.defineProperty(Response.error(), 'type', { value: type });

/** An answer that any page may read. */
export const reply = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): HostReply => ({
  status,
  headers: { 'Access-Control-Allow-Origin': '*', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** A host that gives every request the same answer. */
export const answering =
  (answer: HostReply): Host =>
  async () =>
    answer;

/** A host that takes a request and never answers it. */
export const silent: Host = () => new Promise(() => {});
