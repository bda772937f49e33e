import type { ModelAlias } from '../changes/provider.ts';

/** Beyond this many, models are for the person to choose from. */
const MANY_MODELS = 300;

export const isMany = (upstream: readonly string[]): boolean => upstream.length > MANY_MODELS;

/** The models that are chosen before the person has looked: all, or of many none. */
export const choicesInAdvance = (upstream: readonly string[]): ModelAlias[] =>
  isMany(upstream) ? [] : aliasesFor(upstream);

/** The names under which clients will ask for a relay's models: to begin with, the relay's own. */
export const aliasesFor = (upstream: readonly string[]): ModelAlias[] =>
  upstream.map((id) => ({ upstream: id, alias: id }));
