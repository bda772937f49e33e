import type { Answer } from '../messages.ts';
import type { Features } from '../versions.ts';

/** An answer that says what went wrong; `text` is kept if it is JSON. Scenarios e2e-join, e2e-403-500. */
export function proxyError(status: number, text: string, features: Features): Answer {
  const headers = { 'content-type': 'application/json' };
  if (!features.has('proxy-errors-are-json')) return { status, headers, body: text };
  return { status, headers, body: isJson(text) ? text : JSON.stringify(errorOf(status, text)) };
}

/** Recorded in all versions, scenario e2e-join. */
export function unknownModel(model: string, features: Features): Answer {
  const status = features.has('unknown-model-is-bad-gateway') ? 502 : 400;
  const message = `unknown provider for model ${model}`;
  if (!features.has('model-not-found-code')) return proxyError(status, message, features);
  const error = { message, type: 'invalid_request_error', code: 'model_not_found', param: 'model' };
  return proxyError(status, JSON.stringify({ error }), features);
}

/** All keys are left alone for now. Recorded in all versions, scenarios e2e-401, e2e-403-500. */
export function noKeyLeft(model: string, providers: readonly string[], features: Features): Answer {
  const message = 'auth_unavailable: no auth available';
  if (!features.has('no-key-left-is-unavailable')) return proxyError(500, message, features);
  const details = `(providers=${providers.join(',')}, model=${model})`;
  return proxyError(503, `${message} ${details}`, features);
}

/** All keys have used up their quota. Recorded in all versions, scenario e2e-429. */
export function coolingDown(
  model: string,
  providers: readonly string[],
  leftMs: number,
  features: Features,
): Answer {
  const isNamed = providers.length === 1 && !features.has('cooldown-without-provider');
  const provider = isNamed ? providers[0] : undefined;
  const via = isNamed ? ` via provider ${provider}` : '';
  const seconds = Math.ceil(leftMs / 1000);
  const error = {
    code: 'model_cooldown',
    message: `All credentials for model ${model} are cooling down${via}`,
    model,
    provider,
    reset_seconds: seconds,
    reset_time: `${seconds}s`,
  };
  const { status, headers, body } = proxyError(429, JSON.stringify({ error }), features);
  const retryAfter = features.has('cooldown-retry-after') && { 'retry-after': String(seconds) };
  return { status, headers: { ...headers, ...retryAfter }, body };
}

/** What the server calls an error that it has only words for. From the project's public history. */
function errorOf(status: number, text: string) {
  const message = text.trim();
  if (status >= 500) {
    return { error: { message, type: 'server_error', code: 'internal_server_error' } };
  }
  return { error: { message, ...(CLIENT_ERRORS[status] ?? { type: 'invalid_request_error' }) } };
}

const CLIENT_ERRORS: Record<number, { type: string; code: string }> = {
  401: { type: 'authentication_error', code: 'invalid_api_key' },
  403: { type: 'permission_error', code: 'insufficient_quota' },
  404: { type: 'invalid_request_error', code: 'model_not_found' },
  429: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
