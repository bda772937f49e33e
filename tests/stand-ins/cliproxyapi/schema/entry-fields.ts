import { flag, ifSet, list, map, optional, shown, struct, text, whole } from './types.ts';

// The fields of list entries, in the order in which the server shows them. Recorded in oc-put-full and *-put; exact
// versions from the project's public history.

const thinking = struct(
  ifSet('min', whole),
  ifSet('max', whole),
  ifSet('zero-allowed', flag, { jsonName: 'zero_allowed' }),
  ifSet('dynamic-allowed', flag, { jsonName: 'dynamic_allowed' }),
  ifSet('levels', list(text)),
);

const requestScopedError = struct(
  ifSet('status', whole),
  ifSet('match', list(text)),
  ifSet('match-regexr', list(text)),
  ifSet('action', text),
);

/** Settings that each kind of credential has got over time. */
const disableCooling = [
  ifSet('disable-cooling', flag, { since: '7.0.0', until: '7.2.134' }),
  ifSet('disable-cooling', optional(flag), { since: '7.2.135' }),
];
const retrySettings = [
  ...disableCooling,
  ifSet('request-retry', optional(whole), { since: '7.2.131' }),
  ifSet('request-scoped-errors', list(requestScopedError), { since: '7.2.134' }),
];
const selectionSettings = [
  ifSet('priority', whole, { since: '6.6.106' }),
  ifSet('weight', optional(whole), { since: '7.2.104' }),
  ifSet('prefix', text, { since: '6.6.19' }),
];
const headers = ifSet('headers', map(text));
const excludedModels = ifSet('excluded-models', list(text), { since: '6.5.28' });

const modelNames = [shown('name', text), shown('alias', text)];
const modelCatalogue = [
  ifSet('display-name', text, { since: '7.2.70' }),
  ifSet('max-context-length', whole, { since: '7.2.115' }),
  ifSet('force-mapping', flag, { since: '7.2.40' }),
];

const providerModel = struct(
  ...modelNames,
  ...modelCatalogue,
  ifSet('image', flag, { since: '7.1.15' }),
  ifSet('input-modalities', list(text), { since: '7.2.52' }),
  ifSet('output-modalities', list(text), { since: '7.2.52' }),
  ifSet('is-compat', flag, { since: '7.2.122' }),
  ifSet('thinking', optional(thinking), { since: '6.9.2' }),
);

const keyModel = struct(
  ...modelNames,
  ...modelCatalogue,
  ifSet('is-compat', flag, { since: '7.2.121' }),
  ifSet('thinking', optional(thinking), { since: '7.2.105' }),
);

const apiKeyEntry = struct(
  shown('api-key', text),
  ifSet('weight', optional(whole), { since: '7.2.104' }),
  ifSet('proxy-url', text),
);

/** An entry of openai-compatibility. */
export const provider = struct(
  shown('name', text),
  ifSet('priority', whole, { since: '6.6.106' }),
  ifSet('disabled', flag, { since: '6.9.39' }),
  ifSet('prefix', text, { since: '6.6.19' }),
  shown('base-url', text),
  ifSet('api-keys', list(text), { until: '6.5.36' }),
  ifSet('api-keys', list(text), { since: '6.5.37', until: '6.8.8', jsonName: null }),
  ifSet('api-key-entries', list(apiKeyEntry)),
  shown('models', list(providerModel)),
  headers,
  ifSet('support-prompt-cache-key', flag, { since: '7.2.113' }),
  ...retrySettings,
);

const cloak = struct(
  ifSet('mode', text),
  ifSet('strict-mode', flag),
  ifSet('sensitive-words', list(text)),
  ifSet('cache-user-id', optional(flag), { since: '6.8.24' }),
);

/** An entry of claude-api-key. */
export const claudeKey = struct(
  shown('api-key', text),
  ...selectionSettings,
  shown('base-url', text),
  shown('proxy-url', text),
  shown('models', list(keyModel)),
  headers,
  excludedModels,
  ifSet('rebuild-mid-system-message', flag, { since: '7.2.22' }),
  ...retrySettings,
  ifSet('cloak', optional(cloak), { since: '6.7.13' }),
  ifSet('fingerprint-profile', text, { since: '7.2.136' }),
  ifSet('experimental-cch-signing', flag, { since: '6.9.8' }),
);

/** An entry of codex-api-key or xai-api-key. */
export const codexKey = struct(
  shown('api-key', text),
  ...selectionSettings,
  shown('base-url', text),
  ifSet('websockets', flag, { since: '6.8.19' }),
  ifSet('alpha-search', flag, { since: '7.2.113' }),
  shown('proxy-url', text),
  shown('models', list(keyModel), { since: '6.6.62' }),
  headers,
  excludedModels,
  ...retrySettings,
);

/** An entry of gemini-api-key or interactions-api-key. */
export const geminiKey = struct(
  shown('api-key', text),
  ...selectionSettings,
  ifSet('base-url', text),
  ifSet('proxy-url', text),
  ifSet('models', list(keyModel), { since: '6.6.70' }),
  headers,
  excludedModels,
  ...retrySettings,
);
