import type { Features } from '../versions.ts';

/** A model as a client asks for it. */
export interface AskedModel {
  /** One of the ids in the list of models, if there is such a model. */
  id: string;
  /** What stood behind it in brackets, e.g. `high`. */
  suffix: string;
}

/** The model that a request means by `name`. Recorded in all versions, scenario e2e-model-ids. */
export function askedModel(
  name: string,
  isServed: (id: string) => boolean,
  features: Features,
): AskedModel {
  if (!features.has('thinking-suffix')) return { id: name, suffix: '' };
  const asked = features.has('thinking-suffix-cut') ? name.trim() : name;
  const { model, suffix } = splitSuffix(asked);
  return { id: isServed(model) ? model : asked, suffix };
}

/** What the relay is asked for: its name of the model, and how much to think. Scenario e2e-model-ids. */
export function relayModel(
  upstreamModel: string,
  suffix: string,
  features: Features,
): { model: string; reasoning_effort?: string } {
  const own = features.has('thinking-suffix-cut')
    ? splitSuffix(upstreamModel)
    : { model: upstreamModel, suffix: '' };
  const effort = effortOf(own.suffix || suffix);
  return { model: own.model, ...(effort && { reasoning_effort: effort }) };
}

/** The words and numbers of tokens that v7.2.140 knows; others say nothing. Older versions tell more levels apart. */
function effortOf(suffix: string): string | undefined {
  const word = suffix.toLowerCase();
  if (/^\d+$/.test(word)) {
    if (Number(word) <= 1024) return 'low';
    return Number(word) <= 8192 ? 'medium' : 'high';
  }
  return ['low', 'medium', 'high'].includes(word) ? word : undefined;
}

function splitSuffix(name: string): { model: string; suffix: string } {
  const [, model, suffix = ''] = /^(.*)\(([^()]*)\)$/s.exec(name) ?? [];
  return { model: model?.trim() ?? name, suffix };
}
