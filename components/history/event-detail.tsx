import type { ReactNode } from 'react';
import { type HistoryEntry, soleFailure } from '../../lib/core/history.ts';
import { RequestName } from '../changes/change-view.tsx';
import { ThreeSides } from '../changes/three-sides.tsx';
import { ChangeLines } from '../import/change-lines.tsx';
import { Diff } from '../import/diff.tsx';
import { FailureActions } from '../ui/failure.tsx';
import { T } from '../ui/language.tsx';
import { KeyOutcomes } from './key-outcomes.tsx';
import { ReceiptDetail } from './receipt.tsx';
import { Requests } from './requests.tsx';

/** What can be done about an entry from its details. */
export interface DetailActions {
  /** Imports these of its keys again. */
  onRetry(keyIds: readonly string[]): void;
  /** Shows the undo that failed as it would be now; absent where it is not known, or was done since. */
  onUndoAgain?: (() => void) | undefined;
}

interface EventDetailProps {
  entry: HistoryEntry;
  actions: DetailActions;
  /** The way to try what was imported; see `Trial`. */
  trial?: ReactNode;
  /** What is done about the change as a whole. */
  children: ReactNode;
}

/** What exactly a change did, to which keys, and what was asked for it. */
export function EventDetail({ entry, actions, trial, children }: EventDetailProps) {
  return (
    <div className="event-detail">
      <div className="event-facts">
        <div className="grid min-w-0 content-start gap-3">
          {entry.keys.length > 1 ? (
            <KeyOutcomes entry={entry} onRetry={actions.onRetry} />
          ) : (
            <SoleKey entry={entry} />
          )}
          <div className="grid gap-1 text-muted">
            <ReceiptDetail entry={entry} />
          </div>
          {trial}
          <WhatStoodInTheWay entry={entry} actions={actions} />
          {entry.lines.length > 0 && <ChangeLines lines={entry.lines} />}
          {entry.diff.length > 0 && (
            <Diff
              title={<RequestName write={entry.write} kind={entry.kind} />}
              lines={entry.diff}
            />
          )}
        </div>
        <Requests requests={entry.requests} />
      </div>
      {children}
    </div>
  );
}

function SoleKey({ entry: { keys } }: { entry: HistoryEntry }) {
  return keys.map(({ id, name, host, mask }) => (
    <p key={id} className="text-muted">
      <T k="history_key" name={name} host={host} />{' '}
      <span className="mono whitespace-nowrap">{mask}</span>
    </p>
  ));
}

/** The one failure of an entry: where versions differ, these, and what can be done. */
function WhatStoodInTheWay({ entry, actions }: Pick<EventDetailProps, 'entry' | 'actions'>) {
  const failure = soleFailure(entry);
  if (!failure) return null;
  const { onRetry, onUndoAgain } = actions;
  const keyIds = entry.keys.map(({ id }) => id);
  return (
    <>
      {failure.code === 'change/conflict' && <ThreeSides conflicts={failure.conflicts} />}
      <div className="flex gap-1 empty:hidden">
        <FailureActions
          failure={failure}
          onAction={{
            ...(keyIds.length > 0 && { retry: () => onRetry(keyIds) }),
            ...(onUndoAgain && { retry: onUndoAgain, compare: onUndoAgain }),
          }}
        />
      </div>
    </>
  );
}
