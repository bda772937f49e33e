import { useRef } from 'react';
import { Virtualizer } from 'virtua';
import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import type { FailureAction } from '../../lib/core/failures/words-of.ts';
import type { HistoryEntry, KeyOutcome } from '../../lib/core/history.ts';
import { type FailedGroup, failedGroups, keyOutcomeWords } from '../../lib/core/key-outcomes.ts';
import { Cut } from '../ui/cut.tsx';
import { FailureActions, FailureCause } from '../ui/failure.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { Say, T, useText } from '../ui/language.tsx';

const SHOWN = 8;
/** More rows than this scroll in a box of their own, and only those in sight are drawn. */
const BOXED = 50;

interface KeyOutcomesProps {
  entry: HistoryEntry;
  onRetry(keyIds: readonly string[]): void;
}

/** What became of each key of an import: those that failed first, by their reason. */
export function KeyOutcomes({ entry, onRetry }: KeyOutcomesProps) {
  const t = useText();
  const imported = entry.keys.filter(({ result }) => result.outcome !== 'failed');
  return (
    <>
      {failedGroups(entry).map((group) => (
        <FailedKeys
          key={group.keys[0]?.id}
          entry={entry}
          group={group}
          onAction={{ retry: () => onRetry(group.keys.map(({ id }) => id)) }}
        />
      ))}
      {imported.length > 0 && <KeyRows keys={imported} label={t('history_keys_imported')} />}
    </>
  );
}

function FailedKeys({
  entry,
  group: { failure, keys },
  onAction,
}: {
  entry: HistoryEntry;
  group: FailedGroup;
  onAction: Partial<Record<FailureAction, () => void>>;
}) {
  const t = useText();
  const context = { server: entry.server.name, relay: keys[0]?.host ?? '' };
  return (
    <section className="grid gap-1">
      <h3 className="flex gap-2 font-semibold">
        <span className="mt-0.5">
          <Glyph state="fail" />
        </span>
        <span>
          <Say words={describeFailure(failure, context).what} />
          <span className="font-normal text-muted">
            {' · '}
            <T k="change_keys" count={keys.length} />
          </span>
        </span>
      </h3>
      <div className="ms-6 grid gap-1">
        <p className="text-muted">
          <FailureCause failure={failure} context={context} />
        </p>
        <KeyRows keys={keys} label={t('history_keys_failed', { count: keys.length })} />
        <div className="-ms-2 empty:hidden">
          <FailureActions failure={failure} onAction={onAction} />
        </div>
      </div>
    </section>
  );
}

function KeyRows({ keys, label }: { keys: readonly KeyOutcome[]; label: string }) {
  return (
    <Cut items={keys} shown={SHOWN} words="show_all_keys">
      {(shown) =>
        shown.length > BOXED ? (
          <BoxedRows keys={shown} label={label} />
        ) : (
          <ul aria-label={label}>
            {shown.map((key) => (
              <li key={key.id}>
                <KeyRow outcome={key} />
              </li>
            ))}
          </ul>
        )
      }
    </Cut>
  );
}

const ROW_PX = 24;

function BoxedRows({ keys, label }: { keys: readonly KeyOutcome[]; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div ref={box} className="key-box" tabIndex={0} role="group" aria-label={label}>
      <Virtualizer scrollRef={box} data={keys} itemSize={ROW_PX} as="ul" item="li">
        {(key) => <KeyRow key={key.id} outcome={key} />}
      </Virtualizer>
    </div>
  );
}

function KeyRow({ outcome: key }: { outcome: KeyOutcome }) {
  const { glyph, outcome } = keyOutcomeWords(key);
  return (
    <span className="key-outcome">
      <Glyph state={glyph} />
      <span className="cut">
        <T k="history_key" name={key.name} host={key.host} />
      </span>
      <span className="mono text-subtle">{key.mask}</span>
      <span className="cut text-muted">{outcome && <Say words={outcome} />}</span>
    </span>
  );
}
