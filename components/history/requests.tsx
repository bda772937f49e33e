import type { RequestNote } from '../../lib/core/history.ts';
import { T, useText } from '../ui/language.tsx';

/** The requests that were made for a change, in their order. */
export function Requests({ requests }: { requests: readonly RequestNote[] }) {
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
