import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface Incoming {
  method: string;
  /** As it came, with the prefix. */
  path: string;
  headers: Readonly<Record<string, string>>;
}

/** What stands in front of a server, or in its place. */
export interface Front {
  /** The path under which it is reached, such as `/cpa`; it does not reach the server. */
  prefix?: string;
  /** With these it is reached by https only. */
  tls?: { key: string; cert: string };
  /** Headers that every request gets on its way in. */
  adds?: Record<string, string>;
  /** Another server than the one behind it at the start; asked for each request. */
  leadsTo?(): string;
  /** Answers itself, or lets the request pass where there is no answer; a promise holds it back. */
  answers?(request: Incoming): Passed | Promise<Passed>;
  /** Changes what the server answered, or takes it away. */
  changes?(request: Incoming, reply: Reply): Passed | Promise<Passed>;
}

/** Nothing lets it pass; `cut` ends the connection without a word. */
type Passed = Reply | 'cut' | undefined;

export interface RunningProxy {
  /** Without a slash at the end, with the prefix. */
  url: string;
  /** The requests that came, with their headers. */
  seen: readonly Incoming[];
  close(): Promise<void>;
}

/** With these a page of any origin may read an answer, as it may read CLIProxyAPI's. */
export const READABLE = { 'access-control-allow-origin': '*' };

/** Starts a reverse proxy on loopback. What is outside of its prefix is not found. */
export async function startProxy(target: string, front: Front): Promise<RunningProxy> {
  const { prefix = '', tls, adds = {}, leadsTo = () => target, answers, changes } = front;
  const seen: Incoming[] = [];

  async function replyTo(request: Incoming, body: Buffer): Promise<Reply | 'cut'> {
    if (!request.path.startsWith(`${prefix}/`)) return { status: 404 };
    const answer = await answers?.(request);
    if (answer) return answer;
    const headers = { ...request.headers, ...adds };
    const inside = { ...request, path: request.path.slice(prefix.length), headers };
    const reply = await pass(inside, body, leadsTo());
    return (await changes?.(request, reply)) ?? reply;
  }

  const listener: RequestListener = async (incoming, outgoing) => {
    const { method = 'GET', url: path = '/' } = incoming;
    const request = { method, path, headers: endToEnd(Object.entries(incoming.headers)) };
    seen.push(request);
    // At the end of a test the target may be gone before the extension has asked its last.
    const reply = await replyTo(request, await buffer(incoming)).catch(
      (): Reply => ({ status: 502 }),
    );
    if (reply === 'cut') outgoing.destroy();
    else outgoing.writeHead(reply.status, reply.headers).end(reply.body);
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}${prefix}`,
    seen,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function pass(
  { method, path, headers }: Incoming,
  body: Buffer,
  target: string,
): Promise<Reply> {
  const response = await fetch(target + path, {
    method,
    headers,
    redirect: 'manual',
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  return {
    status: response.status,
    headers: endToEnd(response.headers),
    body: await response.text(),
  };
}

const OF_ONE_CONNECTION =
  /^(host|connection|keep-alive|transfer-encoding|content-(length|encoding))$/;

function endToEnd(headers: Iterable<[string, unknown]>): Record<string, string> {
  const passed = [...headers].filter(([name]) => !OF_ONE_CONNECTION.test(name));
  return Object.fromEntries(passed.map(([name, value]) => [name, String(value)]));
}
