import type { RelayFailure } from '../core/failures/failure.ts';
import type { RelaySites } from '../core/ports.ts';
import { fail } from '../core/result.ts';
import { type NoReply, sendRequest, somethingAnswers } from './http.ts';
import { modelsOfReply } from './relay-wire.ts';

const TIMEOUT_MS = 20_000;
/** Together with the request itself it stays below 25 seconds. */
const EXPLAIN_TIMEOUT_MS = 4000;

export interface RelayEdges {
  fetch: typeof globalThis.fetch;
  hasAccess(url: string): Promise<boolean>;
}

/** Relays, asked by this browser with nothing but the key. */
export function createRelaySites(edges: RelayEdges): RelaySites {
  return {
    async readModels(baseUrl, apiKey, signal) {
      const sent = await sendRequest(
        {
          url: `${baseUrl}/models`,
          headers: { Authorization: `Bearer ${apiKey}` },
          timeoutMs: TIMEOUT_MS,
          signal,
        },
        edges.fetch,
      );
      if (!sent.ok) return fail(await explain(sent.failure, `${baseUrl}/models`, edges));
      const { status, headers, text } = sent.value;
      const contentType = headers.get('Content-Type') ?? '';
      return modelsOfReply({ status, contentType, body: text });
    },
    understandModels: modelsOfReply,
  };
}

/** With permission nothing is hidden any more: what answers and still cannot be read redirects. */
async function explain(noReply: NoReply, url: string, edges: RelayEdges): Promise<RelayFailure> {
  if (noReply === 'timeout') return { code: 'relay/timeout', seconds: TIMEOUT_MS / 1000 };
  if (noReply === 'too-large' || noReply === 'cancelled') return { code: 'relay/unexpected-reply' };
  if (!(await edges.hasAccess(url))) return { code: 'relay/unreadable' };
  const answers = await somethingAnswers({ url, timeoutMs: EXPLAIN_TIMEOUT_MS }, edges.fetch);
  return { code: answers ? 'relay/redirect' : 'relay/unreachable' };
}
