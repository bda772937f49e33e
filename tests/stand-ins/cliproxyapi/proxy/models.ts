import { type Call, json } from '../messages.ts';
import type { Handler } from '../server.ts';
import type { Features } from '../versions.ts';
import { routesOf } from './routes.ts';

/** GET /v1/models. Recorded in all versions, scenarios v1-models-auth, oc-visibility, claude-nomodels, e2e-401. */
export const listModels: Handler = (call, { store, features, health, clock }) => {
  const served = [...routesOf(store.served(), features)].filter(([id, routes]) =>
    routes.some(({ credential }) => !health.isHidden(credential.id, id)),
  );
  const models = served.map(([id, [route]]) => ({
    id,
    owner: route?.owner ?? '',
    channel: route?.channel ?? '',
    upstreamModel: route?.upstreamModel ?? '',
  }));
  const created = Math.floor(clock.now() / 1000);
  if (asksForAnthropic(call, features)) return json(200, anthropicList(models, created, features));
  return json(200, {
    data: models.map(({ id, owner }) => ({ created, id, object: 'model', owned_by: owner })),
    object: 'list',
  });
};

function asksForAnthropic({ headers }: Call, features: Features): boolean {
  return (
    (headers['user-agent'] ?? '').startsWith('claude-cli') ||
    (features.has('anthropic-version-header') && headers['anthropic-version'] !== undefined)
  );
}

interface ServedModel {
  id: string;
  owner: string;
  channel: string;
  upstreamModel: string;
}

/** The list in Anthropic's form, which has grown over time. Scenario v1-models-auth. */
function anthropicList(
  models: readonly ServedModel[],
  created: number,
  features: Features,
): unknown {
  if (!features.has('anthropic-list-ends')) {
    const isAlias = features.has('anthropic-names-are-ids');
    const data = models.map((model) => ({
      created,
      ...named(model),
      ...(!isAlias && { display_name: model.upstreamModel }),
      type: model.channel,
    }));
    return { data };
  }
  const data = features.has('anthropic-disguise')
    ? models.map((model) => disguised(model, new Date(created * 1000)))
    : models.map((model) => ({ created_at: created, ...named(model), type: 'model' }));
  return { data, first_id: data[0]?.id ?? '', has_more: false, last_id: data.at(-1)?.id ?? '' };
}

function named({ id, owner }: ServedModel) {
  return { display_name: id, id, object: 'model', owned_by: owner };
}

/** Since v7.2.99 an id is written backwards behind the name of a Claude model. */
function disguised({ id, owner }: ServedModel, created: Date) {
  return {
    created_at: created.toISOString(),
    display_name: id,
    id: `claude-fable-5-dd-${Array.from(id).reverse().join('')}`,
    max_input_tokens: 200_000,
    max_tokens: 64_000,
    object: 'model',
    owned_by: owner,
    type: 'model',
  };
}
