import { RefreshCw } from 'lucide-react';
import type { Failure } from '../../lib/core/failures/failure.ts';
import { existingFor } from '../../lib/core/import-form.ts';
import type { ImportDialog as DialogView, ImportForm } from '../../lib/core/import-view.ts';
import { hostOf } from '../../lib/core/relay/base-url.ts';
import { FailurePanel } from '../ui/failure-panel.tsx';
import { useText } from '../ui/language.tsx';
import { ImportPlace } from './import-place.tsx';
import { ModelPicker } from './model-picker.tsx';
import { ModelsMissing } from './models-missing.tsx';

export interface ModelsTabProps {
  view: DialogView;
  form: ImportForm;
  /** Why the import cannot be had as it stands. */
  failure: Failure | undefined;
  onChange(form: ImportForm): void;
  /** Asks the relay again. */
  onRefresh(): void;
  /** Asks the person to let this browser read the relay. */
  onAllowRelay(): void;
}

/** Where the key goes, and the models that come with it. */
export function ModelsTab({
  view,
  form,
  failure,
  onChange,
  onRefresh,
  onAllowRelay,
}: ModelsTabProps) {
  const t = useText();
  const existing = existingFor(view, form);
  return (
    <>
      <ImportPlace view={view} form={form} onChange={onChange} />
      {failure && failure.code !== 'input/base-url' && (
        <div className="flex-none px-4 pt-3">
          <FailurePanel failure={failure} context={{ server: view.server.name }} />
        </div>
      )}
      <ModelPicker
        upstream={view.models.state === 'read' ? view.models.upstream : []}
        isReading={view.models.state === 'reading'}
        chosen={form.models}
        pools={view.pools}
        ownProvider={existing?.name}
        onChange={(models) =>
          onChange({ ...form, models, answers: modelAnswers(view, form, models) })
        }
        action={
          form.baseUrl !== '' && (
            <button
              type="button"
              className="btn ghost sm square"
              aria-label={t('import_refresh')}
              title={t('import_refresh')}
              onClick={onRefresh}
            >
              <RefreshCw className="icon" aria-hidden="true" />
            </button>
          )
        }
      >
        {view.models.state === 'failed' && (
          <ModelsMissing
            failure={view.models.failure}
            relay={hostOf(form.baseUrl)}
            server={view.server.name}
            onRefresh={onRefresh}
            onAllowRelay={onAllowRelay}
          />
        )}
      </ModelPicker>
    </>
  );
}

/** A provider that is there already gets the models that are ticked, and none where none is. */
const modelAnswers = (view: DialogView, form: ImportForm, models: ImportForm['models']) => ({
  ...form.answers,
  addModels: existingFor(view, form) && models.length > 0 ? true : undefined,
});
