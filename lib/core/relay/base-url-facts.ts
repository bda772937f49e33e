/** What is known of vendors' and relay programs' addresses. Each fact's source: `tests/unit/relay/base-urls.json`. */

export const isVersion = (segment: string) => /^v\d+(beta)?$/.test(segment);

/** Last path segments that vendors publish for Anthropic-style clients. */
export const ANTHROPIC_ENDINGS: ReadonlySet<string> = new Set([
  'anthropic',
  'coding',
  'claude',
  'claudecode',
  'step_plan',
]);

const REQUEST_PATHS = [
  'chat/completions',
  'completions',
  'responses',
  'messages',
  'embeddings',
  'models',
  'images/generations',
  'audio/speech',
  'audio/transcriptions',
  'moderations',
];

/** `…/v1/chat/completions` and its like, without the part that a client appends. */
export function cutRequestPath(path: readonly string[]): readonly string[] {
  const text = `/${path.join('/')}`;
  const request = REQUEST_PATHS.find((tail) => text.endsWith(`/${tail}`));
  return request ? path.slice(0, -request.split('/').length) : path;
}

const DASHBOARD_PAGES = new Set([
  'console',
  'panel',
  'token',
  'keys',
  'app',
  'login',
  'dashboard',
  'topup',
  'log',
  'setting',
  'usage',
  'redeem',
]);

/** A page of a relay's dashboard, or of CLIProxyAPI's management, stands for the site itself. */
export function cutDashboardPath(path: readonly string[], site?: 'sub2api'): readonly string[] {
  const text = path.join('/');
  if (site === 'sub2api' && text === 'api/v1') return [];
  const management = /(^|\/)(v0\/management|management\.html)(\/|$)/.exec(text);
  if (management) return text.slice(0, management.index).split('/').filter(Boolean);
  const isPage = DASHBOARD_PAGES.has(path[0] ?? '') && !isVersion(path.at(-1) ?? '');
  return isPage ? [] : path;
}

interface HostRule {
  host?: string;
  path: readonly string[];
}

/** Where a vendor's API lives when only its host was given. */
const HOST_PATHS: readonly [host: RegExp, path: string][] = [
  [/^openrouter\.ai$/, 'api/v1'],
  [/^ark\.[a-z0-9-]+\.volces\.com$/, 'api/v3'],
  [/^(open\.bigmodel\.cn|api\.z\.ai)$/, 'api/paas/v4'],
  [/^generativelanguage\.googleapis\.com$/, 'v1beta/openai'],
  [/^dashscope(-[a-z]+)?\.aliyuncs\.com$/, 'compatible-mode/v1'],
  [/^api\.groq\.com$/, 'openai/v1'],
];

export function hostRule(host: string, path: readonly string[]): HostRule | undefined {
  if (host !== 'aihubmix.com' && host.endsWith('.aihubmix.com'))
    return { host: 'aihubmix.com', path };
  const native = host === 'generativelanguage.googleapis.com' && path.join('/') === 'v1beta';
  if (path.length > 0 && !native) return undefined;
  const known = HOST_PATHS.find(([pattern]) => pattern.test(host));
  return known && { path: known[1].split('/') };
}

/** Vendors that publish both styles: the OpenAI-style address beside the Anthropic-style one. */
export function openaiTwin(host: string, path: readonly string[]): string | undefined {
  if (/^ark\.[a-z0-9-]+\.volces\.com$/.test(host) && path.join('/') === 'api/coding') {
    return `https://${host}/api/coding/v3`;
  }
  if (path.at(-1) !== 'anthropic') return undefined;
  if (/^api\.(deepseek\.com|moonshot\.(cn|ai))$/.test(host)) return `https://${host}/v1`;
  const known = hostRule(host, []);
  return known && `https://${host}/${known.path.join('/')}`;
}
