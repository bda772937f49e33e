import fc from 'fast-check';
import type { ImportDraft } from '../../../lib/core/changes/import.ts';
import type { ModelAlias, ProviderEntry } from '../../../lib/core/changes/provider.ts';

const host = fc.constantFrom('a', 'b', 'c', 'd').map((letter) => `https://relay-${letter}.example`);
const apiKey = fc.constantFrom(...Array.from({ length: 12 }, (_, at) => `sk-test${at}`));
const upstream = fc.constantFrom('gpt-5', 'openai/gpt-5', 'kimi-k2', 'glm-4', 'deepseek-v3');

const model: fc.Arbitrary<ModelAlias> = fc
  .tuple(upstream, fc.option(fc.constantFrom('gpt-5', 'fast', 'kimi-k2'), { nil: undefined }))
  .map(([name, alias]) => ({ upstream: name, alias: alias ?? name }));

/** Fields that a newer server or a person may have set, and that we know nothing of. */
const unknownFields = fc.dictionary(
  fc.constantFrom('priority', 'prefix', 'headers', 'disable-cooling', 'note', 'x-new'),
  fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant({ 'X-Team': 'red' })),
);

const keyEntry = fc
  .tuple(
    apiKey,
    fc.dictionary(fc.constantFrom('weight', 'proxy-url', 'auth-index', 'x-new'), fc.string()),
  )
  .map(([key, rest]) => ({ ...rest, 'api-key': key }));

const storedModel = fc
  .tuple(model, fc.dictionary(fc.constantFrom('thinking', 'image', 'x-new'), fc.boolean()))
  .map(([{ upstream: name, alias }, rest]) => ({ ...rest, name, alias }));

/** One provider as a server might show it: lists absent, null or filled, names empty or twice. */
const providerEntry: fc.Arbitrary<ProviderEntry> = fc
  .record(
    {
      name: fc.constantFrom('Relay A', 'relay a', 'Relay B', 'codex', '', 'team'),
      'base-url': fc.tuple(host, fc.constantFrom('', '/', '/v1', '/api/v3')).map((p) => p.join('')),
      disabled: fc.boolean(),
      'api-key-entries': fc.option(fc.array(keyEntry, { maxLength: 4 })),
      models: fc.option(fc.array(storedModel, { maxLength: 3 })),
      rest: unknownFields,
    },
    { requiredKeys: ['name', 'base-url', 'rest'] },
  )
  .map(({ rest, ...known }) => ({ ...rest, ...known }));

export const providerList = fc.array(providerEntry, { maxLength: 6 });

export const importDraft: fc.Arbitrary<ImportDraft> = fc.record({
  apiKey,
  name: fc.constantFrom('Relay A', 'my key', 'codex', 'Relay B', '  '),
  baseUrl: host.map((origin) => `${origin}/v1`),
  models: fc.uniqueArray(model, { minLength: 1, maxLength: 4 }),
});
