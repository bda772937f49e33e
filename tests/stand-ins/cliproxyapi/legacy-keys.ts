import type { ApiKeyEntry, Config, List, Provider } from './config.ts';

/** Whether a provider of `config` has its keys in the old form, a list `api-keys`. */
export function hasLegacyKeys(config: Config): boolean {
  return config['openai-compatibility']?.some((provider) => provider['api-keys']?.length) ?? false;
}

/** `provider` with its old `api-keys` as entries, each key once. Recorded v6.5.65, scenario oc-legacy-api-keys. */
export function moveLegacyKeys(provider: Provider): Provider {
  const entries = withKeys(provider['api-key-entries'], provider['api-keys'] ?? []);
  return { ...provider, 'api-keys': null, 'api-key-entries': entries };
}

function withKeys(entries: List<ApiKeyEntry>, keys: readonly string[]): List<ApiKeyEntry> {
  const known = new Set(entries?.map((entry) => entry['api-key'].trim()));
  const given = [...new Set(keys.map((key) => key.trim()))];
  const missing = given.filter((key) => key !== '' && !known.has(key));
  if (missing.length === 0) return entries;
  return [...(entries ?? []), ...missing.map((key) => ({ 'api-key': key, 'proxy-url': '' }))];
}
