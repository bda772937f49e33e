import type { Answer } from './messages.ts';
import type { Features } from './versions.ts';

const PLUGIN_HEADERS =
  'X-CPA-VERSION, X-CPA-COMMIT, X-CPA-BUILD-DATE, X-CPA-SUPPORT-PLUGIN, X-CPA-HOME-VERSION, X-CPA-HOME-BUILD-DATE, X-SERVER-VERSION, X-SERVER-BUILD-DATE';

/** `answer` with the headers that let pages of other origins read it. Recorded in all versions, scenario cors. */
export function withCors(answer: Answer, features: Features): Answer {
  const exposed = features.has('trace-id')
    ? `X-CPA-TRACE-ID, ${PLUGIN_HEADERS}, Location, Retry-After, X-Request-Id, OpenAI-Request-Id`
    : PLUGIN_HEADERS;
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
      'access-control-allow-headers': '*',
      ...(features.has('exposed-headers') && { 'access-control-expose-headers': exposed }),
    },
  };
}

/** `answer` with the headers of the management API, which say what the server is. Recorded in all versions. */
export function withServerVersion(answer: Answer, features: Features): Answer {
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'x-cpa-version': features.version,
      'x-cpa-commit': 'none',
      'x-cpa-build-date': 'unknown',
      ...(features.has('plugin-header') && { 'x-cpa-support-plugin': '1' }),
    },
  };
}
