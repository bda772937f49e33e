import type { Decision, ImportAnswers } from '../../lib/core/changes/import.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
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
      {preview && !preview.isOpen && <PreviewView preview={preview} server={view.server.name} />}
    </div>
  );
}

function PreviewView({ preview, server }: { preview: ImportPreview; server: string }) {
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
        title={<T k={preview.write === 'PATCH' ? 'diff_patch' : 'diff_put'} />}
        lines={preview.diff}
      />
    </>
  );
}
