import { useState } from 'react';
import { HistoryEvent } from '../../components/history/history-event.tsx';
import { RunningEvent } from '../../components/history/running-event.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { FailurePanel } from '../../components/ui/failure-panel.tsx';
import { T } from '../../components/ui/language.tsx';
import { Day } from '../../components/ui/moment.tsx';
import { entriesByDay, type HistoryEntry, searchHistory } from '../../lib/core/history.ts';
import type { RunningJob } from '../../lib/core/protocol.ts';
import { canBeStopped } from '../../lib/core/running-words.ts';
import { say } from '../../lib/core/words/words.ts';
import { ask } from '../../lib/edges/messages.ts';
import type { PageNotice } from '../pages/page-notices.tsx';
import { TryModel } from './try-model.tsx';
import { UndoEntry } from './undo-entry.tsx';
import { useHistory } from './use-history.ts';

const UTC_OFFSET_MS = -60_000 * new Date().getTimezoneOffset();

interface ChangesTabProps {
  entryId: string | undefined;
  search: string;
  tell(notice: PageNotice): void;
}

/** Every change, newest first, with what it changed and asked, and the way back. */
export function ChangesTab({ entryId, search, tell }: ChangesTabProps) {
  const { history, failure } = useHistory();
  const [open, setOpen] = useState<{ id?: string | undefined; isUndo: boolean }>({
    id: entryId,
    isUndo: false,
  });
  const running = history?.running ?? [];
  const entries = searchHistory(history?.entries ?? [], search);
  const undoing = new Set(running.map(({ of }) => of));
  const isEmpty = history !== undefined && entries.length === 0 && running.length === 0;

  const showUndo = (id: string) => {
    setOpen({ id, isUndo: true });
  };
  const actionsOf = ({ of, server }: HistoryEntry) => {
    const undone = history?.entries.find(({ id }) => id === of);
    return {
      onRetry: (keyIds: readonly string[]) =>
        void tellFailure(ask('startImport', { keyIds, serverIds: [server.id] }), tell),
      ...(undone?.undo === 'possible' && { onUndoAgain: () => showUndo(undone.id) }),
    };
  };
  return (
    <>
      {failure && <FailurePanel failure={failure} />}
      {running.length > 0 && <Running running={running} />}
      {isEmpty && search === '' && (
        <EmptyState title={say('history_empty')} hint={say('history_empty_hint')} />
      )}
      {isEmpty && search !== '' && (
        <EmptyState title={say('history_not_found')} hint={say('history_not_found_hint')} />
      )}
      {entriesByDay(entries, UTC_OFFSET_MS).map(([at, ofDay]) => (
        <section key={at}>
          <h2 className="label pb-2 first-letter:uppercase">
            <Day at={at} />
          </h2>
          <ul className="card mb-4">
            {ofDay.map((entry) => (
              <HistoryEvent
                key={entry.id}
                entry={entry}
                isOpen={entry.id === open.id}
                isUndoing={undoing.has(entry.id)}
                undoPanel={
                  entry.id === open.id && open.isUndo && !undoing.has(entry.id)
                    ? (onClosed) => (
                        <UndoEntry
                          entry={entry}
                          tell={tell}
                          onClose={() => {
                            setOpen({ id: entry.id, isUndo: false });
                            onClosed();
                          }}
                        />
                      )
                    : undefined
                }
                trial={<TryModel entry={entry} />}
                actions={actionsOf(entry)}
                onToggle={() =>
                  setOpen({ id: entry.id === open.id ? undefined : entry.id, isUndo: false })
                }
                onUndo={() => showUndo(entry.id)}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Running({ running }: { running: readonly RunningJob[] }) {
  return (
    <section>
      <h2 className="label pb-2">
        <T k="history_running" />
      </h2>
      <ul className="card mb-4">
        {running.map((run) => (
          <RunningEvent
            key={run.jobId}
            run={run}
            onStop={
              canBeStopped(run) ? () => void ask('cancelRun', { runId: run.runId }) : undefined
            }
          />
        ))}
      </ul>
    </section>
  );
}

/** What a request came to is told by its result; that it could not even begin, here. */
async function tellFailure(
  asked: Promise<Awaited<ReturnType<typeof ask<'startImport'>>>>,
  tell: ChangesTabProps['tell'],
): Promise<void> {
  const reply = await asked;
  if (!reply.ok) tell({ id: crypto.randomUUID(), kind: 'failed', failure: reply.failure });
}
