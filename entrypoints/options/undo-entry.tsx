import { UndoPanel } from '../../components/history/undo-panel.tsx';
import type { HistoryEntry } from '../../lib/core/history.ts';
import { ask } from '../../lib/edges/messages.ts';
import type { PageNotice } from '../pages/page-notices.tsx';
import { useUndo } from './use-undo.ts';

interface UndoEntryProps {
  entry: HistoryEntry;
  tell(notice: PageNotice): void;
  onClose(): void;
}

/** The undo of an entry, from what it would do to its beginning; how it goes on is shown as any change is. */
export function UndoEntry({ entry, tell, onClose }: UndoEntryProps) {
  const { view, resolveBy, readAgain } = useUndo(entry.id);
  const undo = async () => {
    onClose();
    const { resolve, preview } = view;
    const begun = await ask('undo', { entryId: entry.id, resolve, seen: preview?.seen });
    if (begun.ok) return;
    const { failure } = begun;
    tell({ id: `undo ${entry.id}`, kind: 'failed', failure, server: entry.server.name });
  };
  return (
    <UndoPanel
      entry={entry}
      view={view}
      onResolve={resolveBy}
      onReadAgain={readAgain}
      onUndo={() => void undo()}
      onClose={onClose}
    />
  );
}
