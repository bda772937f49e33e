import { ChevronDown, ChevronRight, Undo2 } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { HistoryEntry } from '../../lib/core/history.ts';
import { receiptWords } from '../../lib/core/history-words.ts';
import { Glyph } from '../ui/glyph.tsx';
import { Say, T } from '../ui/language.tsx';
import { Moment } from '../ui/moment.tsx';
import { type DetailActions, EventDetail } from './event-detail.tsx';

interface HistoryEventProps {
  entry: HistoryEntry;
  isOpen: boolean;
  /** It is just being taken back. */
  isUndoing: boolean;
  /** Stands in the place of the button that opens it; see `UndoPanel`. */
  undoPanel?: ((onClosed: () => void) => ReactNode) | undefined;
  /** The way to try what was imported; see `Trial`. */
  trial?: ReactNode;
  actions: DetailActions;
  onToggle(): void;
  onUndo(): void;
}

/** One change: what became of it, and on demand what exactly was changed and asked. */
export function HistoryEvent({ undoPanel, trial, ...props }: HistoryEventProps) {
  const { entry, isOpen, isUndoing, actions, onToggle, onUndo } = props;
  const toggle = useRef<HTMLButtonElement>(null);
  const canUndo = entry.undo === 'possible' && !isUndoing;
  return (
    <li className={isOpen ? 'open' : ''}>
      <div className="event-row">
        <button
          ref={toggle}
          type="button"
          className="event"
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          <EventHead entry={entry} isOpen={isOpen} isUndoing={isUndoing} />
        </button>
        {canUndo && !isOpen && (
          <button type="button" className="btn ghost sm event-undo" onClick={onUndo}>
            <T k={entry.cause === 'undo' ? 'action_redo' : 'action_undo'} />
          </button>
        )}
      </div>
      {isOpen && (
        <EventDetail entry={entry} actions={actions} trial={trial}>
          {undoPanel?.(() => toggle.current?.focus())}
          {canUndo && !undoPanel && (
            <div>
              <button type="button" className="btn" onClick={onUndo}>
                <Undo2 className="icon" aria-hidden="true" />
                <T k={entry.cause === 'undo' ? 'undo_open_again' : 'undo_open'} />
              </button>
            </div>
          )}
        </EventDetail>
      )}
    </li>
  );
}

function EventHead({
  entry,
  isOpen,
  isUndoing,
}: Pick<HistoryEventProps, 'entry' | 'isOpen' | 'isUndoing'>) {
  const { glyph, title, outcome } = receiptWords(entry);
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <Glyph state={glyph} />
      <span className="when xs whitespace-nowrap text-subtle">
        <Moment at={entry.at} short />
      </span>
      <span className="what cut">
        <Say words={title} />
        {outcome && (
          <span className="text-muted">
            {' · '}
            <Say words={outcome} />
          </span>
        )}
      </span>
      <span className="where xs cut text-subtle">{entry.server.name}</span>
      <span className="whether xs cut text-muted">
        {isUndoing && <T k="undo_running" />}
        {entry.undo === 'done' && <T k="undo_done" />}
      </span>
      <Icon className="icon text-subtle" aria-hidden="true" />
    </>
  );
}
