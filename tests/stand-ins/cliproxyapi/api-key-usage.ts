import { json } from './messages.ts';
import type { Handler } from './server.ts';

/** GET api-key-usage, keys in clear text. Recorded since v6.9.49, scenarios e2e-401, e2e-new-provider. */
export const showKeyUsage: Handler = (_call, { credentials, usage }) => {
  const withKey = credentials.all().filter(({ apiKey }) => apiKey !== '');
  const byProvider = Map.groupBy(withKey, ({ provider }) => provider);
  const shown = [...byProvider].sort(byName).map(([provider, own]) => {
    const entries = own.map(
      ({ id, baseUrl, apiKey }) => [`${baseUrl}|${apiKey}`, usage.of(id)] as const,
    );
    return [provider, Object.fromEntries(entries.sort(byName))];
  });
  return json(200, Object.fromEntries(shown));
};

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
