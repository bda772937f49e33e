import type { ServerFailure } from '../core/failures/failure.ts';
import type { Answer, ServiceFound } from '../core/ports.ts';
import { fail, ok } from '../core/result.ts';
import { withOtherScheme } from '../core/server/address.ts';
import { type NoReply, parseJson, redirects, sendRequest, somethingAnswers } from './http.ts';
import { isServiceRoot } from './management-wire.ts';

/** What a keyless look needs of the browser. */
export interface ProbeEdges {
  fetch: typeof globalThis.fetch;
  now(): number;
  /** Whether the person allowed this extension to read everything of that origin. */
  hasAccess(url: string): Promise<boolean>;
}

const TIMEOUT_MS = 15_000;
/** For what is only asked to explain a failure: together with the request itself it stays below 25 seconds. */
const EXPLAIN_TIMEOUT_MS = 5000;

interface Look {
  /** Where the server should be, without a slash at the end. */
  root: string;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Whether CLIProxyAPI answers at a server root. Keyless, so it counts for no ban and
 * tells nobody a secret. Where nobody answers, the other scheme is looked at too.
 */
export async function findService(
  root: string,
  headers: Record<string, string>,
  edges: ProbeEdges,
  signal: AbortSignal | undefined,
): Answer<ServiceFound> {
  const found = await look({ root, timeoutMs: TIMEOUT_MS, signal }, headers, edges);
  if (found.ok) return found;
  const { failure } = found;
  if (failure.code !== 'server/unreachable' && failure.code !== 'server/unreadable') return found;
  const other = withOtherScheme(root);
  // What opens the proxy in front is a secret too, and goes nowhere readable by our own guess.
  const otherHeaders = other.startsWith('https:') ? headers : {};
  const there = { root: other, timeoutMs: EXPLAIN_TIMEOUT_MS, signal };
  const answers = await look(there, otherHeaders, edges);
  if (signal?.aborted) return fail({ code: 'server/cancelled' });
  return answers.ok ? fail({ ...failure, otherScheme: other }) : found;
}

async function look(
  place: Look,
  headers: Record<string, string>,
  edges: ProbeEdges,
): Answer<ServiceFound> {
  const { root, timeoutMs, signal } = place;
  const sent = await sendRequest({ url: `${root}/`, headers, timeoutMs, signal }, edges.fetch);
  if (!sent.ok) return fail(await explainNoReply(sent.failure, place, edges));
  const { status, text } = sent.value;
  const body = parseJson(text);
  if (isServiceRoot(body)) return ok({ safeMode: false });
  // With template client keys the root is a page that says so (v7.1.46 and later), not JSON.
  if (text.includes('Example API key detected')) return ok({ safeMode: true });
  // CLIProxyAPI shows its root to everybody: what stands in front wants a login.
  if (status === 401 || status === 403) return fail({ code: 'server/forbidden', status });
  if (status >= 500) return fail({ code: 'server/error', status });
  return fail({ code: 'server/not-cliproxyapi', found: kindOf(text, body), status });
}

function kindOf(text: string, body: unknown): 'html' | 'json' | 'other' {
  if (body !== undefined) return 'json';
  return /^\s*</.test(text) ? 'html' : 'other';
}

/**
 * Why a request got no reply that could be read. Without permission the browser tells
 * only whether anything answers; with it, a redirect can be told apart.
 */
export async function explainNoReply(
  noReply: NoReply,
  { root, timeoutMs, signal }: Look,
  edges: ProbeEdges,
): Promise<ServerFailure> {
  if (noReply === 'timeout') return { code: 'server/timeout', seconds: timeoutMs / 1000 };
  if (noReply === 'cancelled') return { code: 'server/cancelled' };
  if (noReply === 'too-large') return { code: 'server/unexpected-reply', status: 200, at: 'size' };
  const probe = { url: `${root}/`, timeoutMs: EXPLAIN_TIMEOUT_MS, signal };
  const answers = await somethingAnswers(probe, edges.fetch);
  if (signal?.aborted) return { code: 'server/cancelled' };
  if (!answers) return { code: 'server/unreachable' };
  if (!(await edges.hasAccess(probe.url))) return { code: 'server/unreadable' };
  return (await redirects(probe, edges.fetch))
    ? { code: 'server/redirect' }
    : { code: 'server/unreachable' };
}
