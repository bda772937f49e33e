import type { Answer } from '../messages.ts';
import type { Server } from '../server.ts';
import type { UpstreamRequest } from '../upstream.ts';
import type { Features } from '../versions.ts';
import { proxyError } from './errors.ts';
import type { RelayOutcome } from './request-fault.ts';
import type { Route } from './route.ts';

/** What goes to a relay: the client's request, or a translation of it. */
export interface RelayRequest {
  model: string;
  stream?: boolean;
  [field: string]: unknown;
}

/** What a relay answered, and what a client gets for it. */
export interface Relayed {
  answer: Answer;
  outcome: RelayOutcome;
}

/** Sends `request` along `route`. Scenarios e2e-join, e2e-403-500. */
export async function callRelay(
  route: Route,
  request: RelayRequest,
  { features, fetch }: Server,
): Promise<Relayed> {
  const url = urlOf(route, features);
  const call: UpstreamRequest = {
    method: 'POST',
    headers: headersOf(route, request),
    body: JSON.stringify(request),
  };
  if (/^https?:/.test(route.proxyUrl)) call.proxy = route.proxyUrl;
  try {
    const { status, text } = await outcomeOf(await fetch(url, call));
    const headers = request.stream ? STREAM : JSON_BODY;
    const answer =
      status >= 400 ? proxyError(status, text, features) : { status, headers, body: text };
    return { answer: traced(answer, features), outcome: { status, text } };
  } catch (error) {
    const text = `Post ${JSON.stringify(url)}: ${wordsFor(error, call)}`;
    const answer = traced(proxyError(500, text, features), features);
    return { answer, outcome: { status: 0, text } };
  }
}

async function outcomeOf(response: Response): Promise<RelayOutcome> {
  return { status: response.status, text: await response.text() };
}

function traced(answer: Answer, features: Features): Answer {
  const trace = features.has('trace-id') && { 'x-cpa-trace-id': crypto.randomUUID() };
  return { ...answer, headers: { ...answer.headers, ...trace } };
}

const JSON_BODY = { 'content-type': 'application/json' };
const STREAM = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };

/** No `/v1` is added to a provider's base-url. Scenarios e2e-names, claude-models-served. */
function urlOf({ channel, credential, owner }: Route, features: Features): string {
  const base = credential.baseUrl.replace(/\/$/, '');
  if (channel === 'claude') return `${base}/v1/messages?beta=true`;
  const isCodex = owner.toLowerCase() === 'codex' && features.has('codex-is-built-in');
  return `${base}/${isCodex ? 'responses' : 'chat/completions'}`;
}

/** The configured headers win. Scenarios e2e-join, e2e-headers-keys. */
function headersOf(route: Route, request: RelayRequest): Record<string, string> {
  const { channel, credential } = route;
  const own = Object.entries(route.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  return {
    'content-type': 'application/json',
    ...(credential.apiKey !== '' && { authorization: `Bearer ${credential.apiKey}` }),
    ...(channel === 'claude' && { accept: 'application/json', 'anthropic-version': '2023-06-01' }),
    ...(request.stream && { accept: 'text/event-stream' }),
    ...Object.fromEntries(own),
  };
}

/** Why there was no connection, in the words of Go. Scenarios e2e-403-500, e2e-headers-keys. */
function wordsFor(error: unknown, { proxy }: UpstreamRequest): string {
  const { code, address, port, message } = error as Partial<NodeJS.ErrnoException> & {
    address?: string;
    port?: number;
  };
  if (code !== 'ECONNREFUSED') return message ?? String(error);
  const refused = `dial tcp ${address}:${port}: connect: connection refused`;
  return proxy ? `proxyconnect tcp: ${refused}` : refused;
}
