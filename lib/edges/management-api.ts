import type { ServerFailure } from '../core/failures/failure.ts';
import type { RequestNote } from '../core/history.ts';
import type { Answer, ManagementApi, ServerAccess, UpstreamReply } from '../core/ports.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Secret } from '../core/secrets.ts';
import { serverRoot } from '../core/server/address.ts';
import { type HttpReply, type HttpRequest, parseJson, sendRequest } from './http.ts';
import { type Asked, failureOf } from './management-failures.ts';
import {
  errorText,
  type Parsed,
  parseAccountCount,
  parseClientKeys,
  parseOffers,
  parseProviders,
  parseServedModels,
  parseUpstreamReply,
} from './management-wire.ts';
import { explainNoReply, findService, type ProbeEdges } from './service-probe.ts';

const TIMEOUT_MS = 15_000;
const UPSTREAM_TIMEOUT_MS = 20_000;

interface Call {
  method?: HttpRequest['method'];
  path: string;
  body?: unknown;
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
}

/**
 * The management API of one server. The key goes in `X-Management-Key`, which the
 * server's `*` in Access-Control-Allow-Headers covers; `Authorization` it would not.
 */
export function createManagementApi(
  access: ServerAccess,
  edges: ProbeEdges & { note(request: RequestNote): void },
): ManagementApi {
  const { managementBaseUrl, managementKey } = access;
  const extra = Object.fromEntries(access.headers.map(({ name, value }) => [name, value]));
  const root = serverRoot(managementBaseUrl);

  async function exchange(request: HttpRequest, asked: Asked): Answer<HttpReply> {
    const from = edges.now();
    const sent = await sendRequest(request, edges.fetch);
    const status = sent.ok ? { status: sent.value.status } : {};
    edges.note({ ...asked, ...status, ms: edges.now() - from });
    if (!sent.ok) {
      return fail(await explainNoReply(sent.failure, { ...request, root }, edges));
    }
    return sent.value.status === 200 ? sent : fail(failureOf(sent.value, asked, edges.now()));
  }

  function call({ method = 'GET', path, body, timeoutMs = TIMEOUT_MS, signal }: Call) {
    const url = `${managementBaseUrl}/${path}`;
    const headers = { ...extra, 'X-Management-Key': managementKey };
    return exchange({ method, url, headers, body, timeoutMs, signal }, { method, path });
  }

  return {
    findService: (signal) => findService(root, extra, edges, signal),

    async checkKey(signal) {
      const reply = await call({ path: 'debug', signal });
      if (!reply.ok) return reply;
      const body = parseJson(reply.value.text);
      if (typeof body !== 'object') return fail(unexpected(reply.value, 'debug'));
      const version = reply.value.headers.get('X-CPA-VERSION');
      return ok(version ? { version } : {});
    },

    async readProviders(kind, signal) {
      return read(await call({ path: kind, signal }), (body) => parseProviders(kind, body));
    },

    async replaceProviders(kind, items) {
      // As `items` an empty list is refused, so that it can never wipe by accident.
      return done(await call({ method: 'PUT', path: kind, body: { items } }));
    },

    async patchProvider(kind, name, value) {
      return done(await call({ method: 'PATCH', path: kind, body: { name, value } }));
    },

    async probePatch() {
      const reply = await call({ method: 'POST', path: 'api-call', body: {} });
      if (reply.ok) return fail(unexpected(reply.value, 'api-call'));
      const { failure } = reply;
      if (failure.code === 'server/not-found') return ok('whole');
      // In its own words (recorded v7.2.140, scenario api-call): a guard in front may answer 400 too.
      const isThere = failure.code === 'server/refused-write' && failure.said === 'missing method';
      return isThere ? ok('partial') : reply;
    },

    async readClientKeys(signal) {
      const keys = read(await call({ path: 'api-keys', signal }), parseClientKeys);
      return keys as Result<readonly Secret[], ServerFailure>;
    },

    async readOffers() {
      const offers = read(await call({ path: 'config' }), parseOffers);
      if (!offers.ok || offers.value.hasHidden) return offers;
      const accounts = read(await call({ path: 'auth-files' }), parseAccountCount);
      // Accounts that cannot be counted may be there.
      return ok({ ...offers.value, hasHidden: !accounts.ok || accounts.value > 0 });
    },

    async readServedModels(clientKey, signal) {
      // Not in `Authorization`: what stands in front of the server may need that for itself.
      const headers = { ...extra, ...(clientKey && { 'X-Api-Key': clientKey }) };
      const url = `${root}/v1/models`;
      const asked = { method: 'GET', path: 'v1/models' };
      const reply = await exchange({ url, headers, timeoutMs: TIMEOUT_MS, signal }, asked);
      return read(reply, parseServedModels);
    },

    askUpstream: (url, apiKey, signal) => {
      const body = { method: 'GET', url, header: { Authorization: `Bearer ${apiKey}` } };
      const timeoutMs = UPSTREAM_TIMEOUT_MS;
      return askUpstream(call({ method: 'POST', path: 'api-call', body, timeoutMs, signal }));
    },
  };
}

async function askUpstream(call: Answer<HttpReply>): Answer<UpstreamReply> {
  return read(await call, parseUpstreamReply);
}

function read<Value>(
  reply: Result<HttpReply, ServerFailure>,
  parse: (body: unknown) => Parsed<Value>,
): Result<Value, ServerFailure> {
  if (!reply.ok) return reply;
  const parsed = parse(parseJson(reply.value.text));
  return parsed.ok ? ok(parsed.value) : fail(unexpected(reply.value, parsed.at));
}

/** Every write is answered by `{"status":"ok"}`; another 200 is somebody else's. */
function done(reply: Result<HttpReply, ServerFailure>): Result<void, ServerFailure> {
  if (!reply.ok) return reply;
  const body = parseJson(reply.value.text);
  const isOk = typeof body === 'object' && body !== null && 'status' in body;
  return isOk && errorText(body) === '' ? ok(undefined) : fail(unexpected(reply.value, 'status'));
}

function unexpected(reply: HttpReply, at: string): ServerFailure {
  if (/^\s*</.test(reply.text)) {
    return { code: 'server/not-cliproxyapi', found: 'html', status: reply.status };
  }
  return { code: 'server/unexpected-reply', status: reply.status, at };
}
