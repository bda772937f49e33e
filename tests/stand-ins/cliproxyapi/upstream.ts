import http from 'node:http';
import https from 'node:https';

export interface UpstreamRequest {
  method: string;
  headers: Record<string, string>;
  body?: string;
  /** The HTTP proxy to go through, e.g. `http://127.0.0.1:8080`. */
  proxy?: string;
}

/** How the stand-in calls a relay: like fetch, with as much of it as the stand-in needs. */
export type UpstreamFetch = (url: string, request: UpstreamRequest) => Promise<Response>;

/**
 * Sends a request with the given headers and no others, as the server does: the fetch of Node would add Accept,
 * Accept-Language and Sec-Fetch-Mode. Follows no redirects. Rejects if there is no connection.
 * Recorded in scenarios api-call, e2e-join (headers the relay sees).
 */
export const plainFetch: UpstreamFetch = (url, { method, headers, body, proxy }) =>
  new Promise((resolve, reject) => {
    const target = new URL(url);
    const via = new URL(proxy ?? url);
    if (!['http:', 'https:'].includes(target.protocol))
      throw new Error(`unsupported: ${target.protocol}`);
    const { request } = via.protocol === 'https:' ? https : http;
    const path = proxy ? target.href : `${target.pathname}${target.search}`;
    const outgoing = request(
      {
        hostname: via.hostname,
        port: via.port,
        path,
        method,
        headers: { host: target.host, connection: 'keep-alive', ...headers, ...lengthOf(body) },
        agent: false,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => resolve(responseOf(answer, Buffer.concat(chunks))));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

function responseOf(answer: http.IncomingMessage, body: Buffer): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headersDistinct)) {
    for (const one of value ?? []) headers.append(name, one);
  }
  headers.delete('transfer-encoding');
  const status = answer.statusCode ?? 502;
  return new Response([204, 205, 304].includes(status) ? null : body.toString('utf8'), {
    status,
    headers,
  });
}
