import type { JsonObject, JsonValue } from '../json.ts';
import { hostOf } from '../relay/base-url.ts';
import { maskSecret } from '../secrets.ts';
import {
  apiKeyEntriesOf,
  apiKeyOf,
  baseUrlOf,
  type ModelAlias,
  nameOf,
  newProvider,
  type ProviderEntry,
  type ProviderKind,
} from './provider.ts';

// What differs between the provider lists. Sources: `contract/FACTS.md`, sections 2 and 3, and
// the recordings `<kind>-put` and `<kind>-patch` of v6.4.1 to v7.2.140.

/** Only here has a provider a name and many keys; in the others one entry is one key. */
export const hasManyKeys = (kind: ProviderKind): boolean => kind === 'openai-compatibility';

/** The api keys that an entry holds, in its order; duplicates stay, the server keeps them too. */
export function keysOf(kind: ProviderKind, entry: ProviderEntry): string[] {
  const keyEntries = hasManyKeys(kind) ? apiKeyEntriesOf(entry) : [entry];
  return keyEntries.map(apiKeyOf).filter((apiKey) => apiKey !== '');
}

export const isHolding = (kind: ProviderKind, entry: ProviderEntry, apiKey: string): boolean =>
  keysOf(kind, entry).includes(apiKey);

/** The entry without a key; nothing where the key is all that it was. A provider stays without keys. */
export function withoutKey(
  kind: ProviderKind,
  entry: ProviderEntry,
  apiKey: string,
): ProviderEntry | undefined {
  if (!isHolding(kind, entry, apiKey)) return entry;
  if (!hasManyKeys(kind)) return undefined;
  const left = apiKeyEntriesOf(entry).filter((keyEntry) => apiKeyOf(keyEntry) !== apiKey);
  return { ...entry, 'api-key-entries': left };
}

/** A new entry. Only what is wanted is in it: an empty field would be stored as a choice. */
export function newEntryOf(
  kind: ProviderKind,
  { name, baseUrl, apiKeys, models }: NewEntryFields,
): ProviderEntry {
  if (hasManyKeys(kind)) return newProvider(name, baseUrl, apiKeys, models);
  return {
    'api-key': apiKeys[0] ?? '',
    ...(baseUrl !== '' && { 'base-url': baseUrl }),
    ...(models.length > 0 && {
      models: models.map(({ upstream, alias }) => ({ name: upstream, alias })),
    }),
  };
}

interface NewEntryFields {
  /** Not used where entries have no names. */
  name: string;
  /** Empty: the vendor's own API, which the server takes for a missing one. */
  baseUrl: string;
  /** Exactly one where an entry is one key. */
  apiKeys: readonly string[];
  models: readonly ModelAlias[];
}

const texts = (value: JsonValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const EVERY_MODEL = '*';

/**
 * Whether an entry is switched off. A provider has `disabled` (from v6.9.39; before, the server
 * neither shows nor honours it), an entry of the other lists excludes every model (shown from
 * v6.5.65 on; v6.4.1 drops the field).
 */
export const isDisabled = (kind: ProviderKind, entry: ProviderEntry): boolean =>
  hasManyKeys(kind)
    ? entry.disabled === true
    : texts(entry['excluded-models']).some((model) => model.trim() === EVERY_MODEL);

/** The entry switched off. What it excluded before stays in its list, so that it can be switched on again as it was. */
export function disabledEntry(kind: ProviderKind, entry: ProviderEntry): ProviderEntry {
  if (isDisabled(kind, entry)) return entry;
  if (hasManyKeys(kind)) return { ...entry, disabled: true };
  return { ...entry, 'excluded-models': [...texts(entry['excluded-models']), EVERY_MODEL] };
}

/** The entry switched on. An empty list stays: PATCH takes a missing field for an unchanged one. */
export function enabledEntry(kind: ProviderKind, entry: ProviderEntry): ProviderEntry {
  if (!isDisabled(kind, entry)) return entry;
  if (hasManyKeys(kind)) return { ...entry, disabled: false };
  const left = texts(entry['excluded-models']).filter((model) => model.trim() !== EVERY_MODEL);
  return { ...entry, 'excluded-models': left };
}

/** The keys of the entry that the server shows as loaded (from v6.9.29): its reload has taken them. */
export function loadedKeysOf(kind: ProviderKind, entry: ProviderEntry): ReadonlySet<string> {
  const keyEntries = hasManyKeys(kind) ? apiKeyEntriesOf(entry) : [entry];
  return new Set(keyEntries.filter(isShownLoaded).map(apiKeyOf));
}

const isShownLoaded = ({ 'auth-index': shown }: JsonObject): boolean =>
  typeof shown === 'string' && shown !== '';

/** Whose API answers where no base URL is stored (claude and gemini; codex entries always have one). */
const VENDORS: Readonly<Record<ProviderKind, string>> = {
  'openai-compatibility': 'OpenAI',
  'claude-api-key': 'Anthropic',
  'gemini-api-key': 'Google',
  'codex-api-key': 'OpenAI',
};

/** What an entry is called to a person: a provider's name, else the host, and for a single key its mask beside it. */
export function labelOf(kind: ProviderKind, entry: ProviderEntry): string {
  const site = hostOf(baseUrlOf(entry)) || VENDORS[kind];
  if (hasManyKeys(kind)) return nameOf(entry).trim() || site;
  return `${site} · ${maskSecret(apiKeyOf(entry))}`;
}

/**
 * Fields that PATCH changes as they are given; a change to any other goes by PUT, which is
 * always right. Ignored by PATCH: `priority` everywhere, `models` of gemini (scenarios
 * `oc-patch-fields` and `<kind>-patch`, partial PATCH from v6.6.40). Left out although known:
 * `headers` and `cloak`, which are merged with the old ones, and what `null` cannot unset.
 */
export const PATCHED_FIELDS: Readonly<Record<ProviderKind, ReadonlySet<string>>> = {
  'openai-compatibility': new Set([
    'name',
    'prefix',
    'disabled',
    'base-url',
    'api-key-entries',
    'models',
  ]),
  'claude-api-key': new Set([
    'api-key',
    'prefix',
    'base-url',
    'proxy-url',
    'models',
    'excluded-models',
  ]),
  'gemini-api-key': new Set(['api-key', 'prefix', 'base-url', 'proxy-url', 'excluded-models']),
  'codex-api-key': new Set([
    'api-key',
    'prefix',
    'base-url',
    'proxy-url',
    'models',
    'excluded-models',
  ]),
};
