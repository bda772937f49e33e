import type { FailureContext } from '../../lib/core/failures/words-of.ts';
import type { HistoryEntry } from '../../lib/core/history.ts';
import { receiptWords } from '../../lib/core/history-words.ts';
import { FailureCause } from '../ui/failure.tsx';
import { Say, T } from '../ui/language.tsx';

const receiptContext = ({ server, key }: HistoryEntry): FailureContext => ({
  server: server.name,
  place: server.name,
  relay: key.host,
});

/** What was done and what came of it, in one line. */
export function ReceiptTitle({ entry }: { entry: HistoryEntry }) {
  const { title, outcome } = receiptWords(entry);
  return (
    <>
      <Say words={title} />
      {outcome && (
        <>
          {entry.result.outcome === 'failed' ? ': ' : ' · '}
          <Say words={outcome} />
        </>
      )}
    </>
  );
}

/** Where and how long, or cause and next step; and what else the person should know. */
export function ReceiptDetail({ entry }: { entry: HistoryEntry }) {
  const { remarks } = receiptWords(entry);
  const { result } = entry;
  return (
    <>
      <p>
        {result.outcome === 'failed' ? (
          <FailureCause failure={result.failure} context={receiptContext(entry)} />
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

/** The remedies of a failed import; none where it went well. */
export const receiptFailure = ({ result }: HistoryEntry) =>
  result.outcome === 'failed' ? result.failure : undefined;
