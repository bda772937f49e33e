import type { Model } from './model.ts';
import type { State, Token } from './state.ts';

/** The models and prices of the recorded site. */
export const recordedModels: readonly Model[] = [
  {
    id: 'gpt-4o',
    groups: ['default'],
    price: { vendor_id: 1, model_ratio: 1.25, completion_ratio: 4, cache_ratio: 0.5 },
  },
  {
    id: 'gpt-4o-mini',
    groups: ['default'],
    price: { vendor_id: 1, model_ratio: 0.075, completion_ratio: 4, cache_ratio: 0.5 },
  },
  { id: 'my-custom-model', groups: ['default'] },
];

/** A model like another, for tests that care for the name only. */
export function pricedModel(id: string): Model {
  const price = { vendor_id: 1, model_ratio: 1, completion_ratio: 1, cache_ratio: 1 };
  return { id, groups: ['default'], price };
}

/**
 * What `GET /v1/models` lists for a token: offered to the group, priced, and within the limits of
 * the token.
 */
export function modelsOfToken(state: State, token: Token, group: string): Model[] {
  return state.models.filter(
    (model) => model.price && model.groups.includes(group) && isWithinLimits(token, model.id),
  );
}

export function isWithinLimits(token: Token, model: string): boolean {
  return !token.model_limits_enabled || modelLimits(token).includes(model);
}

export function modelLimits(token: Token): string[] {
  return token.model_limits === '' ? [] : token.model_limits.split(',');
}

/** The body of `GET /api/pricing`; a version stands on the first model only, as recorded. */
export function pricing(state: State): object {
  return {
    auto_groups: ['default'],
    data: state.models.map((model, index) => ({
      ...pricingEntry(model),
      ...(index === 0 && {
        pricing_version: '5a90f2b86c08bd983a9a2e6d66c255f4eaef9c4bc934386d2b6ae84ef0ff1f1f',
      }),
    })),
    group_ratio: Object.fromEntries(Object.keys(state.groups).map((group) => [group, 1])),
    pricing_version: 'a42d372ccf0b5dd13ecf71203521f9d2',
    success: true,
    supported_endpoint: { openai: { path: '/v1/chat/completions', method: 'POST' } },
    usable_group: state.groups,
    vendors: [{ id: 1, name: 'OpenAI', icon: 'OpenAI' }],
  };
}

/** 37.5 is the ratio New API shows for a model that has no price. */
function pricingEntry({ id, groups, price }: Model): object {
  return {
    model_name: id,
    quota_type: 0,
    model_price: 0,
    owner_by: '',
    enable_groups: groups,
    supported_endpoint_types: ['openai'],
    ...(price ?? { model_ratio: 37.5, completion_ratio: 1 }),
  };
}
