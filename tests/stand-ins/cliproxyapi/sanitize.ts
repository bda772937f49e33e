import type { ChannelKey, Config, Headers, List, Provider } from './config.ts';
import type { Features } from './versions.ts';

// What the server does to entries whenever they are read or changed, whoever wrote them.

/** `config` with all its lists in the form in which the server keeps them. */
export function sanitizeConfig(config: Config, features: Features): Config {
  return {
    ...config,
    'openai-compatibility': sanitizeProviders(config['openai-compatibility']),
    'claude-api-key': sanitizeClaudeKeys(config['claude-api-key']),
    'codex-api-key': sanitizeCodexKeys(config['codex-api-key']),
    'gemini-api-key': sanitizeGeminiKeys(config['gemini-api-key'], features),
  };
}

/** Trims providers and drops those without a base-url. Scenarios oc-put-no-base-url, oc-put-whitespace. */
export function sanitizeProviders(providers: List<Provider>): List<Provider> {
  return (
    providers
      ?.map((provider) => ({
        ...provider,
        name: provider.name.trim(),
        ...sanitizedPrefix(provider),
        'base-url': provider['base-url'].trim(),
        headers: normalizeHeaders(provider.headers),
      }))
      .filter((provider) => provider['base-url'] !== '') ?? null
  );
}

/** Scenario claude-put. */
export function sanitizeClaudeKeys(keys: List<ChannelKey>): List<ChannelKey> {
  return keys?.map(sanitizedSettings) ?? null;
}

/** Scenario codex-put. */
export function sanitizeCodexKeys(keys: List<ChannelKey>): List<ChannelKey> {
  return (
    keys
      ?.map((key) => ({ ...sanitizedSettings(key), 'base-url': key['base-url'].trim() }))
      .filter((key) => key['base-url'] !== '') ?? null
  );
}

/** Drops keys that are there already. Scenario gemini-put. */
export function sanitizeGeminiKeys(keys: List<ChannelKey>, features: Features): List<ChannelKey> {
  const identity = geminiIdentity(features);
  const seen = new Set<string>();
  return (
    keys
      ?.map((key) => ({ ...sanitizedSettings(key), ...trimmedFields(key) }))
      .filter((key) => {
        const id = identity(key);
        const isNew = id !== '' && !seen.has(id);
        seen.add(id);
        return isNew;
      }) ?? null
  );
}

/** What tells gemini keys apart; empty for a key that is none. */
function geminiIdentity(features: Features): (key: ChannelKey) => string {
  if (features.has('gemini-without-key')) return identityOfAllFields;
  const hasUrl = features.has('gemini-key-per-base-url');
  return (key) =>
    key['api-key'] && (hasUrl ? `${key['api-key']}|${key['base-url']}` : key['api-key']);
}

function identityOfAllFields(key: ChannelKey): string {
  if (key['api-key'] === '' && key['base-url'] === '') return '';
  const { prefix, headers } = key;
  return JSON.stringify([
    key['api-key'],
    key['base-url'],
    key['proxy-url'],
    prefix,
    sortedHeaders(headers),
  ]);
}

/** Headers in one line, the same for the same headers in any order. */
export function sortedHeaders(headers: Headers): string {
  const names = Object.keys(headers ?? {}).sort();
  return names.map((name) => `${name}\0${headers?.[name]}\0`).join('');
}

function trimmedFields(key: ChannelKey) {
  return {
    'api-key': key['api-key'].trim(),
    'base-url': key['base-url'].trim(),
    'proxy-url': key['proxy-url'].trim(),
  };
}

function sanitizedSettings(key: ChannelKey): ChannelKey {
  return {
    ...key,
    ...sanitizedPrefix(key),
    headers: normalizeHeaders(key.headers),
    ...(key['excluded-models'] !== undefined && {
      'excluded-models': normalizeExcludedModels(key['excluded-models']),
    }),
  };
}

function sanitizedPrefix({ prefix }: { prefix?: string }): { prefix?: string } {
  return prefix === undefined ? {} : { prefix: normalizePrefix(prefix) };
}

/** Slashes at both ends go; a prefix with one inside is none. Scenario oc-put-prefix. */
function normalizePrefix(prefix: string): string {
  const plain = prefix.trim().replace(/^\/+|\/+$/g, '');
  return plain.includes('/') ? '' : plain;
}

/** Trims names and values and drops empty pairs; null if nothing is left. Scenario oc-put-whitespace. */
export function normalizeHeaders(headers: Headers): Headers {
  const pairs = Object.entries(headers ?? {})
    .map(([name, value]) => [name.trim(), value.trim()] as const)
    .filter(([name, value]) => name !== '' && value !== '');
  return pairs.length > 0 ? Object.fromEntries(pairs) : null;
}

/** Lower case, trimmed, each one once; null if nothing is left. Scenario claude-patch. */
export function normalizeExcludedModels(models: List<string>): List<string> {
  const plain = (models ?? []).map((model) => model.trim().toLowerCase());
  const unique = [...new Set(plain)].filter((model) => model !== '');
  return unique.length > 0 ? unique : null;
}
