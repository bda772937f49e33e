import { hasManyKeys } from './changes/kinds.ts';
import type { ProviderKind } from './changes/provider.ts';
import type { ImportDialog, ImportForm } from './import-view.ts';
import { choicesInAdvance } from './models/alias-rules.ts';
import { baseUrlForKind } from './relay/kind-base-url.ts';

/** The provider that gets the key, if the form goes to the list in which it stands. */
export const existingFor = (view: ImportDialog, { kind }: ImportForm): ImportDialog['existing'] =>
  kind === 'openai-compatibility' ? view.existing : undefined;

/**
 * The form for another list: its base URL in the form of that list, the models that are
 * ticked there to begin with, and nothing answered. A base URL that the person typed stays
 * theirs.
 */
export function withKind(view: ImportDialog, form: ImportForm, kind: ProviderKind): ImportForm {
  const isTyped = form.baseUrl !== view.baseUrls[form.kind];
  const typed = isTyped ? baseUrlForKind(kind, form.baseUrl) : undefined;
  return {
    ...form,
    kind,
    baseUrl: typed?.ok ? typed.value : view.baseUrls[kind],
    models: modelsInAdvance(view, kind),
    answers: {},
  };
}

/** A single key serves the built-in catalogue of its kind: models are only a choice there. */
function modelsInAdvance({ models, existing }: ImportDialog, kind: ProviderKind) {
  const isFilled = !hasManyKeys(kind) || (existing?.models ?? 0) > 0;
  return isFilled || models.state !== 'read' ? [] : choicesInAdvance(models.upstream);
}
