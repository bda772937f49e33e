import { showKeyUsage } from './api-key-usage.ts';
import { showGeminiKeys } from './config-endpoints.ts';
import { json, refusal } from './messages.ts';
import type { Handler } from './server.ts';
import { showSetting } from './settings.ts';
import type { VersionRange } from './versions.ts';

/** The answer of a route that the server has and the stand-in has not. */
export const notBuilt: Handler = ({ method, path }) =>
  refusal(501, `the stand-in does not do ${method} ${path}`);

interface UnbuiltRoute extends VersionRange {
  path: string;
  /** Answers GET, if the stand-in has at least that. */
  show?: Handler;
}

/** Management routes that the stand-in cannot write to. Scenarios family-legacy-names, e2e-new-provider; versions from the history. */
export const UNBUILT: readonly UnbuiltRoute[] = [
  { path: 'ampcode', since: '6.5.56', until: '7.1.76' },
  { path: 'api-key-usage', show: showKeyUsage, since: '6.9.47' },
  // No account is logged in. Recorded in all versions, scenario misc-get.
  { path: 'auth-files', show: () => json(200, { files: [] }) },
  { path: 'generative-language-api-key', show: showGeminiKeys, until: '6.5.38' },
  { path: 'latest-version', since: '6.5.42' },
  { path: 'logs' },
  { path: 'plugins', since: '7.1.47' },
  { path: 'proxy-url' },
  { path: 'request-retry' },
  { path: 'routing/strategy', since: '6.6.82' },
  { path: 'usage', until: '6.9.49' },
  { path: 'usage-queue', since: '6.10.8' },
  { path: 'usage-statistics-enabled' },
  ...keyLists(),
  ...oauthSettings(),
];

function keyLists(): UnbuiltRoute[] {
  const list = (path: string, since: string) => ({ path, show: showEmptyList(path), since });
  return [
    list('vertex-api-key', '6.6.82'),
    list('interactions-api-key', '7.2.51'),
    list('xai-api-key', '7.2.73'),
  ];
}

function oauthSettings(): UnbuiltRoute[] {
  const setting = (path: string, range: VersionRange) => ({
    path,
    show: showSetting(path),
    ...range,
  });
  return [
    setting('oauth-excluded-models', { since: '6.5.28' }),
    setting('oauth-model-mappings', { since: '6.6.82', until: '6.6.109' }),
    setting('oauth-model-alias', { since: '6.7.0' }),
    setting('oauth-request-scoped-errors', { since: '7.2.138' }),
  ];
}

/** GET of a list of entries that the stand-in only knows empty. */
function showEmptyList(path: string): Handler {
  return (call, server) => {
    const entries = server.store.config()[path] as readonly unknown[] | null;
    if (entries?.length) return notBuilt(call, server);
    return json(200, { [path]: server.features.has('auth-index') ? [] : null });
  };
}
