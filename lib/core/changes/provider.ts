import type { JsonObject, JsonValue } from '../json.ts';

/**
 * The provider lists of a server. In `openai-compatibility` one entry is one provider with
 * many keys; in the others one entry is one key.
 */
export const PROVIDER_KINDS = [
  'openai-compatibility',
  'claude-api-key',
  'gemini-api-key',
  'codex-api-key',
] as const;

export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/**
 * One provider as a server shows it: every field, known to us or not.
 *
 * Entries are changed by adding to them, never rebuilt from what we know, so that no
 * field of a person or of a newer server is lost. The field names are the server's own.
 */
export type ProviderEntry = JsonObject;

/** The provider lists of a server, as far as they were read. */
export type ProviderLists = Readonly<Partial<Record<ProviderKind, readonly ProviderEntry[]>>>;

/** An upstream model and the name under which clients ask for it. An empty alias means the model's own name. */
export interface ModelAlias {
  upstream: string;
  alias: string;
}

const text = (value: JsonValue | undefined) => (typeof value === 'string' ? value : '');

const objects = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly JsonObject[]) : [];

/** One of the server's providers. No index: it may point elsewhere by the time it is used. */
export interface ProviderRef {
  name: string;
  baseUrl: string;
}

export const nameOf = (entry: ProviderEntry): string => text(entry.name);
export const baseUrlOf = (entry: ProviderEntry): string => text(entry['base-url']);
export const refOf = (entry: ProviderEntry): ProviderRef => ({
  name: nameOf(entry),
  baseUrl: baseUrlOf(entry),
});
export const isProvider = (entry: ProviderEntry, { name, baseUrl }: ProviderRef): boolean =>
  nameOf(entry) === name && baseUrlOf(entry) === baseUrl;
export const prefixOf = (entry: ProviderEntry): string => text(entry.prefix);
export const apiKeyEntriesOf = (entry: ProviderEntry) => objects(entry['api-key-entries']);

export const apiKeyOf = (keyEntry: JsonObject): string => text(keyEntry['api-key']);
export const apiKeysOf = (entry: ProviderEntry): string[] => apiKeyEntriesOf(entry).map(apiKeyOf);

export const modelsOf = (entry: ProviderEntry): ModelAlias[] =>
  objects(entry.models).map((model) => ({
    upstream: text(model.name),
    alias: text(model.alias) || text(model.name),
  }));

/** Names are the same to the server's routing whatever their case (recorded up to v7.1.76), and blanks are trimmed. */
export const comparableName = (name: string): string => name.trim().toLowerCase();

/** A new provider. Only what is wanted is in it: an empty field would be stored as a choice. */
export function newProvider(
  name: string,
  baseUrl: string,
  apiKeys: readonly string[],
  models: readonly ModelAlias[],
): ProviderEntry {
  return {
    name,
    'base-url': baseUrl,
    'api-key-entries': apiKeys.map((apiKey) => ({ 'api-key': apiKey })),
    ...(models.length > 0 && { models: models.map(modelEntry) }),
  };
}

/** The provider with these keys appended; nothing else of it changes. */
export const withApiKeys = (entry: ProviderEntry, apiKeys: readonly string[]): ProviderEntry => ({
  ...entry,
  'api-key-entries': [
    ...apiKeyEntriesOf(entry),
    ...apiKeys.map((apiKey) => ({ 'api-key': apiKey })),
  ],
});

/** The provider with these models appended; nothing else of it changes. */
export const withModels = (entry: ProviderEntry, models: readonly ModelAlias[]): ProviderEntry => ({
  ...entry,
  models: [...objects(entry.models), ...models.map(modelEntry)],
});

const modelEntry = ({ upstream, alias }: ModelAlias) => ({ name: upstream, alias });

/**
 * The entry without what the server adds for display and never stores (`auth-index`,
 * recorded v7.2.140, scenario oc-roundtrip). Two entries are compared, and one is sent
 * back, in this form.
 */
export function asStored(entry: ProviderEntry): ProviderEntry {
  const stored = withoutAuthIndex(entry);
  if (!Array.isArray(stored['api-key-entries'])) return stored;
  return { ...stored, 'api-key-entries': apiKeyEntriesOf(stored).map(withoutAuthIndex) };
}

function withoutAuthIndex({ 'auth-index': _shown, ...stored }: JsonObject): JsonObject {
  return stored;
}
