import { FailedKeys } from '../../components/history/failed-keys.tsx';
import { ReceiptDetail, ReceiptTitle } from '../../components/history/receipt.tsx';
import { FailureActions } from '../../components/ui/failure.tsx';
import { T } from '../../components/ui/language.tsx';
import type { NoticeView } from '../../components/ui/notices.tsx';
import type { DialogCall } from '../../lib/core/dialog-reason.ts';
import { failureGroups, keysToDecide, keysToRetry } from '../../lib/core/failed-keys.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { FailureAction } from '../../lib/core/failures/words-of.ts';
import { type HistoryEntry, needsAttention, soleFailure } from '../../lib/core/history.ts';
import { receiptWords } from '../../lib/core/history-words.ts';
import type { Result } from '../../lib/core/result.ts';
import type { WordKey } from '../../lib/core/words/words.ts';
import { ask } from '../../lib/edges/messages.ts';
import { openOptions } from '../../lib/edges/pages.ts';
import { TryFirstModel } from './try-first-model.tsx';

interface Board {
  /** Does what was pressed, in the place of the notice. */
  carryOut(work: () => Promise<Result<unknown, Failure>>): void;
  dismiss(): void;
  /** Opens import dialogs, one after the other. Not every page has them. */
  openDialogs: ((calls: readonly DialogCall[]) => void) | undefined;
}

/** What became of a change: one notice for each server, whatever the number of keys. */
export function resultView(entry: HistoryEntry, board: Board): NoticeView {
  return {
    id: entry.id,
    glyph: receiptWords(entry).glyph,
    isFailure: needsAttention(entry),
    title: <ReceiptTitle entry={entry} />,
    detail: isBatchWithFailures(entry) ? (
      <FailedKeys entry={entry} />
    ) : (
      <ReceiptDetail entry={entry} />
    ),
    actions: <ResultActions entry={entry} board={board} />,
  };
}

const isBatchWithFailures = (entry: HistoryEntry): boolean =>
  entry.keys.length > 1 && needsAttention(entry);

function ResultActions({ entry, board }: { entry: HistoryEntry; board: Board }) {
  const failure = soleFailure(entry) ?? commonFailure(entry);
  const isBatch = isBatchWithFailures(entry);
  const retries = keysToRetry(entry);
  const calls = keysToDecide(entry);
  const retry = () =>
    board.carryOut(() => ask('startImport', { keyIds: retries, serverIds: [entry.server.id] }));
  const decide = () => {
    board.dismiss();
    board.openDialogs?.(calls);
  };
  const offers = failure && {
    ...settingsOffers(entry),
    ...(!isBatch && retries.length > 0 && { retry }),
    ...(!isBatch && board.openDialogs && { decide }),
    compare: () => void openOptions('history', entry.of ?? entry.id),
  };
  return (
    <>
      {isBatch && retries.length > 0 && <Action words="action_retry_failed" onPress={retry} />}
      {isBatch && calls.length > 0 && board.openDialogs && (
        <Action words="action_decide" onPress={decide} />
      )}
      {failure && offers && <FailureActions failure={failure} onAction={offers} />}
      {entry.undo === 'possible' && entry.cause !== 'undo' && (
        <Action
          words="action_undo"
          onPress={() => board.carryOut(() => ask('undo', { entryId: entry.id, resolve: 'ask' }))}
        />
      )}
      <TryFirstModel entry={entry} />
      <button
        type="button"
        className="btn ghost sm"
        onClick={() => void openOptions('history', entry.id)}
      >
        <T k="action_details" />
      </button>
    </>
  );
}

/** What all keys of an entry failed of, where that is one thing: the server, most often. */
function commonFailure(entry: HistoryEntry): Failure | undefined {
  const [group, ...others] = failureGroups(entry);
  return others.length === 0 ? group?.failure : undefined;
}

function settingsOffers({ server }: HistoryEntry): Partial<Record<FailureAction, () => void>> {
  const show = () => void openOptions('servers', server.id);
  return {
    'open-settings': show,
    'change-key': show,
    'test-again': show,
    'grant-server-access': show,
    'use-other-scheme': show,
  };
}

function Action({ words, onPress }: { words: WordKey; onPress(): void }) {
  return (
    <button type="button" className="btn ghost sm accent" onClick={onPress}>
      <T k={words} />
    </button>
  );
}
