import { Plus } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { BatchDialog } from '../../components/import/batch-dialog.tsx';
import { ImportDialog } from '../../components/import/import-dialog.tsx';
import { RunFoot } from '../../components/import/run-foot.tsx';
import { RunProgress } from '../../components/import/run-progress.tsx';
import { KeyForm } from '../../components/keys/key-form.tsx';
import { SelectionFoot } from '../../components/keys/selection-foot.tsx';
import { SelectionHead } from '../../components/keys/selection-head.tsx';
import { T } from '../../components/ui/language.tsx';
import type { DialogCall } from '../../lib/core/dialog-reason.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import { type CardFilter, countCards, filterCards } from '../../lib/core/keys/card-filter.ts';
import { batchRuns } from '../../lib/core/run-view.ts';
import type { Server } from '../../lib/core/server/server.ts';
import { ask } from '../../lib/edges/messages.ts';
import type { PageNotice } from '../pages/page-notices.tsx';
import { Cards } from './cards.tsx';
import { NoKeys, NothingFound } from './empty-lists.tsx';
import { ListFilters } from './list-filters.tsx';
import { PopupHead } from './popup-head.tsx';
import { SearchBox } from './search-box.tsx';
import { ServerStrip } from './server-strip.tsx';
import { useBatch } from './use-batch.ts';
import { useImportDialog } from './use-import-dialog.ts';
import { useKeyForm } from './use-key-form.ts';
import { useListKeys } from './use-list-keys.ts';
import type { PopupView } from './use-popup.ts';
import { useSelection } from './use-selection.ts';

interface KeysPageProps {
  view: PopupView;
  chosen: Server;
  /** Dialogs that were asked for, one after the other. */
  calls: readonly DialogCall[];
  tell(notice: PageNotice): void;
}

/** The relay keys on cards, and how each stands on the chosen server. */
export function KeysPage({ view, chosen, calls, tell }: KeysPageProps) {
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<CardFilter>('all');
  const shown = useMemo(
    () => filterCards(view.cards, filter, search),
    [view.cards, filter, search],
  );
  const counts = useMemo(() => countCards(view.cards), [view.cards]);
  const selection = useSelection(view.cards, shown);
  const { isSelecting } = selection;
  const searchBox = useListKeys({
    emptySearch: () => setSearch(''),
    clearSelection: isSelecting ? selection.clear : undefined,
  });
  const keyForm = useKeyForm();
  const onFailure = useCallback(
    (failure: Failure) => tell({ id: failure.code, kind: 'failed', failure, server: chosen.name }),
    [tell, chosen.name],
  );
  const importDialog = useImportDialog(onFailure);
  const { enqueue } = importDialog;
  useEffect(() => enqueue(calls), [calls, enqueue]);
  const batch = useBatch({
    keyIds: selection.keyIds,
    servers: view.servers,
    chosen,
    onStart: selection.clear,
    onFailure,
  });
  const runs = useMemo(() => batchRuns(view.running), [view.running]);
  const isRunning = runs.length > 0;

  const importKey = (keyId: string) =>
    void ask('startImport', { keyIds: [keyId], serverIds: [chosen.id] }).then(
      (started) => started.ok || onFailure(started.failure),
    );
  const openDialog = (keyId: string) => enqueue([{ keyId, serverId: chosen.id, reason: 'asked' }]);
  return (
    <main className="popup">
      <PopupHead view={view} chosen={chosen} />
      {isRunning && <RunProgress runs={runs} />}
      {(!isRunning || search !== '') && (
        <SearchBox box={searchBox} value={search} onChange={setSearch} />
      )}
      <ServerStrip failure={view.serverFailure} server={chosen} />
      {isSelecting ? (
        <SelectionHead
          selected={selection.keyIds.length}
          total={view.cards.length}
          hidden={selection.hidden}
          areAllShown={selection.areAllShown}
          onToggleShown={selection.toggleShown}
          onSelectNotImported={selection.selectNotImported}
        />
      ) : (
        <ListFilters counts={counts} chosen={filter} onChoose={setFilter} />
      )}
      <Cards
        key={`${filter} ${search}`}
        cards={shown}
        chosen={chosen}
        selection={selection}
        onAct={{ tell, openForm: keyForm.edit, openDialog, importKey }}
        whenEmpty={
          view.cards.length === 0 ? (
            <NoKeys onAdd={keyForm.add} />
          ) : (
            <NothingFound search={search} />
          )
        }
      />
      {isSelecting ? (
        <SelectionFoot
          selected={selection.keyIds.length}
          servers={view.servers}
          targetIds={batch.targetIds}
          onTargets={batch.setTargets}
          onPreview={() => void batch.openPreview()}
          onImport={() => void batch.importSelected()}
          onCancel={selection.clear}
        />
      ) : isRunning ? (
        <RunFoot
          runs={runs}
          onStop={(runIds) => {
            for (const runId of runIds) void ask('cancelRun', { runId });
          }}
        />
      ) : (
        <footer className="p-foot">
          <p className="xs grow text-subtle">
            <T k="keys_foot" />
          </p>
          <button type="button" className="btn" onClick={keyForm.add}>
            <Plus className="icon" aria-hidden="true" />
            <T k="key_add" />
          </button>
        </footer>
      )}
      {keyForm.form && (
        <KeyForm
          value={keyForm.form}
          failure={keyForm.failure}
          isSaving={keyForm.isSaving}
          onChange={keyForm.change}
          onSave={(value) => void keyForm.save(value)}
          onClose={keyForm.close}
        />
      )}
      {importDialog.dialog && (
        <ImportDialog
          key={`${importDialog.dialog.view.keyId} ${importDialog.dialog.view.server.id}`}
          {...importDialog.dialog}
          onChange={importDialog.change}
          onRefresh={importDialog.refresh}
          onAllowRelay={importDialog.allowRelay}
          onImport={() => void importDialog.run()}
          onClose={importDialog.close}
        />
      )}
      {batch.preview && (
        <BatchDialog
          keys={batch.preview.keyIds.length}
          servers={batch.preview.servers}
          failure={batch.preview.failure}
          onImport={batch.importPreviewed}
          onClose={batch.closePreview}
        />
      )}
    </main>
  );
}
