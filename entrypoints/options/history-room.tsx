import { useState } from 'react';
import { useText } from '../../components/ui/language.tsx';
import { SearchField } from '../../components/ui/search-field.tsx';
import { Tabs } from '../../components/ui/tabs.tsx';
import { say } from '../../lib/core/words/words.ts';
import type { PageNotice } from '../pages/page-notices.tsx';
import { BackupsTab } from './backups-tab.tsx';
import { ChangesTab } from './changes-tab.tsx';
import { RoomHead } from './room-head.tsx';

/** What stands in the address in place of an entry. */
const BACKUPS = 'backups';

interface HistoryRoomProps {
  /** The entry that is open, or `backups`. */
  thing: string | undefined;
  tell(notice: PageNotice): void;
}

/** Every change with the way back, and the lists as they were before. */
export function HistoryRoom({ thing, tell }: HistoryRoomProps) {
  const t = useText();
  const [search, setSearch] = useState('');
  const tab = thing === BACKUPS ? 'backups' : 'changes';
  return (
    <>
      <RoomHead words="room_history">
        {tab === 'changes' && (
          <SearchField
            label={t('history_search')}
            hint={t('history_search_hint')}
            value={search}
            onChange={setSearch}
          />
        )}
      </RoomHead>
      <Tabs
        label={t('room_history')}
        tabs={[
          { tab: 'changes', words: say('history_changes') },
          { tab: 'backups', words: say('history_backups') },
        ]}
        chosen={tab}
        onChoose={(next) => {
          location.hash = next === 'backups' ? `history/${BACKUPS}` : 'history';
        }}
      >
        {tab === 'changes' ? (
          <ChangesTab key={thing} entryId={thing} search={search} tell={tell} />
        ) : (
          <BackupsTab tell={tell} />
        )}
      </Tabs>
    </>
  );
}
