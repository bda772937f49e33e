import fc from 'fast-check';
import type { ImportDraft, ImportWish } from '../../../lib/core/changes/import.ts';
import {
  type ModelAlias,
  PROVIDER_KINDS,
  type ProviderEntry,
  type ProviderLists,
  refOf,
} from '../../../lib/core/changes/provider.ts';

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

/** One key of a claude, gemini or codex list, as a server might show it. */
const singleEntry: fc.Arbitrary<ProviderEntry> = fc
  .record(
    {
      'api-key': fc.oneof({ weight: 9, arbitrary: apiKey }, fc.constant('')),
      'base-url': fc.option(
        host.map((origin) => `${origin}/`),
        { nil: '' },
      ),
      'excluded-models': fc.constantFrom(['*'], ['gpt-4*'], []),
      'auth-index': fc.string(),
      models: fc.option(fc.array(storedModel, { maxLength: 3 })),
      rest: unknownFields,
    },
    { requiredKeys: ['api-key', 'rest'] },
  )
  .map(({ rest, ...known }) => ({ ...rest, ...known }));

const singleList = fc.array(singleEntry, { maxLength: 4 });

export const providerLists: fc.Arbitrary<Required<ProviderLists>> = fc.record({
  'openai-compatibility': providerList,
  'claude-api-key': singleList,
  'gemini-api-key': singleList,
  'codex-api-key': singleList,
});

/** Answers, a chosen provider by its place in the list of `openai-compatibility`. */
const answers = fc.record(
  {
    provider: fc.oneof(fc.constant('new' as const), fc.nat({ max: 5 })),
    addModels: fc.boolean(),
    withoutModels: fc.boolean(),
    sharedAliases: fc.boolean(),
    keyElsewhere: fc.constantFrom('leave' as const, 'add' as const),
    disabledProvider: fc.constantFrom('leave-off' as const, 'switch-on' as const),
  },
  { requiredKeys: [] },
);

const wish = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constant('openai-compatibility' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...PROVIDER_KINDS) },
  ),
  apiKey,
  name: fc.constantFrom('Relay A', 'my key', 'codex', 'Relay B', '  '),
  baseUrl: host.map((origin) => `${origin}/v1`),
  models: fc.option(fc.uniqueArray(model, { maxLength: 4 }), { nil: undefined }),
  answers,
});

/** Without keys that are sent to a provider of another base URL and wanted elsewhere too: what holds then is not told. */
const withoutTorn = (wishes: ImportWish[]) =>
  wishes.filter(
    (wish) =>
      !wishes.some(
        (other) =>
          other.apiKey === wish.apiKey &&
          typeof other.answers.provider === 'object' &&
          (other.baseUrl !== wish.baseUrl || other.kind !== wish.kind),
      ),
  );

/** The wishes with a chosen provider for a place in the list. */
function chosenFrom(list: readonly ProviderEntry[], given: readonly GivenWish[]): ImportWish[] {
  return given.map(({ answers: { provider, ...said }, ...rest }, at) => {
    const entry = typeof provider === 'number' ? list[provider] : undefined;
    const place = entry ? refOf(entry) : provider === 'new' ? provider : undefined;
    return { ...rest, id: `wish-${at}`, answers: { ...said, ...(place && { provider: place }) } };
  });
}

type GivenWish = typeof wish extends fc.Arbitrary<infer Given> ? Given : never;

/** Lists of a server, and wishes of which many meet each other, what is there, and a chosen provider. */
export const batch: fc.Arbitrary<{ lists: Required<ProviderLists>; wishes: ImportWish[] }> = fc
  .record({ lists: providerLists, given: fc.array(wish, { maxLength: 8 }) })
  .map(({ lists, given }) => ({
    lists,
    wishes: withoutTorn(chosenFrom(lists['openai-compatibility'], given)),
  }));
