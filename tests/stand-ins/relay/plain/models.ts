import { jsonReply, type Reply } from '../http.ts';
import type { Vendor } from './vendors.ts';

/** A model by its id, or with fields of its own in the list. */
export type UpstreamModel = string | { id: string; [field: string]: unknown };

/** `model-0001`, `model-0002`, …: as many ids as a test wants. */
export function generatedModels(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `model-${String(index + 1).padStart(4, '0')}`);
}

/** The answer to `GET <base>/models`. */
export function modelListReply(models: readonly UpstreamModel[], vendor: Vendor): Reply {
  const entry = vendor.entry ?? openAiEntry;
  const entries = models.map((model) =>
    typeof model === 'string' ? { id: model, ...entry(model) } : { ...entry(model.id), ...model },
  );
  const list = vendor.list?.(entries) ?? { object: 'list', data: entries };
  return jsonReply(200, list, 'application/json');
}

export function hasModel(models: readonly UpstreamModel[], id: string): boolean {
  return models.some((model) => (typeof model === 'string' ? model : model.id) === id);
}

/** OpenAI API reference, the model object. */
function openAiEntry(): object {
  return { object: 'model', created: 1626777600, owned_by: 'stand-in' };
}
