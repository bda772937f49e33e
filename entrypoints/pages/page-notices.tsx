import { useCallback, useState } from 'react';
import { FailureActions, FailureCause } from '../../components/ui/failure.tsx';
import { T } from '../../components/ui/language.tsx';
import { Notices, type NoticeView } from '../../components/ui/notices.tsx';
import type { DialogCall } from '../../lib/core/dialog-reason.ts';
import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { HistoryEntry } from '../../lib/core/history.ts';
import type { Result } from '../../lib/core/result.ts';
import type { Words } from '../../lib/core/words/words.ts';
import { ask } from '../../lib/edges/messages.ts';
import { openOptions } from '../../lib/edges/pages.ts';
import { resultView } from './result-notice.tsx';

/** Something to tell for a moment. */
export type PageNotice =
  | { id: string; kind: 'result'; entry: HistoryEntry }
  | { id: string; kind: 'removed'; thing: 'key' | 'server'; removedId: string; name: string }
  | { id: string; kind: 'done'; words: Words }
  | { id: string; kind: 'failed'; failure: Failure; server?: string | undefined };

export function usePageNotices() {
  const [notices, setNotices] = useState<readonly PageNotice[]>([]);
  const tell = useCallback((notice: PageNotice) => {
    setNotices((now) => [...now.filter((other) => !isReplaced(other, notice)), notice]);
  }, []);
  const dismiss = useCallback((id: string) => {
    setNotices((now) => now.filter((notice) => notice.id !== id));
  }, []);
  return { notices, tell, dismiss };
}

/** Whether a notice has nothing to say any more beside a newer one. What was taken back cannot be taken back again. */
function isReplaced({ id }: PageNotice, by: PageNotice): boolean {
  const undone = by.kind === 'result' && !by.entry.failure ? by.entry.of : undefined;
  return id === by.id || id === undone;
}

type PageNoticesProps = ReturnType<typeof usePageNotices> & {
  /** Opens import dialogs, one after the other, on a page that has them. */
  openDialogs?: (calls: readonly DialogCall[]) => void;
};

/** A page's notices, in words and with what can be done about each. */
export function PageNotices({ notices, ...board }: PageNoticesProps) {
  return (
    <Notices notices={notices.map((notice) => viewOf(notice, board))} onDismiss={board.dismiss} />
  );
}

/** Where notices come and go. */
type Board = Omit<PageNoticesProps, 'notices'>;

/** Does what a notice offers, in place of the notice; where that fails, it is told. */
async function carryOut(
  work: () => Promise<Result<unknown, Failure>>,
  id: string,
  { tell, dismiss }: Board,
): Promise<void> {
  dismiss(id);
  const done = await work();
  if (!done.ok) tell({ id, kind: 'failed', failure: done.failure });
}

function viewOf(notice: PageNotice, board: Board): NoticeView {
  const { id } = notice;
  switch (notice.kind) {
    case 'result':
      return resultView(notice.entry, {
        carryOut: (work) => void carryOut(work, id, board),
        dismiss: () => board.dismiss(id),
        openDialogs: board.openDialogs,
      });
    case 'removed':
      return {
        id,
        glyph: 'off',
        isFailure: false,
        title: (
          <T k={notice.thing === 'key' ? 'key_removed' : 'server_removed'} name={notice.name} />
        ),
        actions: (
          <button
            type="button"
            className="btn ghost sm accent"
            onClick={() => void carryOut(() => restore(notice), id, board)}
          >
            <T k="action_undo" />
          </button>
        ),
      };
    case 'done':
      return {
        id,
        glyph: 'ok',
        isFailure: false,
        title: <T k={notice.words.key} {...notice.words.values} />,
      };
    case 'failed':
      return failureView(notice.failure, id, notice.server);
  }
}

const restore = ({ thing, removedId }: { thing: 'key' | 'server'; removedId: string }) =>
  thing === 'key'
    ? ask('restoreKey', { keyId: removedId })
    : ask('restoreServer', { serverId: removedId });

function failureView(failure: Failure, id: string, server: string | undefined): NoticeView {
  const context = { server: server ?? '' };
  const { what } = describeFailure(failure, context);
  return {
    id,
    glyph: 'fail',
    isFailure: true,
    title: <T k={what.key} {...what.values} />,
    detail: <FailureCause failure={failure} context={context} />,
    actions: (
      <FailureActions
        failure={failure}
        onAction={{
          'open-settings': () => void openOptions('servers'),
          reload: () => location.reload(),
        }}
      />
    ),
  };
}
