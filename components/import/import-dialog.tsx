import { useId, useState } from 'react';
import { hasManyKeys } from '../../lib/core/changes/kinds.ts';
import { existingFor } from '../../lib/core/import-form.ts';
import type {
  ImportDialog as DialogView,
  ImportForm,
  ImportPreview,
} from '../../lib/core/import-view.ts';
import { say } from '../../lib/core/words/words.ts';
import { Glyph } from '../ui/glyph.tsx';
import { Say, T } from '../ui/language.tsx';
import { PageDialog } from '../ui/page-dialog.tsx';
import { ChangesTab } from './changes-tab.tsx';
import { ModelsTab, type ModelsTabProps } from './models-tab.tsx';

export interface ImportDialogProps extends ModelsTabProps {
  view: DialogView;
  form: ImportForm;
  /** What the import would do, as far as that is known. */
  preview: ImportPreview | undefined;
  startsAt: DialogTab;
  onChange(form: ImportForm): void;
  onImport(): void;
  onClose(): void;
}

export type DialogTab = 'models' | 'changes';

/** The import of one key, with everything prefilled: what is served under which name, and what exactly changes. */
export function ImportDialog(props: ImportDialogProps) {
  const { view, form, preview, failure, startsAt, onImport, onClose } = props;
  const [tab, setTab] = useState<DialogTab>(startsAt);
  const id = useId();
  const mustDecide = preview !== undefined && preview.decisions.length > 0;
  // An answer that was filled in counts only once the person has seen the question.
  const isReady = !preview?.isOpen && (tab === 'changes' || !mustDecide);
  const submit = () => {
    if (failure) return;
    if (isReady) onImport();
    else if (tab === 'models') setTab('changes');
    else firstChoice(`${id}-panel`)?.focus();
  };
  return (
    <PageDialog
      title={say('action_import_to')}
      subtitle={
        <>
          {view.keyName} <span className="mono">{view.mask}</span> → {view.server.name}
        </>
      }
      onClose={onClose}
    >
      <div className="tabs flex-none px-4" role="tablist">
        <TabButton id={id} tab="models" chosen={tab} onChoose={setTab} count={form.models.length} />
        <TabButton
          id={id}
          tab="changes"
          chosen={tab}
          onChoose={setTab}
          count={preview && !preview.isOpen ? changeCount(preview) : undefined}
          isWaiting={mustDecide}
        />
      </div>
      <form
        className="flex min-h-0 grow flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div
          id={`${id}-panel`}
          role="tabpanel"
          aria-labelledby={`${id}-${tab}`}
          className="flex min-h-0 grow flex-col"
        >
          {tab === 'models' ? <ModelsTab {...props} /> : <ChangesTab {...props} />}
        </div>
        <footer className="d-foot">
          <p className="xs grow text-subtle">
            <Say words={footWords(props)} />
          </p>
          <button type="button" className="btn" onClick={onClose}>
            <T k="action_cancel" />
          </button>
          <button
            type="submit"
            className="btn primary"
            aria-disabled={failure !== undefined}
            data-autofocus
          >
            <T k={isReady ? 'action_import' : 'action_decide'} />
            {isReady && <span aria-hidden="true">↵</span>}
          </button>
        </footer>
      </form>
    </PageDialog>
  );
}

interface TabButtonProps {
  id: string;
  tab: DialogTab;
  chosen: DialogTab;
  count: number | undefined;
  /** Something in it waits for the person. */
  isWaiting?: boolean;
  onChoose(tab: DialogTab): void;
}

function TabButton({ id, tab, chosen, count, isWaiting, onChoose }: TabButtonProps) {
  const isChosen = tab === chosen;
  return (
    <button
      type="button"
      role="tab"
      id={`${id}-${tab}`}
      className="tab"
      aria-selected={isChosen}
      aria-controls={`${id}-panel`}
      tabIndex={isChosen ? 0 : -1}
      onClick={() => onChoose(tab)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        const other = tab === 'models' ? 'changes' : 'models';
        onChoose(other);
        document.getElementById(`${id}-${other}`)?.focus();
      }}
    >
      <T k={tab === 'models' ? 'tab_models' : 'tab_changes'} />
      {isWaiting && <Glyph state="fail" tone="warn" />}
      {count !== undefined && (
        <span className="count" aria-hidden="true">
          {count}
        </span>
      )}
    </button>
  );
}

const firstChoice = (panel: string) =>
  document.getElementById(panel)?.querySelector<HTMLElement>('.choice input');

/** Keys and models that come, each counted once. */
const changeCount = ({ lines }: ImportPreview): number =>
  lines.reduce((sum, line) => sum + ('count' in line ? line.count : 0), 0);

function footWords({ form, view, preview }: ImportDialogProps) {
  if (preview && !preview.isOpen) {
    if (!preview.write) return say('import_foot_nothing');
    if (!preview.lines.some(({ what }) => what === 'models')) return say('import_foot_key');
  }
  const needsNoModels = existingFor(view, form) !== undefined || !hasManyKeys(form.kind);
  if (needsNoModels && form.models.length === 0) return say('import_foot_key');
  const total = view.models.state === 'read' ? view.models.upstream.length : undefined;
  return total === undefined
    ? say('import_foot_chosen', { count: form.models.length })
    : say('import_foot', { count: form.models.length, total });
}
