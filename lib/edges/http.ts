import { fail, ok, type Result } from '../core/result.ts';

export interface HttpRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface HttpReply {
  status: number;
  headers: Headers;
  text: string;
}

/** Why there is no reply that could be read. The browser does not tell more. */
export type NoReply = 'unreadable' | 'timeout' | 'cancelled' | 'too-large';

/** A look at an address, without a key. */
export type Probe = Pick<HttpRequest, 'url' | 'timeoutMs' | 'signal'>;

const MAX_BODY_BYTES = 10 * 1024 * 1024;

/**
 * One request with nothing of the browser's in it: no cookie, no cache, no referrer, and
 * no redirect followed, so that a secret goes where it was sent and nowhere else. The
 * time limit includes the body.
 */
export async function sendRequest(
  request: HttpRequest,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<Result<HttpReply, NoReply>> {
  const { timeout, signal } = withTimeout(request.timeoutMs, request.signal);
  try {
    const response = await fetch(request.url, {
      method: request.method ?? 'GET',
      headers: {
        ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
        ...request.headers,
      },
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal,
    });
    const text = await readText(response);
    if (text === undefined) return fail('too-large');
    return ok({ status: response.status, headers: response.headers, text });
  } catch {
    if (request.signal?.aborted) return fail('cancelled');
    return fail(timeout.aborted ? 'timeout' : 'unreadable');
  }
}

function withTimeout(timeoutMs: number, cancel: AbortSignal | undefined) {
  const timeout = AbortSignal.timeout(timeoutMs);
  return { timeout, signal: cancel ? AbortSignal.any([timeout, cancel]) : timeout };
}

/** The body, or nothing if it is larger than anything that is asked for here. */
async function readText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return response.text();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * Whether anything answers at an address, without a key and without reading the answer:
 * such a request needs no CORS. The one that follows redirects.
 */
export async function somethingAnswers(
  probe: Probe,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<boolean> {
  return (await sendProbe(probe, { mode: 'no-cors' }, fetch)) !== undefined;
}

/** Whether an address redirects. Only with permission for it does the browser tell. */
export async function redirects(
  probe: Probe,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<boolean> {
  const response = await sendProbe(probe, { redirect: 'manual' }, fetch);
  return response?.type === 'opaqueredirect';
}

async function sendProbe(
  { url, timeoutMs, signal }: Probe,
  how: RequestInit,
  fetch: typeof globalThis.fetch,
): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: withTimeout(timeoutMs, signal).signal,
      ...how,
    });
  } catch {
    return undefined;
  }
}

/** JSON, or nothing if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
