import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Cliproxyapi, type CliproxyapiOptions, createCliproxyapi } from './cliproxyapi.ts';
import { ConnectionLost } from './messages.ts';

export interface StandInOptions extends Omit<CliproxyapiOptions, 'config' | 'onConfigWritten'> {
  /** The text of config.yaml; not needed if the file of `configPath` is there. */
  config?: string;
  /** Where config.yaml is kept. Without it, only in memory. */
  configPath?: string;
  /** On 127.0.0.1; a free one if none is given. */
  port?: number;
}

export interface StandIn extends Cliproxyapi {
  /** E.g. `http://127.0.0.1:8317`. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/** How often the file is looked at for edits by hand, in milliseconds. */
const FILE_CHECK_MS = 250;

/** Starts a stand-in that answers HTTP on 127.0.0.1 and keeps its configuration in a file, if one is given. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const { configPath } = options;
  const cliproxyapi = createCliproxyapi({
    ...options,
    config: options.config ?? readFileSync(configPath ?? '', 'utf8'),
    ...(configPath !== undefined && { onConfigWritten: (text) => writeFileSync(configPath, text) }),
  });
  const checkFile = () => {
    if (configPath === undefined) return;
    const text = readFileSync(configPath, 'utf8');
    if (text !== cliproxyapi.configText()) cliproxyapi.editConfig(text);
  };
  const server = http.createServer((request, response) => {
    // Before each request, so that a write meets the file as it is and not as it was.
    checkFile();
    void serve(cliproxyapi, request, response);
  });
  // A client that takes a connection up again must not find it just closed.
  server.keepAliveTimeout = 0;
  const timer = setInterval(checkFile, FILE_CHECK_MS);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    ...cliproxyapi,
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function serve(
  cliproxyapi: Cliproxyapi,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  try {
    const answer = await cliproxyapi.handle({
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: plainHeaders(request.headers),
      body: await readBody(request),
      remoteAddress: request.socket.remoteAddress,
    });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch (error) {
    if (error instanceof ConnectionLost) return void request.socket.destroy();
    console.error(error);
    response.writeHead(500).end('a bug of the stand-in: see its output');
  }
}

function plainHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(pairs);
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
