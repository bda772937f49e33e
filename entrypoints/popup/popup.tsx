import { useCallback } from 'react';
import type { HistoryEntry } from '../../lib/core/history.ts';
import { PageNotices, usePageNotices } from '../pages/page-notices.tsx';
import { FirstRun } from './first-run.tsx';
import { KeysPage } from './keys-page.tsx';
import { usePopup } from './use-popup.ts';
import { LoadingPage, UnavailablePage } from './waiting-pages.tsx';

/** The toolbar popup: the keys on cards, or what has to come first. */
export function Popup() {
  const notices = usePageNotices();
  const { tell } = notices;
  const onResult = useCallback(
    (entry: HistoryEntry) => tell({ id: entry.id, kind: 'result', entry }),
    [tell],
  );
  const { load, calls, openDialogs, reload } = usePopup(onResult);

  if (load.state === 'loading') return <LoadingPage />;
  if (load.state === 'failed') return <UnavailablePage failure={load.failure} onReload={reload} />;
  const { view } = load;
  return (
    <>
      {view.chosen ? (
        <KeysPage view={view} chosen={view.chosen} calls={calls} tell={tell} />
      ) : (
        <FirstRun keys={view.cards.length} />
      )}
      <PageNotices {...notices} openDialogs={openDialogs} />
    </>
  );
}
