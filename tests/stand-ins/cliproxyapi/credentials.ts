import { createHash } from 'node:crypto';
import type { ChannelKey, Config, Provider } from './config.ts';
import { sortedHeaders } from './sanitize.ts';
import type { Features } from './versions.ts';

/** A key as the server has loaded it. */
export interface Credential {
  id: string;
  /** 16 hex digits. Recorded since v6.9.29, scenario oc-put-array. */
  authIndex: string;
  apiKey: string;
  baseUrl: string;
  /** Its channel, or its provider's name in lower case. */
  provider: string;
}

export const KEY_CHANNELS = ['gemini', 'claude', 'codex'] as const;
export type KeyChannel = (typeof KEY_CHANNELS)[number];

/** The credentials that the server has loaded. */
export interface LoadedCredentials {
  all: () => readonly Credential[];
  /** `config` comes into service. */
  load: (config: Config) => void;
}

/** Keeps what has been loaded; before v7.1.43 also what has been removed since. Scenario oc-patch-fields. */
export function createLoadedCredentials(features: Features): LoadedCredentials {
  let loaded = new Map<string, Credential>();
  return {
    all: () => [...loaded.values()],
    load(config) {
      const known = features.has('credentials-forgotten') ? [] : loaded;
      const current = credentialsOf(config, features).map((own) => [own.id, own] as const);
      loaded = new Map([...known, ...current]);
    },
  };
}

/** All credentials of `config` that can serve requests. */
function credentialsOf(config: Config, features: Features): Credential[] {
  const enabled = (config['openai-compatibility'] ?? []).filter((provider) => !provider.disabled);
  return [
    ...KEY_CHANNELS.flatMap((channel) =>
      keyCredentials(channel, keysOf(config, channel), features),
    ),
    ...providerCredentials(enabled, features).flat(),
  ].filter((credential) => credential !== undefined);
}

/** The keys of one of the three channels that are lists of keys. */
function keysOf(config: Config, channel: KeyChannel): readonly ChannelKey[] {
  return config[`${channel}-api-key`] ?? [];
}

/** A credential for each key; none for a key that the server does not load. */
export function keyCredentials(
  channel: KeyChannel,
  keys: readonly ChannelKey[],
  features: Features,
): (Credential | undefined)[] {
  const nextId = createIds();
  return keys.map((key) => {
    const apiKey = key['api-key'].trim();
    const baseUrl = key['base-url'].trim();
    if (features.has('gemini-without-key') ? apiKey === '' && baseUrl === '' : apiKey === '')
      return undefined;
    const others = [key['proxy-url'], key.prefix ?? '', sortedHeaders(key.headers)];
    const id = nextId(
      `${channel}:apikey`,
      apiKey,
      baseUrl,
      ...(features.has('gemini-without-key') ? others : []),
    );
    return {
      id,
      apiKey,
      baseUrl,
      provider: channel,
      authIndex: authIndexOf({ list: `${channel}-api-key`, id, apiKey, baseUrl }, features),
    };
  });
}

/** The credentials of each provider: one for each key, or a single one without a key. */
export function providerCredentials(
  providers: readonly Provider[],
  features: Features,
): Credential[][] {
  const nextId = createIds();
  return providers.map((provider) => {
    const name = provider.name.trim().toLowerCase() || 'openai-compatibility';
    const kind = `openai-compatibility:${name}`;
    const baseUrl = provider['base-url'].trim();
    const credential = (id: string, apiKey: string) => ({
      id,
      apiKey,
      baseUrl,
      provider: name,
      authIndex: authIndexOf({ list: 'openai-compatibility', id, apiKey, baseUrl }, features),
    });
    const entries = provider['api-key-entries'] ?? [];
    if (entries.length === 0) return [credential(nextId(kind, baseUrl), '')];
    return entries.map((entry) => {
      const apiKey = entry['api-key'].trim();
      return credential(nextId(kind, apiKey, baseUrl, entry['proxy-url']), apiKey);
    });
  });
}

/** Ids that are the same for the same parts, with a counter behind the second and further ones. */
function createIds(): (kind: string, ...parts: readonly string[]) => string {
  const counts = new Map<string, number>();
  return (kind, ...parts) => {
    const hash = hexOf([kind, ...parts.map((part) => part.trim())].join('\0')).slice(0, 12);
    const id = `${kind}:${hash}`;
    const count = counts.get(id) ?? 0;
    counts.set(id, count + 1);
    return count === 0 ? id : `${id}-${count}`;
  };
}

/** Since v7.0.0 the same key at the same base-url has the same index, whatever its provider is called. */
function authIndexOf(
  { list, id, apiKey, baseUrl }: { list: string; id: string; apiKey: string; baseUrl: string },
  features: Features,
): string {
  const ofKey = features.has('auth-index-of-key') && apiKey !== '';
  return hexOf(ofKey ? `${list}:${baseUrl}+${apiKey}` : `id:${id}`).slice(0, 16);
}

function hexOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
