import type { FailureContext } from '../../lib/core/failures/words-of.ts';
import { type HistoryEntry, soleFailure } from '../../lib/core/history.ts';
import { receiptWords } from '../../lib/core/history-words.ts';
import { FailureCause } from '../ui/failure.tsx';
import { Say, T } from '../ui/language.tsx';

const receiptContext = ({ server, keys }: HistoryEntry): FailureContext => ({
  server: server.name,
  place: server.name,
  relay: keys[0]?.host ?? '',
});

/** What was done and what came of it, in one line. */
export function ReceiptTitle({ entry }: { entry: HistoryEntry }) {
  const { title, outcome } = receiptWords(entry);
  return (
    <>
      <Say words={title} />
      {outcome && (
        <>
          {soleFailure(entry) ? ': ' : ' · '}
          <Say words={outcome} />
        </>
      )}
    </>
  );
}

/** Where and how long, or cause and next step; and what else the person should know. */
export function ReceiptDetail({ entry }: { entry: HistoryEntry }) {
  const { remarks } = receiptWords(entry);
  const failure = soleFailure(entry);
  return (
    <>
      <p>
        {failure ? (
          <FailureCause failure={failure} context={receiptContext(entry)} />
        ) : (
          <T
            k={entry.write ? 'receipt_read_back' : 'receipt_looked'}
            server={entry.server.name}
            seconds={(entry.tookMs / 1000).toFixed(1)}
          />
        )}
      </p>
      {remarks.map((words) => (
        <p key={words.key}>
          <Say words={words} />
        </p>
      ))}
    </>
  );
}
