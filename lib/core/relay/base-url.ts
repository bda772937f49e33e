import { parseTypedUrl, type TypedUrlProblem } from '../net/typed-url.ts';
import { fail, ok, type Result } from '../result.ts';
import {
  ANTHROPIC_ENDINGS,
  cutDashboardPath,
  cutRequestPath,
  hostRule,
  isVersion,
  openaiTwin,
} from './base-url-facts.ts';

/** Why a base URL is not what was typed; the interface has a sentence for each. */
export type BaseUrlNote =
  | 'scheme-added'
  | 'version-added'
  | 'host-known'
  | 'request-path-cut'
  | 'dashboard-path-cut'
  | 'query-cut';

export interface BaseUrl {
  /** What CLIProxyAPI puts before `/chat/completions`, without a trailing slash. */
  baseUrl: string;
  style: 'openai' | 'anthropic';
  /** For an Anthropic-style address: the OpenAI-style one of the same vendor, where it is known. */
  openaiBaseUrl: string | undefined;
  /** The same without the appended version, where the relay might answer as well. */
  unversioned: string | undefined;
  notes: readonly BaseUrlNote[];
}

export type BaseUrlProblem = { code: 'input/base-url'; problem: TypedUrlProblem };

/**
 * The base URL to store for what a person typed, pasted, or has open in a tab.
 *
 * A version segment is kept whatever it is (`/api/paas/v4`, `/api/v3`, `/v1beta/openai`);
 * `/v1` is appended once, where none stands. `site` tells of a site type that is known
 * for sure. Rules and cases: `tests/unit/relay/base-urls.json`.
 */
export function normaliseBaseUrl(typed: string, site?: 'sub2api'): Result<BaseUrl, BaseUrlProblem> {
  const parsed = parseTypedUrl(typed);
  if (typeof parsed === 'string') return fail({ code: 'input/base-url', problem: parsed });
  const { url, schemeAdded } = parsed;
  const notes: BaseUrlNote[] = schemeAdded ? ['scheme-added'] : [];
  if (url.search !== '' || url.hash !== '') notes.push('query-cut');

  const given = url.pathname.split('/').filter((segment) => segment !== '');
  const withoutRequest = cutRequestPath(given);
  if (withoutRequest.length < given.length) notes.push('request-path-cut');
  const path = cutDashboardPath(withoutRequest, site);
  if (path.length < withoutRequest.length) notes.push('dashboard-path-cut');

  const rule = hostRule(url.hostname, path);
  if (rule) notes.push('host-known');
  const origin = rule?.host ? `${url.protocol}//${rule.host}` : url.origin;
  return ok(finish(origin, rule?.path ?? path, notes));
}

function finish(origin: string, path: readonly string[], notes: BaseUrlNote[]): BaseUrl {
  const given = [origin, ...path].join('/');
  if (ANTHROPIC_ENDINGS.has(path.at(-1) ?? '')) {
    const openaiBaseUrl = openaiTwin(new URL(origin).hostname, path);
    return { baseUrl: given, style: 'anthropic', openaiBaseUrl, unversioned: undefined, notes };
  }
  const versioned = isVersioned(path);
  return {
    baseUrl: versioned ? given : `${given}/v1`,
    style: 'openai',
    openaiBaseUrl: undefined,
    unversioned: versioned ? undefined : given,
    notes: versioned ? notes : [...notes, 'version-added'],
  };
}

/** `/v3/openai` is versioned, `/openai` is not: there it is a prefix. */
function isVersioned(path: readonly string[]): boolean {
  const [before, last] = [path.at(-2) ?? '', path.at(-1) ?? ''];
  return isVersion(last) || (last === 'openai' && isVersion(before));
}

/**
 * What two base URLs are compared by: the rules applied, and nothing of it ever stored.
 *
 * Text that is no address stands for itself, so that it still equals itself.
 */
export function comparableBaseUrl(stored: string): string {
  const normal = normaliseBaseUrl(stored);
  return normal.ok ? normal.value.baseUrl : stored.trim();
}

/** The host (and port) of a base URL, which is what tells relays apart for a person. */
export const hostOf = (baseUrl: string): string =>
  URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
