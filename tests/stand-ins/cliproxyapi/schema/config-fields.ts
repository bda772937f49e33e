import { claudeKey, codexKey, geminiKey, provider } from './entry-fields.ts';
import {
  duration,
  type Field,
  flag,
  ifSet,
  list,
  map,
  optional,
  raw,
  shown,
  struct,
  text,
  whole,
} from './types.ts';

// The fields of config.yaml, in the order in which GET config shows them. Recorded in config-get and oc-empty; exact
// versions from the project's public history.

const hidden = { jsonName: null };

const ampcode = struct(
  shown('upstream-url', text),
  shown('upstream-api-key', text),
  ifSet('upstream-api-keys', raw, { since: '6.6.65' }),
  shown('restrict-management-to-localhost', flag, { until: '6.6.14', fallback: true }),
  shown('restrict-management-to-localhost', flag, { since: '6.6.15' }),
  shown('model-mappings', list(raw)),
  shown('force-model-mappings', flag, { since: '6.5.55' }),
);

const tls = struct(shown('enable', flag), shown('cert', text), shown('key', text));

const remoteManagement = struct(
  shown('allow-remote', flag),
  shown('secret-key', text),
  shown('disable-control-panel', flag),
  shown('disable-auto-update-panel', flag, { since: '6.9.3' }),
  shown('panel-github-repository', text, {
    since: '6.6.18',
    fallback: 'https://github.com/router-for-me/Cli-Proxy-API-Management-Center',
  }),
);

const credentialConcurrency = struct(
  shown('lifecycle-config-revision', whole),
  shown('observation-barrier-revision', whole),
  shown('cpa-heartbeat-timeout', duration, { fallback: '3s' }),
  shown('cpa-cancel-bound', duration, { fallback: '5s' }),
  shown('reclaim-grace', duration, { fallback: '5s' }),
  shown('cleanup-interval', duration, { fallback: '5s' }),
  shown('release-flush-interval', duration, { fallback: '250ms' }),
  shown('release-max-backoff', duration, { fallback: '2s' }),
  shown('busy-retry-min', duration, { fallback: '250ms' }),
  shown('busy-retry-max', duration, { fallback: '1s' }),
  shown('max-limit', whole, { fallback: 1_000_000 }),
);

const credentialInFlight = struct(
  shown('snapshot-interval', text, { fallback: '2s' }),
  shown('stale-after', text, { fallback: '10s' }),
  shown('max-part-bytes', whole, { fallback: 262_144 }),
  shown('max-part-count', whole, { fallback: 64 }),
  shown('max-revision-bytes', whole, { fallback: 16_777_216 }),
  shown('max-aggregate-groups', whole, { fallback: 100_000 }),
  shown('max-details', whole, { fallback: 10_000 }),
  shown('max-string-bytes', whole, { fallback: 256 }),
  shown('staging-retention', text, { fallback: '1m' }),
);

const plugins = struct(
  shown('enabled', flag),
  shown('dir', text, { fallback: 'plugins' }),
  ifSet('store-sources', list(text), { since: '7.2.2' }),
  shown('configs', map(raw), { fallback: {} }),
);

const routing = struct(
  ifSet('strategy', text),
  ifSet('session-affinity', flag, { since: '6.9.27' }),
  ifSet('session-affinity-ttl', text, { since: '6.9.27' }),
);

const codex = struct(
  shown('identity-confuse', flag),
  shown('disable-codex-cloaking', flag, { since: '7.2.110' }),
  shown('stream-bootstrap-buffering', flag, { since: '7.2.138' }),
  shown('optimize-multi-agent-v2', flag, { since: '7.2.98' }),
  shown(
    'live-media-relay',
    struct(
      shown('enabled', flag),
      shown('max-sessions', whole),
      shown('disable-private-remote-ips', flag),
      shown('public-ip', text),
      shown('udp-port-min', whole),
      shown('udp-port-max', whole),
      shown('ice-servers', list(raw)),
    ),
    { since: '7.2.99' },
  ),
);

const claudeHeaderDefaults = struct(
  shown('user-agent', text),
  shown('package-version', text),
  shown('runtime-version', text),
  shown('os', text, { since: '6.9.1' }),
  shown('arch', text, { since: '6.9.1' }),
  shown('timeout', text),
  shown('timezone', text, { since: '7.2.116' }),
  ifSet('stabilize-device-profile', optional(flag), { since: '6.9.1' }),
);

const payload = struct(
  shown('default', list(raw)),
  shown('default-raw', list(raw), { since: '6.7.0' }),
  shown('override', list(raw)),
  shown('override-raw', list(raw), { since: '6.7.0' }),
  shown('filter', list(raw), { since: '6.7.39' }),
);

const quotaExceeded = struct(
  shown('switch-project', flag),
  shown('switch-preview-model', flag),
  shown('antigravity-credits', flag, { since: '6.9.8' }),
);

/** What concerns client requests. */
const requestFields: readonly Field[] = [
  shown('proxy-url', text),
  shown('disable-image-generation', raw, { since: '6.9.43', fallback: false }),
  ifSet('gpt-image-2-base-model', text, { since: '7.1.23' }),
  shown('enable-gemini-cli-endpoint', flag, { since: '6.9.12', until: '7.2.19' }),
  ifSet('video-result-auth-cache-ttl', text, { since: '7.2.5' }),
  shown('force-model-prefix', flag, { since: '6.6.19' }),
  shown('request-log', flag),
  shown('claude-code', struct(shown('disable-cloaking-model-list', flag)), { since: '7.2.103' }),
  shown('api-keys', list(text)),
  shown('passthrough-headers', flag, { since: '6.8.22' }),
  ifSet('auth', struct(), { until: '6.8.8' }),
  shown('streaming', struct(ifSet('keepalive-seconds', whole), ifSet('bootstrap-retries', whole)), {
    since: '6.6.49',
  }),
  ifSet('nonstream-keepalive-interval', whole, { since: '6.6.103' }),
];

/** What concerns the server as a whole. */
const serverFields: readonly Field[] = [
  shown('host', text, { since: '6.5.57', ...hidden }),
  shown('port', whole, hidden),
  shown('amp-upstream-url', text, { until: '6.5.36' }),
  shown('amp-upstream-api-key', text, { until: '6.5.36' }),
  shown('amp-restrict-management-to-localhost', flag, { until: '6.5.36', fallback: true }),
  shown('tls', tls, { since: '6.5.13' }),
  shown('credential-concurrency', credentialConcurrency, { since: '7.2.96' }),
  shown('credential-in-flight', credentialInFlight, { since: '7.2.96' }),
  shown('remote-management', remoteManagement, hidden),
  shown('plugins', plugins, { since: '7.1.47' }),
  shown('auth-dir', text, hidden),
  shown('debug', flag),
  shown(
    'pprof',
    struct(shown('enable', flag), shown('addr', text, { fallback: '127.0.0.1:8316' })),
    { since: '6.7.46' },
  ),
  shown('commercial-mode', flag, { since: '6.6.54' }),
  shown('logging-to-file', flag),
  shown('logs-max-total-size-mb', whole, { since: '6.6.35' }),
  shown('error-logs-max-files', whole, { since: '6.7.40', fallback: 10 }),
  shown('usage-statistics-enabled', flag),
  shown('redis-usage-queue-retention-seconds', whole, { since: '6.10.1', fallback: 60 }),
  shown('disable-cooling', flag),
  shown('save-cooldown-status', flag, { since: '7.2.19' }),
  shown('transient-error-cooldown-seconds', whole, { since: '7.2.19' }),
  shown('auth-auto-refresh-workers', whole, { since: '6.9.24' }),
  shown('request-retry', whole, { since: '6.5.37' }),
  shown('max-retry-credentials', whole, { since: '6.8.34' }),
  shown('max-retry-interval', whole, { since: '6.5.37' }),
  shown('quota-exceeded', quotaExceeded),
  shown('routing', routing, { since: '6.6.42' }),
  shown('ws-auth', flag, { until: '7.2.50' }),
  shown('ws-auth', flag, { since: '7.2.51', fallback: true }),
];

/** Credentials, and what concerns their channels. */
const channelFields: readonly Field[] = [
  shown('generative-language-api-key', list(text), { until: '6.5.36' }),
  ifSet('antigravity-signature-cache-enabled', optional(flag), { since: '6.9.20' }),
  ifSet('antigravity-signature-bypass-strict', optional(flag), { since: '6.9.20' }),
  shown('antigravity', struct(ifSet('sensitive-words', list(text))), { since: '7.2.118' }),
  shown('gemini-api-key', list(geminiKey)),
  shown('request-retry', whole, { until: '6.5.36' }),
  shown('max-retry-interval', whole, { since: '6.5.13', until: '6.5.36' }),
  shown('claude-api-key', list(claudeKey), { until: '6.5.36' }),
  shown('interactions-api-key', list(geminiKey), { since: '7.2.51' }),
  shown('codex-api-key', list(codexKey)),
  shown('xai-api-key', list(codexKey), { since: '7.2.73' }),
  shown('xai', struct(shown('inject-x-search', flag)), { since: '7.2.102' }),
  shown('codex', codex, { since: '7.1.34' }),
  shown('codex-header-defaults', struct(shown('user-agent', text), shown('beta-features', text)), {
    since: '6.8.52',
  }),
  shown('claude-api-key', list(claudeKey), { since: '6.5.37' }),
  shown('claude-header-defaults', claudeHeaderDefaults, { since: '6.8.21' }),
  shown('disable-claude-cloak-mode', flag, { since: '7.2.8' }),
  shown('openai-compatibility', list(provider)),
  shown('vertex-api-key', list(raw), { since: '6.5.32' }),
  shown('ampcode', ampcode, { since: '6.5.37', until: '7.1.76' }),
  ifSet('oauth-excluded-models', map(list(text)), { since: '6.5.28' }),
  ifSet('oauth-model-mappings', raw, { since: '6.6.69', until: '6.6.109' }),
  ifSet('oauth-model-alias', raw, { since: '6.7.0' }),
  ifSet('oauth-request-scoped-errors', raw, { since: '7.2.138' }),
  shown('payload', payload),
];

/** config.yaml as a whole. */
export const configFields = struct(...requestFields, ...serverFields, ...channelFields);
