/** The versions that have something. Both ends belong to it; a missing end is open. */
export interface VersionRange {
  since?: string;
  until?: string;
}

/**
 * What CLIProxyAPI does in some versions and not in others.
 *
 * Each line names its source: a scenario that was recorded on both sides of the change, or the project's public
 * history where nothing recorded shows the exact version. Fields of configuration entries have their versions
 * beside them, in `schema/`.
 */
const FEATURES = {
  /** PATCH changes the given fields; before, the value replaced the whole entry. Scenarios oc-patch-*. */
  'partial-patch': { since: '6.6.40' },
  /** DELETE refuses an api-key that several entries have, and looks at base-url. Scenarios *-delete. */
  'guarded-delete': { since: '6.9.19' },
  /** Gemini keys are shown as a plain list, too. Scenarios config-get, family-legacy-names. */
  'gemini-keys-twice': { until: '6.5.36' },
  /** The same gemini key may stand there for several base-urls. Scenario gemini-put; version from the history. */
  'gemini-key-per-base-url': { since: '6.9.19' },
  /** A gemini key needs no api-key if it has a base-url; prefix, proxy and headers tell keys apart. Scenario gemini-put. */
  'gemini-without-key': { since: '7.2.138' },
  /** PATCH refuses a gemini key that several entries have. Scenario gemini-patch. */
  'gemini-match-is-unique': { since: '7.2.140' },
  /** GET shows which credentials are loaded, and empty lists as `[]`. Scenarios oc-empty, oc-put-array. */
  'auth-index': { since: '6.9.29' },
  /** GET shows a provider's disable-cooling. Scenarios oc-put-full, oc-roundtrip; version from the history. */
  'cooling-shown': { since: '7.2.44' },
  /** A credential that was removed or disabled has no auth-index. Scenario oc-patch-fields; version from the history. */
  'credentials-forgotten': { since: '7.1.43' },
  /** The auth-index depends on key and base-url only. Scenario oc-visibility. */
  'auth-index-of-key': { since: '7.0.0' },

  /** A wrong key is counted for local clients, too. Scenarios auth-ban-*. */
  'ban-for-localhost': { since: '6.9.38' },
  /** Unknown management routes ask for the key and answer 404 without a body. Scenarios paths, auth-ban-unknown-route. */
  'guarded-unknown-routes': { since: '7.1.47' },
  /** Header X-CPA-SUPPORT-PLUGIN. Recorded in every management answer. */
  'plugin-header': { since: '7.1.69' },
  /** Header Access-Control-Expose-Headers. Scenario cors. */
  'exposed-headers': { since: '7.1.73' },
  /** Trace id on proxied answers, and more exposed headers. Scenarios cors, e2e-join; version from the history. */
  'trace-id': { since: '7.2.84' },
  /** GET /healthz. Scenario paths. */
  healthz: { since: '6.9.10' },
  /** POST api-call. Scenario api-call. */
  'api-call': { since: '6.6.63' },
  /** api-call goes through `proxy_url`. Scenario api-call. */
  'api-call-proxy': { since: '7.2.130' },
  /** Endpoint force-model-prefix. Scenarios e2e-prefix, settings. */
  'force-model-prefix-endpoint': { since: '6.6.82' },

  /** Each write reloads at once, in the background; before, the file watcher did it. Measured on 7.2.140 and 7.1.76. */
  'reload-after-write': { since: '7.2.12' },
  /** A write leaves fields out that are new to the file and empty. Scenario config-no-file-section; version from the history. */
  'new-zeros-left-out': { since: '6.6.60' },
  /** ... and those that have their default value. Scenario config-no-file-section. */
  'new-defaults-left-out': { since: '6.8.5' },
  /** ... but not a weight of 0. Scenario oc-zero-values. */
  'zero-weight-kept': { since: '7.2.104' },
  /** A write removes unknown fields from list entries. Scenario oc-yaml-comments; version from the history. */
  'entries-pruned': { since: '6.5.34' },
  /** A provider's old `api-keys` list in the file is turned into entries. Scenario oc-legacy-api-keys. */
  'legacy-provider-keys': { until: '6.8.8' },
  /** Aliases for Antigravity are written into a file that has none. Scenario config-no-file-section; version from the history. */
  'antigravity-aliases': { since: '6.7.0', until: '6.8.37' },

  /** Template client keys switch everything off. Scenario v1-example-keys. */
  'example-keys-stop-everything': { since: '7.1.46', until: '7.2.50' },
  /** Template client keys switch the proxy side off. Scenario v1-example-keys. */
  'example-keys-stop-proxy': { since: '7.2.51' },
  /** Providers with the same name are separate. Scenario e2e-names. */
  'provider-identity': { since: '7.2.21' },
  /** Blanks around model ids are trimmed. Scenario oc-patch-models; version from the history. */
  'model-ids-trimmed': { since: '7.1.15' },
  /** A provider without a key asks its relay for the alias. Scenario e2e-headers-keys; versions from the history. */
  'keyless-keeps-alias': { since: '6.7.0', until: '7.2.32' },
  /** So does one that has the name of a built-in channel. Scenario e2e-names; versions from the history. */
  'reserved-names-keep-alias': { since: '6.7.0', until: '6.8.47' },
  /** A provider called `codex` is called as the built-in channel. Scenario e2e-names; versions from the history. */
  'codex-is-built-in': { since: '6.8.19', until: '7.2.20' },
  /** `m(high)` is `m` that thinks much. Scenario e2e-model-ids; version from the history. */
  'thinking-suffix': { since: '6.6.0' },
  /** ... also if the relay's own name ends so; blanks around the id do not count. Scenario e2e-model-ids. */
  'thinking-suffix-cut': { since: '6.7.0' },
  /** A model whose own id ends so is listed but cannot be used. Scenario e2e-model-ids; versions from the history. */
  'suffixed-ids-fail': { since: '6.7.0', until: '6.8.47' },
  /** A relay's complaint about the request itself reaches the client at once; no other key is tried. Tried with the servers. */
  'request-fault': { since: '6.8.2' },
  /** ... and is known by what its body says, whatever the status. Scenario e2e-401; version from the history. */
  'request-fault-by-body': { since: '7.2.121' },
  /** Any failure makes a key pause, also a relay that is not there. Tried with v7.2.140, v7.1.76; version from the history. */
  'any-failure-pauses': { since: '7.2.104' },
  /** Without a key left the answer is a 503 that names model and provider. Scenario e2e-401; version from the history. */
  'no-key-left-is-unavailable': { since: '6.9.16' },
  /** The message that all keys cool down does not name the provider. Scenario e2e-429; versions from the history. */
  'cooldown-without-provider': { since: '6.6.106', until: '6.9.7' },
  /** ... and comes with Retry-After. Scenario e2e-429; version from the history. */
  'cooldown-retry-after': { until: '6.8.21' },
  /** A stream asks the relay for its usage. Scenario e2e-stream; version from the history. */
  'stream-usage': { since: '6.8.53' },
  /** Errors of the proxy side are JSON. Scenario e2e-join; version from the history. */
  'proxy-errors-are-json': { since: '6.6.49' },
  /** An unknown model is a 502; before, a 400. Scenario e2e-join; versions from the history. */
  'unknown-model-is-bad-gateway': { since: '6.7.40', until: '7.2.120' },
  /** An unknown model has the code `model_not_found`. Scenario e2e-join; version from the history. */
  'model-not-found-code': { since: '7.2.121' },
  /** The fields of a translated message come in the order of Anthropic's own. Scenario e2e-formats; version from the history. */
  'messages-in-order': { since: '6.6.41' },
  /** The models of claude keys belong to `anthropic`; before, to `claude`. Scenario claude-models-served; version from the history. */
  'claude-owned-by-anthropic': { since: '6.6.70' },
  /** Anthropic's model list calls a model as clients do; before, as the relay does. Scenario v1-models-auth; version from the history. */
  'anthropic-names-are-ids': { since: '6.5.60' },
  /** The header Anthropic-Version asks for Anthropic's model list. Scenario v1-models-auth; version from the history. */
  'anthropic-version-header': { since: '7.2.22' },
  /** Anthropic's model list has `first_id` and `last_id`. Scenario v1-models-auth; version from the history. */
  'anthropic-list-ends': { since: '6.7.22' },
  /** Anthropic's model list disguises ids. Scenario v1-models-auth; version from the history. */
  'anthropic-disguise': { since: '7.2.99' },
} as const satisfies Record<string, VersionRange>;

type Feature = keyof typeof FEATURES;

/** What one version of CLIProxyAPI has. */
export interface Features {
  /** As the server states it in X-CPA-VERSION, e.g. `7.2.140`. */
  version: string;
  has: (feature: Feature) => boolean;
  covers: (range: VersionRange) => boolean;
}

/** The features of `version`, e.g. `7.2.140` or `v7.2.140`. Throws if that is no version. */
export function featuresOf(version: string): Features {
  const plain = version.replace(/^v/, '');
  const own = parseVersion(plain);
  const covers = ({ since, until }: VersionRange) =>
    (since === undefined || compare(parseVersion(since), own) <= 0) &&
    (until === undefined || compare(own, parseVersion(until)) <= 0);
  const names = Object.keys(FEATURES) as Feature[];
  const present = new Set(names.filter((name) => covers(FEATURES[name])));
  return { version: plain, has: (feature) => present.has(feature), covers };
}

function parseVersion(version: string): readonly number[] {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`not a version: ${version}`);
  return version.split('.').map(Number);
}

function compare(first: readonly number[], second: readonly number[]): number {
  const differing = first.findIndex((part, at) => part !== second[at]);
  return differing === -1 ? 0 : (first[differing] ?? 0) - (second[differing] ?? 0);
}
