import type { Decision, ImportAnswers } from '../../lib/core/changes/import.ts';
import type { ProviderKind } from '../../lib/core/changes/provider.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import { existingFor } from '../../lib/core/import-form.ts';
import type {
  ChangeLine,
  ImportDialog as DialogView,
  ImportForm,
  ImportPreview,
} from '../../lib/core/import-view.ts';
import { FailurePanel } from '../ui/failure-panel.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { T } from '../ui/language.tsx';
import { ChangeLines } from './change-lines.tsx';
import { DecisionCallout } from './decision-callout.tsx';
import { Diff } from './diff.tsx';

interface ChangesTabProps {
  view: DialogView;
  form: ImportForm;
  preview: ImportPreview | undefined;
  failure: Failure | undefined;
  onChange(form: ImportForm): void;
}

/** What exactly would change on the server, and what has to be decided before. */
export function ChangesTab({ view, form, preview, failure, onChange }: ChangesTabProps) {
  const answer = (answers: ImportAnswers) =>
    onChange({ ...form, answers: { ...form.answers, ...answers } });
  const context = { server: view.server.name };
  return (
    <div className="p-body d-sec flex flex-col gap-3">
      {failure && <FailurePanel failure={failure} context={context} />}
      {!preview && !failure && (
        <p className="text-muted">
          <T k="changes_reading" />
        </p>
      )}
      {preview?.decisions.map((decision: Decision) => (
        <DecisionCallout key={decision.code} decision={decision} form={form} onAnswer={answer} />
      ))}
      {view.canSwitchOff && !existingFor(view, form) && (
        <label className="choice">
          <input
            type="checkbox"
            className="check"
            checked={form.answers.switchedOff === true}
            onChange={({ target }) => answer({ switchedOff: target.checked || undefined })}
          />
          <span>
            <T k="import_switched_off" />
            <span className="xs block text-muted">
              <T k="import_switched_off_detail" />
            </span>
          </span>
        </label>
      )}
      {preview && !preview.isOpen && (
        <PreviewView preview={preview} kind={form.kind} server={view.server.name} />
      )}
    </div>
  );
}

interface PreviewViewProps {
  preview: ImportPreview;
  kind: ProviderKind;
  server: string;
}

function PreviewView({ preview, kind, server }: PreviewViewProps) {
  if (!preview.write) {
    return (
      <div className="callout calm">
        <Glyph state="same" />
        <div>
          <p className="font-semibold">
            <T k="changes_nothing" />
          </p>
          <p className="text-muted">
            <T k="changes_nothing_detail" provider={preview.provider} />
          </p>
        </div>
      </div>
    );
  }
  return (
    <>
      <section>
        <h2 className="label mb-1">
          <T k="changes_on" provider={preview.provider} server={server} />
        </h2>
        <ChangeLines lines={preview.lines as readonly ChangeLine[]} />
      </section>
      <Diff
        title={<T k={preview.write === 'PATCH' ? 'diff_patch' : 'diff_put'} kind={kind} />}
        lines={preview.diff}
      />
    </>
  );
}
