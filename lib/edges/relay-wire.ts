import type { RelayFailure } from '../core/failures/failure.ts';
import type { UpstreamReply } from '../core/ports.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { parseJson } from './http.ts';
import { z } from './zod.ts';

const ids = z.array(z.object({ id: z.string().check(z.minLength(1)) }));

/** `object` is not asked for: New API of April 2025 and Veloera leave it out (recorded). */
const modelList = z.union([ids, z.object({ data: ids })]);

/**
 * The model ids in an answer to `GET <base URL>/models`, each once, or why there are
 * none. A page instead of JSON is most likely a bot check, whatever its status.
 */
export function modelsOfReply(reply: UpstreamReply): Result<readonly string[], RelayFailure> {
  const { status, contentType, body } = reply;
  if (status === 404 || status === 405) return fail({ code: 'relay/not-found' });
  if (/text\/html/i.test(contentType) || /^\s*</.test(body)) return fail({ code: 'relay/html' });
  // Google says it with 400, the others with 401.
  if (status === 401 || (status === 400 && body.includes('API_KEY_INVALID')))
    return fail({ code: 'relay/wrong-key' });
  if (status === 403) return fail({ code: 'relay/forbidden' });
  if (status === 429) return fail({ code: 'relay/rate-limited' });
  if (status !== 200) return fail({ code: 'relay/error', status });
  const parsed = modelList.safeParse(parseJson(body));
  if (!parsed.success) return fail({ code: 'relay/unexpected-reply' });
  const listed = 'data' in parsed.data ? parsed.data.data : parsed.data;
  const models = [...new Set(listed.map(({ id }) => id))];
  return models.length > 0 ? ok(models) : fail({ code: 'relay/no-models' });
}
