import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createRelay, type Relay, type RelayOptions, type SiteName } from './create-relay.ts';
import type { Reply } from './http.ts';

/** A relay that listens on loopback. */
export interface RunningRelay<Name extends SiteName> extends Pick<Relay<Name>, 'switches' | 'log'> {
  /** The origin, without a slash at the end. */
  url: string;
  port: number;
  /** Ends also the connections of requests that hang. */
  close: () => Promise<void>;
}

/** Starts a relay on `port` of 127.0.0.1, or on a free one. */
export async function startRelay<Name extends SiteName>(
  options: RelayOptions<Name> & { port?: number },
): Promise<RunningRelay<Name>> {
  const relay = createRelay<Name>(options);
  const server = createServer((incoming, outgoing) => {
    // A bug of the stand-in: the answer says so, a test sees it.
    serve(relay, incoming, outgoing).catch((error) => outgoing.writeHead(500).end(String(error)));
  });
  // A client that takes a connection up again must not find it just closed.
  server.keepAliveTimeout = 0;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };

  return { url: `http://127.0.0.1:${port}`, port, switches: relay.switches, log: relay.log, close };
}

async function serve(
  relay: Pick<Relay<SiteName>, 'handle'>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const reply = await relay.handle({
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: oneValueEach(incoming.headers),
    body: await text(incoming),
  });
  send(reply, outgoing);
}

function send(reply: Reply, outgoing: ServerResponse): void {
  outgoing.writeHead(reply.status, reply.headers);
  for (const piece of piecesOf(reply)) outgoing.write(piece);
  if (isTruncated(reply)) outgoing.socket?.end();
  else outgoing.end();
}

/** A stream goes out event by event, all else at once. */
function piecesOf({ headers, body }: Reply): string[] {
  if (headers['Content-Type'] !== 'text/event-stream') return body === '' ? [] : [body];
  return body.split(/(?<=\n\n)/);
}

function isTruncated({ headers, body }: Reply): boolean {
  return Number(headers['Content-Length'] ?? 0) > Buffer.byteLength(body);
}

function oneValueEach(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]),
  );
}
