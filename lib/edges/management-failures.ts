import type { ServerFailure } from '../core/failures/failure.ts';
import { maskKeysIn } from '../core/secrets.ts';
import { banRemaining } from '../core/server/attempts.ts';
import { type HttpReply, parseJson } from './http.ts';
import { errorText } from './management-wire.ts';

export interface Asked {
  method: string;
  /** The path after the management base URL, without a slash; empty for a look at the root. */
  path: string;
}

/**
 * What an answer that is no success means. The texts are the server's own (recorded
 * v6.4.1 to v7.2.140, scenarios auth-*); the same status means different things.
 */
export function failureOf(reply: HttpReply, asked: Asked, now: number): ServerFailure {
  const { status } = reply;
  const said = errorText(parseJson(reply.text));
  if (status === 401 && said.endsWith('management key'))
    return { code: 'server/wrong-management-key' };
  if (status === 401) return { code: 'server/forbidden', status };
  if (status === 403) return refusal(said, now);
  if (status === 404) return notFound(said, asked);
  // CLIProxyAPI answers 404 to what it does not know: these two come from a proxy.
  if (status === 405 || status === 501) return { code: 'server/not-found', ...asked };
  // It has the change in memory, and its file has not (recorded v7.2.140, source of `persist`).
  if (status === 500 && said.startsWith('failed to save config')) {
    return { code: 'server/not-in-file' };
  }
  if (status >= 500 || (status >= 400 && asked.method === 'GET')) {
    return { code: 'server/error', status };
  }
  // The server's own sentences quote no secret; those of something in front of it may.
  if (status >= 400)
    return { code: 'server/refused-write', status, said: maskKeysIn(said).slice(0, 200) };
  return { code: 'server/unexpected-reply', status, at: 'status' };
}

function refusal(said: string, now: number): ServerFailure {
  const remaining = banRemaining(said);
  if (remaining !== undefined) return { code: 'server/banned', until: now + remaining };
  if (/remote management disabled/i.test(said)) return { code: 'server/remote-management-off' };
  if (/management key not set/i.test(said)) return { code: 'server/management-key-unset' };
  if (said === 'unsafe_example_api_key') return { code: 'server/safe-mode' };
  return { code: 'server/forbidden', status: 403 };
}

function notFound(said: string, { method, path }: Asked): ServerFailure {
  if (said === 'item not found') return { code: 'server/item-gone' };
  // Every server has `debug`; where even that is missing, the whole management is.
  if (path === 'debug') return { code: 'server/management-off' };
  return { code: 'server/not-found', method, path };
}
