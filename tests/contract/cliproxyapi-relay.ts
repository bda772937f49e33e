import type { UpstreamFetch, UpstreamRequest } from '../stand-ins/cliproxyapi/upstream.ts';

/** A relay as it stood behind the recorded servers, without a port. */
export interface FakeRelay {
  fetch: UpstreamFetch;
  /** What it was asked, as it was recorded. */
  log: unknown[];
}

const LOGGED_HEADERS = [
  'authorization',
  'x-api-key',
  'content-type',
  'accept',
  'x-extra',
  'x-goog-api-key',
  'anthropic-version',
  'cookie',
  'host',
];

/** Answers at `host` by the key: `bad-` 401, `403-` 403, `quota-` 429, `err-` 500; nobody listens at other hosts. */
export function createFakeRelay(host: string): FakeRelay {
  const log: unknown[] = [];
  return {
    log,
    async fetch(url, request) {
      const { pathname, search, protocol } = new URL(url);
      const { host: called, hostname: address, port } = new URL(request.proxy ?? url);
      if (called !== host || protocol !== 'http:')
        throw Object.assign(new Error(), { code: 'ECONNREFUSED', address, port });
      const body = bodyOf(request);
      log.push({
        method: request.method,
        path: pathname + search,
        headers: loggedHeaders(request.headers, host),
        body,
      });
      const refused = refusalOf(keyOf(request.headers));
      return refused ?? answer(pathname, body as ChatRequest | null);
    },
  };
}

function bodyOf({ body }: UpstreamRequest): unknown {
  try {
    return body === undefined ? null : JSON.parse(body);
  } catch {
    return body;
  }
}

function loggedHeaders(headers: Record<string, string>, host: string): Record<string, string> {
  const all: Record<string, string> = { ...headers, host };
  return Object.fromEntries(
    LOGGED_HEADERS.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])),
  );
}

function keyOf(headers: Record<string, string>): string {
  return headers.authorization?.replace(/^Bearer /, '') || (headers['x-api-key'] ?? '');
}

function refusalOf(key: string): Response | undefined {
  const error = (message: string, type: string, more = {}) => ({
    error: { message: `${message} (fake relay)`, type, ...more },
  });
  if (key.startsWith('bad-')) {
    const code = { code: 'invalid_api_key' };
    return jsonResponse(401, error('Invalid API key', 'invalid_request_error', code));
  }
  if (key.startsWith('403-')) return jsonResponse(403, error('Forbidden', 'forbidden'));
  if (key.startsWith('quota-'))
    return jsonResponse(429, error('quota exceeded', 'rate_limit_error'));
  if (key.startsWith('err-')) return jsonResponse(500, error('boom', 'server_error'));
  return undefined;
}

interface ChatRequest {
  model: string;
  stream?: boolean;
}

function answer(path: string, request: ChatRequest | null): Response {
  if (path.endsWith('/models')) {
    const model = (id: string) => ({ id, object: 'model', owned_by: 'relay' });
    const list = { object: 'list', data: [model('up-model-a'), model('up-model-b')] };
    return jsonResponse(200, list, { 'x-relay': 'fake' });
  }
  if (path.endsWith('/messages')) return jsonResponse(200, message(request?.model ?? ''));
  if (!path.endsWith('/chat/completions')) {
    return jsonResponse(404, { error: { message: `fake relay: no route for ${path}` } });
  }
  return request?.stream
    ? stream(request.model)
    : jsonResponse(200, completion(request?.model ?? ''));
}

function completion(model: string): unknown {
  return {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content: 'pong' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

function message(model: string): unknown {
  return {
    id: 'msg_fake',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: 'pong' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 1 },
  };
}

function stream(model: string): Response {
  const chunk = (delta: unknown, finish_reason: string | null) => {
    const choices = [{ index: 0, delta, finish_reason }];
    const event = {
      id: 'chatcmpl-fake',
      object: 'chat.completion.chunk',
      created: 1,
      model,
      choices,
    };
    return `data: ${JSON.stringify(event)}\n\n`;
  };
  const parts = [
    chunk({ role: 'assistant', content: 'po' }, null),
    chunk({ content: 'ng' }, null),
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ];
  return new Response(parts.join(''), { headers: { 'content-type': 'text/event-stream' } });
}

function jsonResponse(status: number, body: unknown, more: Record<string, string> = {}): Response {
  const headers = { 'content-type': 'application/json', ...CONNECTION_HEADERS, ...more };
  return new Response(JSON.stringify(body), { status, headers });
}

const CONNECTION_HEADERS = {
  connection: 'keep-alive',
  'keep-alive': 'timeout=5',
  date: 'Fri, 02 Jan 2026 00:00:00 GMT',
};
