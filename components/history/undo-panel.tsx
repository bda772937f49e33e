import { useEffect, useId, useRef } from 'react';
import { hasSides } from '../../lib/core/changes/conflict-words.ts';
import type { Resolve } from '../../lib/core/changes/merge-entry.ts';
import type { ShownConflict } from '../../lib/core/changes/show-conflict.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { HistoryEntry } from '../../lib/core/history.ts';
import type { ChangePreview } from '../../lib/core/protocol.ts';
import type { WordKey } from '../../lib/core/words/words.ts';
import { ChangeView } from '../changes/change-view.tsx';
import { ThreeSides } from '../changes/three-sides.tsx';
import { FailurePanel } from '../ui/failure-panel.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { T } from '../ui/language.tsx';

/** How an undo stands before it is done. */
export interface UndoView {
  /** Where somebody changed the same since. */
  conflicts: readonly ShownConflict[];
  /** Who wins there; `ask` as long as that is not chosen, or where there is nothing to choose. */
  resolve: Resolve;
  /** What would be written; absent while the server is read, and until a choice is made. */
  preview?: ChangePreview | undefined;
  failure?: Failure | undefined;
  isReading: boolean;
}

interface UndoPanelProps {
  entry: HistoryEntry;
  view: UndoView;
  onResolve(resolve: Resolve): void;
  onReadAgain(): void;
  onUndo(): void;
  onClose(): void;
}

/** What taking a change back would do now, and what has to be said before. */
export function UndoPanel({
  entry,
  view,
  onResolve,
  onReadAgain,
  onUndo,
  onClose,
}: UndoPanelProps) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  // It stands in the place of the button that was pressed.
  useEffect(() => panel.current?.focus(), []);
  const { conflicts, resolve, preview, failure, isReading } = view;
  return (
    <section ref={panel} className="panel" tabIndex={-1} aria-labelledby={id}>
      <h3 id={id} className="h">
        <T k={entry.cause === 'undo' ? 'undo_title_again' : 'undo_title'} />
      </h3>
      {conflicts.length > 0 && (
        <Conflicts conflicts={conflicts} resolve={resolve} onResolve={onResolve} />
      )}
      <div className="grid gap-3" aria-live="polite">
        {isReading && (
          <p className="text-muted">
            <T k="changes_reading" />
          </p>
        )}
        {failure && <FailurePanel failure={failure} context={{ server: entry.server.name }} />}
        {preview?.write && <ChangeView preview={preview} kind={entry.kind} />}
        {preview && !preview.write && <NothingLeft isKept={resolve === 'theirs'} />}
      </div>
      <div className="flex flex-wrap gap-2">
        {preview?.write && (
          <button type="button" className="btn primary" onClick={onUndo}>
            <T k={entry.cause === 'undo' ? 'action_redo' : 'action_undo'} />
          </button>
        )}
        {failure && (
          <button type="button" className="btn" onClick={onReadAgain}>
            <T k="action_retry" />
          </button>
        )}
        <button type="button" className="btn ghost" onClick={onClose}>
          <T k={preview && !preview.write ? 'action_close' : 'action_cancel'} />
        </button>
      </div>
    </section>
  );
}

const CHOICES: readonly { resolve: Resolve; words: WordKey; detail: WordKey }[] = [
  { resolve: 'theirs', words: 'conflict_keep_theirs', detail: 'conflict_keep_theirs_detail' },
  { resolve: 'ours', words: 'conflict_use_ours', detail: 'conflict_use_ours_detail' },
];

function Conflicts({
  conflicts,
  resolve,
  onResolve,
}: Pick<UndoView, 'conflicts' | 'resolve'> & Pick<UndoPanelProps, 'onResolve'>) {
  const id = useId();
  return (
    <fieldset className="callout" aria-labelledby={`${id}-title`}>
      <Glyph state="fail" tone="warn" />
      <div className="grid min-w-0 gap-3">
        <p id={`${id}-title`} className="font-semibold">
          <T k="conflict_title" count={conflicts.length} />
        </p>
        <ThreeSides conflicts={conflicts} />
        {conflicts.some(hasSides) && (
          <div>
            {CHOICES.map(({ resolve: choice, words, detail }) => (
              <div className="choice" key={choice}>
                <input
                  id={`${id}-${choice}`}
                  type="radio"
                  className="radio"
                  name={id}
                  checked={resolve === choice}
                  aria-describedby={`${id}-${choice}-detail`}
                  onChange={() => onResolve(choice)}
                />
                <span>
                  <label htmlFor={`${id}-${choice}`}>
                    <T k={words} />
                  </label>{' '}
                  <span id={`${id}-${choice}-detail`} className="xs text-muted">
                    <T k={detail} />
                  </span>
                </span>
              </div>
            ))}
          </div>
        )}
      </div>
    </fieldset>
  );
}

function NothingLeft({ isKept }: { isKept: boolean }) {
  return (
    <div className="callout calm">
      <Glyph state="same" />
      <div>
        <p className="font-semibold">
          <T k="undo_nothing" />
        </p>
        <p className="text-muted">
          <T k={isKept ? 'undo_nothing_theirs' : 'undo_nothing_detail'} />
        </p>
      </div>
    </div>
  );
}
