import { Plus, X } from 'lucide-react';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { ServerForm } from '../../lib/core/server/server.ts';
import { MAX_HEADERS } from '../../lib/core/server/server-form.ts';
import { say } from '../../lib/core/words/words.ts';
import { fieldProblem } from '../ui/failure-panel.tsx';
import { type Problem, ProblemHint, SecretField, TextField } from '../ui/field.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { T, useText } from '../ui/language.tsx';
import { AddressField } from './address-field.tsx';

interface ServerFieldsProps {
  form: ServerForm;
  failure: Failure | undefined;
  /** Wrong keys of ours that the server may still count; said where a key is stored. */
  refusals?: number | undefined;
  onChange(form: ServerForm): void;
}

/** What a server is made of: a name, an address, a key, and what a proxy in front may ask for. */
export function ServerFields({ form, failure, refusals, onChange }: ServerFieldsProps) {
  const problemIn = problemFinder(failure);
  return (
    <>
      <TextField
        label={say('server_name')}
        value={form.name}
        onChange={(name) => onChange({ ...form, name })}
        problem={problemIn('name')}
      />
      <AddressField
        value={form.address}
        onChange={(address) => onChange({ ...form, address, plainHttpAccepted: false })}
        problem={problemIn('address')}
      />
      <KeyField form={form} problem={problemIn('key')} refusals={refusals} onChange={onChange} />
      <HeaderFields form={form} problem={problemIn('header')} onChange={onChange} />
    </>
  );
}

type Part = 'name' | 'address' | 'key' | 'header';

/** Which part of the form a failure is about. */
export function partOfFailure({ code }: Failure): Part | undefined {
  const parts: Partial<Record<Failure['code'], Part>> = {
    'input/name': 'name',
    'input/address': 'address',
    'input/plain-http': 'address',
    'input/secret': 'key',
    'input/header': 'header',
  };
  return parts[code];
}

export const problemFinder =
  (failure: Failure | undefined) =>
  (part: Part): Problem | undefined =>
    failure && partOfFailure(failure) === part ? fieldProblem(failure) : undefined;

interface KeyFieldProps {
  form: ServerForm;
  problem: Problem | undefined;
  refusals?: number | undefined;
  onChange(form: ServerForm): void;
}

export function KeyField({ form, problem, refusals, onChange }: KeyFieldProps) {
  const t = useText();
  const isKept = form.id !== undefined;
  return (
    <SecretField
      label={say('server_key')}
      value={form.managementKey ?? ''}
      onChange={(managementKey) => onChange({ ...form, managementKey })}
      problem={problem}
      placeholder={isKept ? t('server_key_kept') : undefined}
      hint={
        <p className="hint">
          <span>
            {refusals === undefined ? (
              <T k="server_key_hint" />
            ) : (
              <T k="server_key_refusals" count={refusals} />
            )}
          </span>
        </p>
      }
      mono
    />
  );
}

/** Extra request headers, for what stands in front of the server. Their values are sealed like keys. */
function HeaderFields({
  form,
  problem,
  onChange,
}: {
  form: ServerForm;
  problem: Problem | undefined;
  onChange(form: ServerForm): void;
}) {
  const t = useText();
  const { headers } = form;
  const setHeader = (at: number, header: ServerForm['headers'][number]) =>
    onChange({ ...form, headers: headers.with(at, header) });
  const asksAuthorization = headers.some(({ name }) => /^authorization$/i.test(name.trim()));
  return (
    <fieldset className="field gap-2">
      <legend className="label mb-1">
        <T k="server_headers" />
      </legend>
      {headers.map(({ name, value }, at) => (
        // Headers have no other identity than their place in the form.
        <div className="flex items-center gap-2" key={at}>
          <div className="input grow">
            <input
              className="mono"
              aria-label={t('server_header_name', { number: at + 1 })}
              placeholder="CF-Access-Client-Id"
              value={name}
              autoComplete="off"
              onChange={(event) => setHeader(at, { name: event.target.value, value })}
            />
          </div>
          <div className="input grow">
            <input
              className="mono"
              type="password"
              autoComplete="off"
              aria-label={t('server_header_value', { number: at + 1 })}
              placeholder={form.id !== undefined && value === undefined ? t('server_key_kept') : ''}
              value={value ?? ''}
              onChange={(event) => setHeader(at, { name, value: event.target.value })}
            />
          </div>
          <button
            type="button"
            className="btn ghost sm square"
            aria-label={t('server_header_remove', { number: at + 1 })}
            title={t('server_header_remove', { number: at + 1 })}
            onClick={() => onChange({ ...form, headers: headers.toSpliced(at, 1) })}
          >
            <X className="icon" aria-hidden="true" />
          </button>
        </div>
      ))}
      {asksAuthorization && (
        <p className="hint warn">
          <Glyph state="fail" tone="warn" />
          <span>
            <T k="server_header_authorization" />
          </span>
        </p>
      )}
      {problem && <ProblemHint problem={problem} />}
      {headers.length < MAX_HEADERS && (
        <button
          type="button"
          className="btn ghost sm -ms-2 self-start"
          onClick={() => onChange({ ...form, headers: [...headers, { name: '', value: '' }] })}
        >
          <Plus className="icon" aria-hidden="true" />
          <T k="server_header_add" />
        </button>
      )}
    </fieldset>
  );
}
