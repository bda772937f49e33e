import type { ProviderKind } from '../changes/provider.ts';
import { parseTypedUrl } from '../net/typed-url.ts';
import { fail, ok, type Result } from '../result.ts';
import { type BaseUrlProblem, normaliseBaseUrl } from './base-url.ts';
import {
  ANTHROPIC_ENDINGS,
  cutDashboardPath,
  cutRequestPath,
  isVersion,
} from './base-url-facts.ts';

/**
 * The base URL to store for a kind, for what a person entered; empty where the server reaches
 * the vendor's own API by leaving it out.
 *
 * - `openai-compatibility`, `codex-api-key`: the version belongs to it, since the server appends
 *   `/chat/completions` or `/responses` only. Codex entries without base URL are dropped by PUT
 *   (recorded v6.4.1 to v7.2.140, scenario codex-put), so the vendor's own is written out.
 * - `claude-api-key`: without `/v1`, the server appends `/v1/messages` (scenario
 *   claude-models-served). `gemini-api-key`: without `/v1beta` and `/openai`, the server
 *   appends `/v1beta/models/…` (source). Both keep entries without base URL (claude-put, gemini-put).
 */
export function baseUrlForKind(
  kind: ProviderKind,
  entered: string,
): Result<string, BaseUrlProblem> {
  const rules = ROOT_RULES[kind];
  if (!rules) {
    const official = kind === 'codex-api-key' && entered.trim() === '';
    const base = normaliseBaseUrl(official ? 'https://api.openai.com' : entered);
    return base.ok ? ok(base.value.baseUrl) : base;
  }
  if (entered.trim() === '') return ok('');
  const parsed = parseTypedUrl(entered);
  if (typeof parsed === 'string') return fail({ code: 'input/base-url', problem: parsed });
  if (parsed.url.hostname === rules.official) return ok('');
  const path = parsed.url.pathname.split('/').filter((segment) => segment !== '');
  return ok([parsed.url.origin, ...cutDown(path, rules)].join('/'));
}

/** Until nothing more comes off: what is stored has to stay the same when the rules are applied to it. */
function cutDown(path: readonly string[], rules: RootRule): readonly string[] {
  const base = rules.cut(path);
  return base.length < path.length ? cutDown(base, rules) : path;
}

interface RootRule {
  /** The host of the vendor's own API. */
  official: string;
  /** Takes off what the server appends by itself. */
  cut(path: readonly string[]): readonly string[];
}

/** The kinds whose base URL is the root above the version. */
const ROOT_RULES: Partial<Record<ProviderKind, RootRule>> = {
  'claude-api-key': { official: 'api.anthropic.com', cut: cutClaudePath },
  'gemini-api-key': { official: 'generativelanguage.googleapis.com', cut: cutGeminiPath },
};

function cutClaudePath(path: readonly string[]): readonly string[] {
  const asked = path.slice(-2).join('/') === 'messages/count_tokens' ? path.slice(0, -1) : path;
  const base = cutRequestPath(asked);
  if (ANTHROPIC_ENDINGS.has(base.at(-1) ?? '')) return base;
  const page = cutDashboardPath(base);
  return page.at(-1) === 'v1' ? page.slice(0, -1) : page;
}

/** `…/v1beta/models/gemini-2.5-pro:generateContent`, `…/v1beta/openai` and their like, down to the root. */
function cutGeminiPath(path: readonly string[]): readonly string[] {
  const models = path.indexOf('models');
  const base = cutRequestPath(models < 0 ? path : path.slice(0, models));
  const native =
    base.at(-1) === 'openai' && isVersion(base.at(-2) ?? '') ? base.slice(0, -1) : base;
  const page = cutDashboardPath(native);
  return isVersion(page.at(-1) ?? '') ? page.slice(0, -1) : page;
}

/** What two base URLs of a kind are compared by; nothing of it is ever stored. Text that is no address stands for itself. */
export function comparableBaseUrlOf(kind: ProviderKind, stored: string): string {
  const base = baseUrlForKind(kind, stored);
  return base.ok ? base.value : stored.trim();
}
