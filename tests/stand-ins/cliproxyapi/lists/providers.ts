import type { Provider } from '../config.ts';
import { providerCredentials } from '../credentials.ts';
import { moveLegacyKeys } from '../legacy-keys.ts';
import { refusal } from '../messages.ts';
import { normalizeHeaders, sanitizeProviders } from '../sanitize.ts';
import { encodeJson } from '../schema/encode.ts';
import { provider as providerFields } from '../schema/entry-fields.ts';
import {
  type Field,
  ifSet,
  list,
  narrowed,
  type Struct,
  type StructType,
  text,
} from '../schema/types.ts';
import type { Handler } from '../server.ts';
import type { Features } from '../versions.ts';
import { type EntryList, entriesOf, indexIn, saveList } from './entry-list.ts';
import { type PatchField, refusedWeight } from './patch.ts';

/** What PATCH knows; priority is not among it. Recorded v7.2.140, scenario oc-patch-fields. */
const PATCH: readonly PatchField[] = [
  { name: 'name', how: 'trimmed' },
  { name: 'prefix', how: 'trimmed' },
  { name: 'disabled', how: 'as given' },
  { name: 'disable-cooling', how: 'as given', since: '7.2.44', until: '7.2.134' },
  { name: 'disable-cooling', how: 'flag or null', since: '7.2.135' },
  { name: 'request-retry', how: 'as given' },
  { name: 'base-url', how: 'trimmed', emptyDeletes: true },
  { name: 'api-key-entries', how: 'key entries' },
  { name: 'models', how: 'as given' },
  { name: 'headers', how: 'headers' },
  { name: 'support-prompt-cache-key', how: 'as given' },
  { name: 'request-scoped-errors', how: 'as given' },
];

/** The list openai-compatibility. */
export function createProviderList(features: Features): EntryList<Provider> {
  const type = narrowed(providerFields, features.covers);
  const shownType = list(withIndexes(type, features));
  return {
    field: 'openai-compatibility',
    type,
    target: 'name',
    patch: PATCH,
    normalize: normalizeProvider,
    sanitize: sanitizeProviders,
    isDropped: (provider) => provider['base-url'] === '',
    refuse: (provider, at) =>
      refusedWeight(
        provider['api-key-entries'] ?? [],
        (keyAt) => `openai-compatibility[${at}].api-key-entries[${keyAt}].weight: `,
      ),
    find: (providers, target) => {
      const name = features.has('partial-patch') ? target.trim() : target;
      return providers.findIndex((provider) => provider.name === name);
    },
    show: (providers, live) => {
      const plain = (providers ?? []).map(normalizeProvider);
      if (!features.has('auth-index'))
        return plain.length > 0 ? encodeJson(list(type), plain) : null;
      return encodeJson(shownType, addIndexes(plain, live, features));
    },
  };
}

/** DELETE by name, which takes all of that name, or by index. Recorded in all versions, scenario oc-delete. */
export function deleteProvider(providers: EntryList<Provider>): Handler {
  return ({ query }, server) => {
    const entries = entriesOf(providers, server.store.config()) ?? [];
    const name = query.get('name');
    if (name) {
      const others = entries.filter((provider) => provider.name !== name);
      return saveList(server, providers, others);
    }
    const index = indexIn(entries, query);
    if (index === undefined) return refusal(400, 'missing name or index');
    return saveList(server, providers, entries.toSpliced(index, 1));
  };
}

function normalizeProvider(provider: Provider): Provider {
  const migrated = provider['api-keys'] ? moveLegacyKeys(provider) : provider;
  return {
    ...migrated,
    'base-url': provider['base-url'].trim(),
    headers: normalizeHeaders(provider.headers),
    'api-key-entries':
      migrated['api-key-entries']?.map((entry) => ({
        ...entry,
        'api-key': entry['api-key'].trim(),
      })) ?? null,
  };
}

/** Each key with its auth-index, or the provider itself if it has no keys. */
function addIndexes(
  providers: readonly Provider[],
  live: ReadonlyMap<string, string>,
  features: Features,
): Struct[] {
  const credentials = providerCredentials(providers, features);
  return providers.map((provider, at) => {
    const indexes = credentials[at]?.map(({ id }) => live.get(id) ?? '') ?? [];
    const entries = provider['api-key-entries'] ?? [];
    return {
      ...provider,
      'auth-index': entries.length === 0 ? indexes[0] : '',
      'api-key-entries': entries.map((entry, keyAt) => ({
        ...entry,
        'auth-index': indexes[keyAt],
      })),
    };
  });
}

/** `type` as GET shows it: always with `disabled`, without empty models, with the auth-index of each key. */
function withIndexes(type: StructType, features: Features): StructType {
  const authIndex = ifSet('auth-index', text);
  const shown = (field: Field): Field => {
    if (field.name === 'disabled') return { ...field, leftOutWhenEmpty: false };
    if (field.name === 'disable-cooling' && !features.has('cooling-shown')) {
      return { ...field, jsonName: null };
    }
    if (field.name === 'models') return { ...field, leftOutWhenEmpty: true };
    if (field.name !== 'api-key-entries' || field.type.kind !== 'list') return field;
    const entry = field.type.of as StructType;
    return { ...field, type: list({ ...entry, fields: [...entry.fields, authIndex] }) };
  };
  return { ...type, fields: [...type.fields.map(shown), authIndex] };
}
