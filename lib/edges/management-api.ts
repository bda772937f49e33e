import { hasManyKeys } from '../core/changes/kinds.ts';
import type { ServerFailure } from '../core/failures/failure.ts';
import type { RequestNote } from '../core/history.ts';
import type {
  Answer,
  ManagementApi,
  ModelTrial,
  ServerAccess,
  UpstreamReply,
} from '../core/ports.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { maskKeysIn, type Secret } from '../core/secrets.ts';
import { serverRoot } from '../core/server/address.ts';
import { type HttpReply, type HttpRequest, parseJson, sendRequest } from './http.ts';
import { type Asked, failureOf } from './management-failures.ts';
import {
  clientErrorText,
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
import { parseYaml } from './yaml.ts';
import { z } from './zod.ts';

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

  /** Any answer, whatever its status. */
  async function send(request: HttpRequest, asked: Asked): Answer<HttpReply> {
    const from = edges.now();
    const sent = await sendRequest(request, edges.fetch);
    const status = sent.ok ? { status: sent.value.status } : {};
    edges.note({ ...asked, ...status, ms: edges.now() - from });
    if (!sent.ok) {
      return fail(await explainNoReply(sent.failure, { ...request, root }, edges));
    }
    return sent;
  }

  async function exchange(request: HttpRequest, asked: Asked): Answer<HttpReply> {
    const sent = await send(request, asked);
    if (!sent.ok || sent.value.status === 200) return sent;
    return fail(failureOf(sent.value, asked, edges.now()));
  }

  function call({ method = 'GET', path, body, timeoutMs = TIMEOUT_MS, signal }: Call) {
    const url = `${managementBaseUrl}/${path}`;
    const headers = { ...extra, 'X-Management-Key': managementKey };
    return exchange({ method, url, headers, body, timeoutMs, signal }, { method, path });
  }

  /** Not in `Authorization`: what stands in front of the server may need that for itself. */
  const clientHeaders = (clientKey: Secret | undefined) => ({
    ...extra,
    ...(clientKey && { 'X-Api-Key': clientKey }),
  });

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
      // As `items` an empty list is refused: only a planned removal of all sends `[]`.
      const body = items.length > 0 ? { items } : [];
      return done(await call({ method: 'PUT', path: kind, body }));
    },

    async patchProvider(kind, target, value) {
      const body = hasManyKeys(kind) ? { name: target, value } : { match: target, value };
      return done(await call({ method: 'PATCH', path: kind, body }));
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
      // A key that is refused by now, or a ban, is no matter of accounts.
      if (!accounts.ok && accounts.failure.code === 'server/wrong-management-key') return accounts;
      if (!accounts.ok && accounts.failure.code === 'server/banned') return accounts;
      // Accounts that cannot be counted may be there.
      return ok({ ...offers.value, hasHidden: !accounts.ok || accounts.value > 0 });
    },

    async readServedModels(clientKey, signal) {
      const headers = clientHeaders(clientKey);
      const url = `${root}/v1/models`;
      const asked = { method: 'GET', path: 'v1/models' };
      const reply = await exchange({ url, headers, timeoutMs: TIMEOUT_MS, signal }, asked);
      return read(reply, parseServedModels);
    },

    async readConfigFile() {
      const reply = await call({ path: 'config.yaml' });
      if (!reply.ok) return reply;
      const file = z.json().safeParse(toJson(parseYaml(reply.value.text)));
      return file.success ? ok(file.data) : fail(unexpected(reply.value, 'config.yaml'));
    },

    async tryModel(clientKey, model) {
      const url = `${root}/v1/chat/completions`;
      const body = { model, max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] };
      const headers = clientHeaders(clientKey);
      const request = {
        method: 'POST',
        url,
        headers,
        body,
        timeoutMs: UPSTREAM_TIMEOUT_MS,
      } as const;
      const reply = await send(request, { method: 'POST', path: 'v1/chat/completions' });
      return reply.ok ? ok(trialOf(reply.value)) : reply;
    },

    askUpstream: (url, apiKey, signal) => {
      const body = { method: 'GET', url, header: { Authorization: `Bearer ${apiKey}` } };
      const timeoutMs = UPSTREAM_TIMEOUT_MS;
      return askUpstream(call({ method: 'POST', path: 'api-call', body, timeoutMs, signal }));
    },
  };
}

/** What YAML says in the types of JSON: a date is a text there. */
const toJson = (yaml: ReturnType<typeof parseYaml>): unknown =>
  yaml.ok ? JSON.parse(JSON.stringify(yaml.value ?? null)) : undefined;

/** A model that fails is an answer too: what was said, without the keys that it may quote. */
function trialOf({ status, text }: HttpReply): ModelTrial {
  const body = parseJson(text);
  const isAnswer = status === 200 && typeof body === 'object' && body !== null && 'choices' in body;
  const said = isAnswer ? '' : maskKeysIn(clientErrorText(body) || plainText(text)).slice(0, 300);
  return { status, isAnswer, said };
}

/** Errors of v6.5 come as plain text (recorded); a page of something in front says nothing. */
const plainText = (text: string): string => (/^\s*[<{[]/.test(text) ? '' : text.trim());

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
