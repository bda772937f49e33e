import { ChevronDown, ChevronRight } from 'lucide-react';
import type { HistoryEntry, RequestNote } from '../../lib/core/history.ts';
import { receiptWords } from '../../lib/core/history-words.ts';
import { ChangeLines } from '../import/change-lines.tsx';
import { Diff } from '../import/diff.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { Say, T, useText } from '../ui/language.tsx';
import { Moment } from '../ui/moment.tsx';
import { ReceiptDetail } from './receipt.tsx';

interface HistoryEventProps {
  entry: HistoryEntry;
  isOpen: boolean;
  onToggle(): void;
}

/** One import: what became of it, and on demand what exactly was changed and asked. */
export function HistoryEvent({ entry, isOpen, onToggle }: HistoryEventProps) {
  const { glyph, title, outcome } = receiptWords(entry);
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <li className={isOpen ? 'open' : ''}>
      <button type="button" className="event" aria-expanded={isOpen} onClick={onToggle}>
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
        <Icon className="icon text-subtle" aria-hidden="true" />
      </button>
      {isOpen && <EventDetail entry={entry} />}
    </li>
  );
}

function EventDetail({ entry }: { entry: HistoryEntry }) {
  return (
    <div className="event-detail cols2">
      <div className="grid min-w-0 gap-3">
        <p className="text-muted">
          <T k="history_key" name={entry.key.name} host={entry.key.host} />{' '}
          <span className="mono whitespace-nowrap">{entry.key.mask}</span>
        </p>
        <div className="grid gap-1 text-muted">
          <ReceiptDetail entry={entry} />
        </div>
        {entry.lines.length > 0 && <ChangeLines lines={entry.lines} />}
        {entry.diff.length > 0 && (
          <Diff
            title={<T k={entry.write === 'PATCH' ? 'diff_patch' : 'diff_put'} />}
            lines={entry.diff}
          />
        )}
      </div>
      <Requests requests={entry.requests} />
    </div>
  );
}

function Requests({ requests }: { requests: readonly RequestNote[] }) {
  const t = useText();
  if (requests.length === 0) {
    return (
      <p className="text-muted">
        <T k="history_no_requests" />
      </p>
    );
  }
  return (
    <table className="mono w-full max-w-120 border-separate border-spacing-y-1">
      <caption className="label pb-1 text-start font-sans">
        <T k="history_requests" />
      </caption>
      <tbody>
        {requests.map(({ method, path, status, ms }, at) => (
          // Requests have no other identity than their place.
          <tr key={`${at} ${method}`}>
            <td className="pe-4">{method}</td>
            <td className="w-full break-all">{path}</td>
            <td className={`px-4 text-end ${status === 200 ? 'text-good' : 'text-warn'}`}>
              {status ?? t('history_no_answer')}
            </td>
            <td className="text-end whitespace-nowrap text-subtle">
              <T k="milliseconds" ms={ms} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
