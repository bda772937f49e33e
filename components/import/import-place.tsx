import { CornerDownRight } from 'lucide-react';
import { hasManyKeys } from '../../lib/core/changes/kinds.ts';
import { PROVIDER_KINDS, type ProviderKind } from '../../lib/core/changes/provider.ts';
import { existingFor, withKind } from '../../lib/core/import-form.ts';
import type { ImportDialog as DialogView, ImportForm } from '../../lib/core/import-view.ts';
import { baseUrlNoteWords } from '../../lib/core/relay/base-url-words.ts';
import { baseUrlForKind } from '../../lib/core/relay/kind-base-url.ts';
import { say, type WordKey, type Words } from '../../lib/core/words/words.ts';
import { BaseUrlHint } from '../keys/base-url-hint.tsx';
import { Hint, TextField } from '../ui/field.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { Sentences, T, useText } from '../ui/language.tsx';
import { Select } from '../ui/select.tsx';

interface ImportPlaceProps {
  view: DialogView;
  form: ImportForm;
  onChange(form: ImportForm): void;
}

const KIND_WORDS: Record<ProviderKind, WordKey> = {
  'openai-compatibility': 'kind_openai',
  'claude-api-key': 'kind_claude',
  'gemini-api-key': 'kind_gemini',
  'codex-api-key': 'kind_codex',
};

/** Into which list the key goes, under which name, and to which address it will be sent. */
export function ImportPlace({ view, form, onChange }: ImportPlaceProps) {
  const t = useText();
  const isNamed = hasManyKeys(form.kind);
  const existing = existingFor(view, form);
  const kind = (
    <Select
      label={t('import_kind')}
      showLabel
      value={form.kind}
      choices={PROVIDER_KINDS.map((value) => ({ value, label: t(KIND_WORDS[value]) }))}
      onChange={(value) => onChange(withKind(view, form, value))}
    />
  );
  return (
    <div className="d-sec flex flex-none flex-col gap-3 border-b border-line">
      {isNamed ? (
        <div className="grid grid-cols-[minmax(0,1fr)_192px] gap-3">
          <TextField
            label={say('import_provider_name')}
            value={form.name}
            onChange={(name) => onChange({ ...form, name, answers: elsewhere(form) })}
            readOnly={existing !== undefined}
          />
          {kind}
        </div>
      ) : (
        <div>
          {kind}
          <p className="hint mt-1">
            <span>
              <T k="kind_single" kind={t(KIND_WORDS[form.kind])} />
            </span>
          </p>
        </div>
      )}
      <TextField
        label={say('key_form_base_url')}
        value={form.baseUrl}
        onChange={(baseUrl) => onChange({ ...form, baseUrl, answers: elsewhere(form) })}
        hint={isNamed ? <BaseUrlReason view={view} form={form} /> : <KindBaseUrl form={form} />}
        readOnly={existing !== undefined}
        mono
      />
      {existing && <ExistingNote existing={existing} />}
    </div>
  );
}

/** Where the key goes has to be decided anew under another name or base URL. */
const elsewhere = ({ answers }: ImportForm) => ({ ...answers, provider: undefined });

const relayOf = ({ baseUrl }: ImportForm): string =>
  URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;

/** What a list of single keys makes of a base URL. */
function KindBaseUrl({ form: { kind, baseUrl: typed } }: { form: ImportForm }) {
  const base = baseUrlForKind(kind, typed);
  if (!base.ok) return <Hint words={say('key_form_base_url_hint')} />;
  if (base.value === '') return <Hint words={say(OFFICIAL_WORDS[kind])} />;
  if (base.value === typed.trim()) return null;
  return (
    <p className="hint">
      <CornerDownRight className="icon" aria-hidden="true" />
      <span className="mono">{base.value}</span>
    </p>
  );
}

const OFFICIAL_WORDS: Record<ProviderKind, WordKey> = {
  'openai-compatibility': 'key_form_base_url_hint',
  'claude-api-key': 'kind_claude_official',
  'gemini-api-key': 'kind_gemini_official',
  'codex-api-key': 'key_form_base_url_hint',
};

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
