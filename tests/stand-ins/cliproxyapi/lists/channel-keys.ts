import type { ChannelKey, List } from '../config.ts';
import { type KeyChannel, keyCredentials } from '../credentials.ts';
import { type Answer, type Call, refusal } from '../messages.ts';
import {
  normalizeExcludedModels,
  normalizeHeaders,
  sanitizeClaudeKeys,
  sanitizeCodexKeys,
  sanitizeGeminiKeys,
} from '../sanitize.ts';
import { encodeJson } from '../schema/encode.ts';
import { claudeKey, codexKey, geminiKey } from '../schema/entry-fields.ts';
import { ifSet, list, narrowed, type StructType, text } from '../schema/types.ts';
import type { Handler } from '../server.ts';
import type { Features } from '../versions.ts';
import { type EntryList, entriesOf, indexIn, saveList } from './entry-list.ts';
import { type PatchField, refusedWeight } from './patch.ts';

// claude-api-key, codex-api-key and gemini-api-key: lists of keys that differ in details only.

const LATER_SETTINGS: readonly PatchField[] = [
  { name: 'disable-cooling', how: 'as given', since: '7.2.44', until: '7.2.134' },
  { name: 'disable-cooling', how: 'flag or null', since: '7.2.135' },
  { name: 'request-retry', how: 'as given' },
  { name: 'request-scoped-errors', how: 'as given' },
];

/** What PATCH knows; priority, cloak and websockets are not among it. Recorded v7.2.140, scenarios *-patch. */
const PATCH: Record<KeyChannel, readonly PatchField[]> = {
  claude: [
    { name: 'api-key', how: 'trimmed' },
    { name: 'weight', how: 'weight' },
    { name: 'prefix', how: 'trimmed' },
    { name: 'base-url', how: 'trimmed' },
    { name: 'proxy-url', how: 'trimmed' },
    { name: 'models', how: 'as given' },
    { name: 'headers', how: 'headers' },
    { name: 'excluded-models', how: 'excluded models' },
    { name: 'rebuild-mid-system-message', how: 'as given' },
    ...LATER_SETTINGS,
  ],
  codex: [
    { name: 'api-key', how: 'trimmed' },
    { name: 'weight', how: 'weight' },
    { name: 'prefix', how: 'trimmed' },
    { name: 'base-url', how: 'trimmed', emptyDeletes: true },
    { name: 'proxy-url', how: 'trimmed' },
    { name: 'alpha-search', how: 'as given' },
    { name: 'models', how: 'as given' },
    { name: 'headers', how: 'headers' },
    { name: 'excluded-models', how: 'excluded models' },
    ...LATER_SETTINGS,
  ],
  gemini: [
    { name: 'api-key', how: 'trimmed', emptyDeletes: true, until: '7.2.137' },
    { name: 'api-key', how: 'trimmed', since: '7.2.138' },
    { name: 'weight', how: 'weight' },
    { name: 'prefix', how: 'trimmed' },
    { name: 'base-url', how: 'trimmed' },
    { name: 'proxy-url', how: 'trimmed' },
    { name: 'headers', how: 'headers' },
    { name: 'excluded-models', how: 'excluded models' },
    ...LATER_SETTINGS,
  ],
};

const TYPES: Record<KeyChannel, StructType> = {
  claude: claudeKey,
  codex: codexKey,
  gemini: geminiKey,
};

/** The list of keys of `channel`. */
export function createKeyList(channel: KeyChannel, features: Features): EntryList<ChannelKey> {
  const type = narrowed(TYPES[channel], features.covers);
  const shownType = { ...type, fields: [...type.fields, ifSet('auth-index', text)] };
  const field = `${channel}-api-key`;
  return {
    field,
    type,
    target: 'match',
    patch: PATCH[channel],
    normalize: channel === 'gemini' ? (key) => key : normalizeKey,
    sanitize: (keys) => sanitize(channel, keys, features),
    isDropped: (key) => channel === 'codex' && key['base-url'] === '',
    refuse: (key, at) => refusedWeight([key], () => `${field}[${at}].weight: `),
    find: (keys, target, call) =>
      channel === 'gemini'
        ? findGeminiKey(keys, target, call, features)
        : findKey(keys, target, features),
    show: (keys, live) => {
      if (!features.has('auth-index')) return encodeJson(list(type), keys);
      const credentials = keyCredentials(channel, keys ?? [], features);
      const shown = (keys ?? []).map((key, at) => ({
        ...key,
        'auth-index': live.get(credentials[at]?.id ?? '') ?? '',
      }));
      return encodeJson(list(shownType), shown);
    },
  };
}

/** DELETE by api-key, with base-url if several have it, or by index. Recorded in all versions, scenarios *-delete. */
export function deleteKey(keys: EntryList<ChannelKey>): Handler {
  return ({ query }, server) => {
    const entries = entriesOf(keys, server.store.config()) ?? [];
    const apiKey = apiKeyOf(query, keys, server.features);
    if (apiKey) {
      const others = withoutKey(entries, apiKey, query, server.features);
      if ('status' in others) return others;
      // Only gemini says that nothing was there.
      if (keys.field === 'gemini-api-key' && others.length === entries.length) {
        return refusal(404, 'item not found');
      }
      return saveList(server, keys, others);
    }
    const index = indexIn(entries, query);
    if (index === undefined) return refusal(400, 'missing api-key or index');
    return saveList(server, keys, entries.toSpliced(index, 1));
  };
}

function apiKeyOf(query: Call['query'], keys: EntryList<ChannelKey>, features: Features): string {
  const apiKey = query.get('api-key') ?? '';
  const isTrimmed = features.has('guarded-delete') || keys.field === 'gemini-api-key';
  return isTrimmed ? apiKey.trim() : apiKey;
}

function withoutKey(
  entries: readonly ChannelKey[],
  apiKey: string,
  query: Call['query'],
  features: Features,
): readonly ChannelKey[] | Answer {
  if (!features.has('guarded-delete')) return entries.filter((key) => key['api-key'] !== apiKey);
  const baseUrl = query.get('base-url')?.trim();
  const isMeant = (key: ChannelKey) =>
    key['api-key'].trim() === apiKey &&
    (baseUrl === undefined || key['base-url'].trim() === baseUrl);
  if (baseUrl === undefined && entries.filter(isMeant).length > 1) {
    return refusal(400, 'multiple items match api-key; base-url is required');
  }
  return entries.filter((key) => !isMeant(key));
}

function findKey(keys: readonly ChannelKey[], target: string, features: Features): number {
  const apiKey = features.has('partial-patch') ? target.trim() : target;
  return keys.findIndex((key) => key['api-key'] === apiKey);
}

function findGeminiKey(
  keys: readonly ChannelKey[],
  target: string,
  { query }: Call,
  features: Features,
): number | Answer {
  const apiKey = target.trim();
  if (apiKey === '') return -1;
  if (!features.has('gemini-match-is-unique'))
    return keys.findIndex((key) => key['api-key'] === apiKey);
  const baseUrl = query.get('base-url')?.trim();
  const found = [...keys.keys()].filter(
    (at) =>
      keys[at]?.['api-key'].trim() === apiKey &&
      (baseUrl === undefined || keys[at]?.['base-url'].trim() === baseUrl),
  );
  if (found.length > 1) return refusal(400, 'multiple items match; index is required');
  return found[0] ?? -1;
}

function sanitize(
  channel: KeyChannel,
  keys: List<ChannelKey>,
  features: Features,
): List<ChannelKey> {
  if (channel === 'claude') return sanitizeClaudeKeys(keys);
  return channel === 'codex' ? sanitizeCodexKeys(keys) : sanitizeGeminiKeys(keys, features);
}

function normalizeKey(key: ChannelKey): ChannelKey {
  const { models } = key;
  return {
    ...key,
    'api-key': key['api-key'].trim(),
    'base-url': key['base-url'].trim(),
    'proxy-url': key['proxy-url'].trim(),
    headers: normalizeHeaders(key.headers),
    ...(key['excluded-models'] !== undefined && {
      'excluded-models': normalizeExcludedModels(key['excluded-models']),
    }),
    ...(models && {
      models: models
        .map((model) => ({ ...model, name: model.name.trim(), alias: model.alias.trim() }))
        .filter((model) => model.name !== '' || model.alias !== ''),
    }),
  };
}
