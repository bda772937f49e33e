import type { Config, Provider } from '../config.ts';
import { type Credential, providerCredentials } from '../credentials.ts';
import type { Features } from '../versions.ts';
import { idsOf, type Route } from './route.ts';

/** The models of the providers. A disabled one and one without models serve nothing. Scenario oc-visibility. */
export function providerRoutes(config: Config, features: Features): [string, Route][] {
  const enabled = (config['openai-compatibility'] ?? []).filter((provider) => !provider.disabled);
  const credentials = providerCredentials(enabled, features);
  return enabled.flatMap((provider, at) => {
    const { owner, models } = catalogueOf(provider, enabled, features);
    return (credentials[at] ?? []).flatMap((credential, key) => {
      const own = {
        channel: 'openai-compatibility' as const,
        credential,
        owner,
        headers: provider.headers,
        proxyUrl: provider['api-key-entries']?.[key]?.['proxy-url'].trim() ?? '',
      };
      return models.flatMap(({ id, name }) => {
        const upstreamModel = keepsAlias(credential, provider, features) ? id : name;
        return idsOf(id, provider, config).map((one): [string, Route] => [
          one,
          { ...own, upstreamModel },
        ]);
      });
    });
  });
}

/**
 * What `provider` serves. Before v7.2.21 that is what the first one of that name serves, and for one without a name
 * `openai-compatibility`. Recorded v7.1.76, scenario e2e-names.
 */
function catalogueOf(provider: Provider, enabled: readonly Provider[], features: Features) {
  const name = provider.name.toLowerCase() || 'openai-compatibility';
  const first = enabled.find((other) => other.name.toLowerCase() === name);
  const source = features.has('provider-identity') ? provider : first;
  const trimmed = (text: string) => (features.has('model-ids-trimmed') ? text.trim() : text);
  return {
    owner: source?.name ?? '',
    models: (source?.models ?? []).map((model) => ({
      id: trimmed(model.alias) || trimmed(model.name),
      name: trimmed(model.name),
    })),
  };
}

/** Whether the relay is asked for the alias, not for its own name. Scenarios e2e-headers-keys, e2e-names. */
function keepsAlias({ apiKey }: Credential, { name }: Provider, features: Features): boolean {
  const isReserved = ['claude', 'codex', 'gemini', 'vertex'].includes(name.toLowerCase());
  return (
    (apiKey === '' && features.has('keyless-keeps-alias')) ||
    (isReserved && features.has('reserved-names-keep-alias'))
  );
}
