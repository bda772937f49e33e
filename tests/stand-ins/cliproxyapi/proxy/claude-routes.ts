import type { Config } from '../config.ts';
import { keyCredentials } from '../credentials.ts';
import type { Features, VersionRange } from '../versions.ts';
import { idsOf, type Route } from './route.ts';

/** The models of the claude keys. Recorded in all versions, scenario claude-models-served. */
export function claudeRoutes(config: Config, features: Features): [string, Route][] {
  const keys = config['claude-api-key'] ?? [];
  const credentials = keyCredentials('claude', keys, features);
  return keys.flatMap((key, at) => {
    const credential = credentials[at];
    if (!credential) return [];
    const own = {
      channel: 'claude' as const,
      credential,
      headers: key.headers,
      proxyUrl: key['proxy-url'].trim(),
    };
    return modelsOf(key.models ?? [], features).flatMap(({ name, alias, owner }) =>
      idsOf(alias || name, key, config).map((id): [string, Route] => [
        id,
        { ...own, owner, upstreamModel: name },
      ]),
    );
  });
}

/** A key without models of its own serves the built-in ones. Scenario claude-nomodels. */
function modelsOf(models: readonly { name: string; alias: string }[], features: Features) {
  if (models.length === 0) {
    const builtIn = BUILT_IN.filter(features.covers);
    return builtIn.map(({ name }) => ({ name, alias: '', owner: 'anthropic' }));
  }
  const owner = features.has('claude-owned-by-anthropic') ? 'anthropic' : 'claude';
  return models.map(({ name, alias }) => ({ name: name.trim(), alias: alias.trim(), owner }));
}

/** The names that a server without internet knows. Counts recorded in claude-nomodels, names from the history. */
const BUILT_IN: readonly ({ name: string } & VersionRange)[] = [
  { name: 'claude-3-5-haiku-20241022' },
  { name: 'claude-3-7-sonnet-20250219' },
  { name: 'claude-sonnet-4-20250514' },
  { name: 'claude-opus-4-20250514' },
  { name: 'claude-opus-4-1-20250805' },
  { name: 'claude-sonnet-4-5-20250929' },
  { name: 'claude-haiku-4-5-20251001' },
  { name: 'claude-opus-4-5-20251101', since: '6.5.16' },
  { name: 'claude-sonnet-4-5-thinking', since: '6.5.20', until: '6.5.65' },
  { name: 'claude-opus-4-5-thinking', since: '6.5.20', until: '6.5.65' },
  { name: 'claude-opus-4-5-thinking-low', since: '6.5.20', until: '6.5.65' },
  { name: 'claude-opus-4-5-thinking-medium', since: '6.5.20', until: '6.5.65' },
  { name: 'claude-opus-4-5-thinking-high', since: '6.5.20', until: '6.5.65' },
  { name: 'claude-opus-4-6', since: '6.7.53' },
  { name: 'claude-sonnet-4-6', since: '6.8.19' },
  { name: 'claude-opus-4-7', since: '6.9.28' },
  { name: 'claude-opus-4-8', since: '7.1.29' },
  { name: 'claude-fable-5', since: '7.1.60' },
  { name: 'claude-sonnet-5', since: '7.2.48' },
  { name: 'claude-opus-5', since: '7.2.100' },
];
