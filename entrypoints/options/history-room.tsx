import { Search } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { HistoryEvent } from '../../components/history/history-event.tsx';
import { RunningEvent } from '../../components/history/running-event.tsx';
import { FailurePanel } from '../../components/ui/failure-panel.tsx';
import { Glyph } from '../../components/ui/glyph.tsx';
import { T, useText } from '../../components/ui/language.tsx';
import { Day } from '../../components/ui/moment.tsx';
import type { Failure } from '../../lib/core/failures/failure.ts';
import { entriesByDay, searchHistory } from '../../lib/core/history.ts';
import type { HistoryState } from '../../lib/core/protocol.ts';
import { ask, onAnnouncement } from '../../lib/edges/messages.ts';
import { RoomHead } from './room-head.tsx';

const UTC_OFFSET_MS = -60_000 * new Date().getTimezoneOffset();

/** Every import, newest first, with what it changed and what it asked. */
export function HistoryRoom({ entryId }: { entryId: string | undefined }) {
  const t = useText();
  const [history, setHistory] = useState<HistoryState>();
  const [failure, setFailure] = useState<Failure>();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState(entryId);
  const read = useCallback(async () => {
    const reply = await ask('readHistory', {});
    if (reply.ok) setHistory(reply.value);
    else setFailure(reply.failure);
  }, []);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- it sets nothing before the worker has answered
    void read();
    return onAnnouncement(({ event }) => {
      if (event === 'result' || event === 'states-changed') void read();
    });
  }, [read]);

  const entries = searchHistory(history?.entries ?? [], search);
  return (
    <>
      <RoomHead words="room_history">
        <div className="input sm quiet max-w-64">
          <Search className="icon" aria-hidden="true" />
          <input
            type="search"
            aria-label={t('history_search')}
            placeholder={t('history_search_hint')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
      </RoomHead>
      <div className="room pt-0">
        {failure && <FailurePanel failure={failure} />}
        {history && history.running.length > 0 && (
          <ul className="card mb-4">
            {history.running.map((run) => (
              <RunningEvent key={`${run.keyName} ${run.serverName}`} run={run} />
            ))}
          </ul>
        )}
        {history && entries.length === 0 && history.running.length === 0 && (
          <div className="card grid justify-items-start gap-1 p-4">
            <Glyph state="idle" />
            <p className="font-semibold">
              <T k={search === '' ? 'history_empty' : 'history_not_found'} />
            </p>
            <p className="text-muted">
              <T k={search === '' ? 'history_empty_hint' : 'history_not_found_hint'} />
            </p>
          </div>
        )}
        {entriesByDay(entries, UTC_OFFSET_MS).map(([at, ofDay]) => (
          <section key={at}>
            <h2 className="label py-2 first-letter:uppercase">
              <Day at={at} />
            </h2>
            <ul className="card">
              {ofDay.map((entry) => (
                <HistoryEvent
                  key={entry.id}
                  entry={entry}
                  isOpen={entry.id === open}
                  onToggle={() => setOpen(entry.id === open ? undefined : entry.id)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
