import type { Config } from './config.ts';
import { type Answer, type Call, json, refusal } from './messages.ts';
import type { Features } from './versions.ts';

/** Says why a request to the proxy is refused, if it is. Recorded in all versions, scenarios v1-*. */
export function refuseClient(call: Call, config: Config): Answer | undefined {
  const keys = new Set(config['api-keys']?.map((key) => key.trim()).filter(Boolean));
  if (keys.size === 0) return undefined;
  const given = [
    call.headers.authorization?.replace(/^bearer /i, ''),
    call.headers['x-goog-api-key'],
    call.headers['x-api-key'],
    call.query.get('key'),
    call.query.get('auth_token'),
  ].filter(Boolean);
  if (given.length === 0) return refusal(401, 'Missing API key');
  return given.some((key) => keys.has(key ?? '')) ? undefined : refusal(401, 'Invalid API key');
}

const TEMPLATE_KEYS = ['your-api-key-1', 'your-api-key-2', 'your-api-key-3'];

/** The page in place of the greeting while client keys are those of the example file. Seen on v7.1.76 and v7.2.140. */
export function warningPage(config: Config, features: Features): Answer | undefined {
  const warns =
    features.has('example-keys-stop-everything') || features.has('example-keys-stop-proxy');
  if (!warns || !hasTemplateKeys(config)) return undefined;
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: '<!doctype html><html lang="en"><head><title>Example API key detected</title></head><body><h1>Example API key detected</h1></body></html>',
  };
}

function hasTemplateKeys(config: Config): boolean {
  return config['api-keys']?.some((key) => TEMPLATE_KEYS.includes(key.trim())) ?? false;
}

/** The answer to everything while client keys are those of the example file. Recorded v7.1.76, scenario v1-example-keys. */
export function refuseEverything(
  call: Call,
  config: Config,
  features: Features,
): Answer | undefined {
  if (!features.has('example-keys-stop-everything') || !hasTemplateKeys(config)) return undefined;
  if (call.method === 'GET' && call.path === '/') return warningPage(config, features);
  return {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: '404 page not found\n',
  };
}

/** The answer of the proxy side in the same case. Recorded v7.2.140, scenario v1-example-keys. */
export function refuseProxy(config: Config, features: Features): Answer | undefined {
  if (!features.has('example-keys-stop-proxy') || !hasTemplateKeys(config)) return undefined;
  const answer = json(403, {
    error: 'unsafe_example_api_key',
    message:
      'Proxy API endpoints are disabled because api-keys contains template values. Open /management.html?safe-mode=configure, update api-keys in Management, then retry.',
  });
  return { ...answer, headers: { ...answer.headers, 'x-cpa-safe-mode': 'example-api-key' } };
}
