import type { FormEvent } from 'react';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { KeyForm as KeyFormValue } from '../../lib/core/protocol.ts';
import { FIXED_MASK } from '../../lib/core/secrets.ts';
import { say } from '../../lib/core/words/words.ts';
import { FailurePanel, fieldProblem } from '../ui/failure-panel.tsx';
import { Hint, type Problem, SecretField, TextField } from '../ui/field.tsx';
import { T } from '../ui/language.tsx';
import { PageDialog } from '../ui/page-dialog.tsx';
import { BaseUrlHint } from './base-url-hint.tsx';

interface KeyFormProps {
  value: KeyFormValue;
  failure: Failure | undefined;
  isSaving: boolean;
  onChange(value: KeyFormValue): void;
  onSave(value: KeyFormValue): void;
  onClose(): void;
}

/** A relay key typed in by hand, new or changed. */
export function KeyForm({ value, failure, isSaving, onChange, onSave, onClose }: KeyFormProps) {
  const isNew = value.id === undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(value);
  };
  const fieldOf = failure && fieldOfFailure(failure);
  const problemIn = (field: FormField): Problem | undefined =>
    failure && fieldOf === field ? fieldProblem(failure) : undefined;
  return (
    <PageDialog title={say(isNew ? 'key_form_add' : 'key_form_edit')} onClose={onClose}>
      <form className="flex min-h-0 grow flex-col" onSubmit={submit}>
        <div className="d-sec flex grow flex-col gap-4 overflow-y-auto">
          <TextField
            label={say('key_form_name')}
            value={value.name}
            onChange={(name) => onChange({ ...value, name })}
            hint={<Hint words={say('key_form_name_hint')} />}
            autoFocus
          />
          <TextField
            label={say('key_form_base_url')}
            value={value.baseUrl}
            onChange={(baseUrl) => onChange({ ...value, baseUrl, plainHttpAccepted: false })}
            problem={problemIn('baseUrl')}
            hint={<BaseUrlHint typed={value.baseUrl} />}
            placeholder="https://relay.example"
            mono
          />
          <SecretField
            label={say('key_form_api_key')}
            value={value.apiKey ?? ''}
            onChange={(apiKey) => onChange({ ...value, apiKey })}
            problem={problemIn('apiKey')}
            placeholder={isNew ? 'sk-…' : FIXED_MASK}
            hint={<Hint words={say(isNew ? 'key_form_api_key_hint' : 'key_form_api_key_kept')} />}
            mono
          />
          {failure && (
            <FailurePanel
              failure={failure}
              isAtField={fieldOf !== undefined}
              onAction={{ insist: () => onSave({ ...value, plainHttpAccepted: true }) }}
            />
          )}
        </div>
        <footer className="d-foot">
          <p className="xs grow text-subtle">
            <T k="key_form_sealed" />
          </p>
          <button type="button" className="btn" onClick={onClose}>
            <T k="action_cancel" />
          </button>
          <button type="submit" className="btn primary" aria-disabled={isSaving}>
            <T k="key_form_save" />
          </button>
        </footer>
      </form>
    </PageDialog>
  );
}

type FormField = 'baseUrl' | 'apiKey';

function fieldOfFailure({ code }: Failure): FormField | undefined {
  if (code === 'input/base-url' || code === 'input/plain-http') return 'baseUrl';
  return code === 'input/secret' || code === 'input/is-management-key' ? 'apiKey' : undefined;
}
