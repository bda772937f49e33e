import { RefreshCw } from 'lucide-react';
import { PROVIDER_KINDS } from '../../lib/core/changes/provider.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { ImportDialog as DialogView, ImportForm } from '../../lib/core/import-view.ts';
import { baseUrlNoteWords } from '../../lib/core/relay/base-url-words.ts';
import { say, type Words } from '../../lib/core/words/words.ts';
import { BaseUrlHint } from '../keys/base-url-hint.tsx';
import { FailurePanel } from '../ui/failure-panel.tsx';
import { TextField } from '../ui/field.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { Sentences, T, useText } from '../ui/language.tsx';
import { Select } from '../ui/select.tsx';
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
  return (
    <>
      <div className="d-sec flex flex-none flex-col gap-3 border-b border-line">
        <div className="grid grid-cols-[minmax(0,1fr)_192px] gap-3">
          <TextField
            label={say('import_provider_name')}
            value={form.name}
            onChange={(name) => onChange({ ...form, name, answers: elsewhere(form) })}
            readOnly={view.existing !== undefined}
          />
          <Select
            label={t('import_kind')}
            showLabel
            value="openai-compatibility"
            choices={PROVIDER_KINDS.filter((kind) => kind === 'openai-compatibility').map(
              (kind) => ({
                value: kind,
                label: kind,
              }),
            )}
            onChange={() => {}}
          />
        </div>
        <TextField
          label={say('key_form_base_url')}
          value={form.baseUrl}
          onChange={(baseUrl) => onChange({ ...form, baseUrl, answers: elsewhere(form) })}
          hint={<BaseUrlReason view={view} form={form} />}
          readOnly={view.existing !== undefined}
          mono
        />
        {view.existing && <ExistingNote existing={view.existing} />}
      </div>
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
        ownProvider={view.existing?.name}
        onChange={(models) =>
          onChange({ ...form, models, answers: modelAnswers(view, form, models) })
        }
        action={
          <button
            type="button"
            className="btn ghost sm square"
            aria-label={t('import_refresh')}
            title={t('import_refresh')}
            onClick={onRefresh}
          >
            <RefreshCw className="icon" aria-hidden="true" />
          </button>
        }
      >
        {view.models.state === 'failed' && (
          <ModelsMissing
            failure={view.models.failure}
            relay={relayOf(form)}
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
const modelAnswers = (view: DialogView, { answers }: ImportForm, models: ImportForm['models']) => ({
  ...answers,
  addModels: view.existing && models.length > 0 ? true : undefined,
});

/** Where the key goes has to be decided anew under another name or base URL. */
const elsewhere = ({ answers }: ImportForm) => ({ ...answers, provider: undefined });

const relayOf = ({ baseUrl }: ImportForm): string =>
  URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;

/** What the base URL becomes and why, and whether the relay has answered under it. */
function BaseUrlReason({ view, form }: { view: DialogView; form: ImportForm }) {
  const { models } = view;
  const answered = models.state === 'read' && models.baseUrl === form.baseUrl;
  if (!answered && form.baseUrl !== view.form.baseUrl) return <BaseUrlHint typed={form.baseUrl} />;
  const reasons = answered ? reasonsAnswered(view, relayOf(form)) : reasonsOf(view);
  if (reasons.length === 0) return null;
  return (
    <p className="hint">
      {answered && <Glyph state="ok" />}
      <span>
        <Sentences of={reasons} />
      </span>
    </p>
  );
}

/** An Anthropic-style address without a twin stands there as it was entered. */
function reasonsOf({ insteadOf, baseUrlNotes, form }: DialogView): Words[] {
  if (insteadOf === undefined) return baseUrlNoteWords(baseUrlNotes, form.baseUrl);
  return insteadOf === form.baseUrl ? [] : [say('base_url_openai_twin')];
}

/** That the relay answers there is the better reason for a version that was added. */
function reasonsAnswered(view: DialogView, relay: string): Words[] {
  const reasons = reasonsOf(view);
  const others = reasons.filter(({ key }) => key !== 'base_url_version_added');
  const wasAdded = others.length < reasons.length;
  return [...others, say(wasAdded ? 'base_url_version_answers' : 'base_url_answers', { relay })];
}

function ExistingNote({ existing }: { existing: NonNullable<DialogView['existing']> }) {
  const { name, models, disabled } = existing;
  return (
    <p className="xs text-muted">
      <T
        k={disabled ? 'import_existing_disabled' : 'import_existing'}
        provider={name}
        models={models}
      />
    </p>
  );
}
