import { History, Lock, Server as ServerIcon, Shield, SlidersHorizontal } from 'lucide-react';
import { useEffect } from 'react';
import { T, useText } from '../../components/ui/language.tsx';
import type { WordKey } from '../../lib/core/words/words.ts';
import { onAnnouncement } from '../../lib/edges/messages.ts';
import type { Room } from '../../lib/edges/pages.ts';
import { PageNotices, usePageNotices } from '../pages/page-notices.tsx';
import { HistoryRoom } from './history-room.tsx';
import { PreferencesRoom } from './preferences-room.tsx';
import { SecurityRoom } from './security-room.tsx';
import { ServersRoom } from './servers-room.tsx';
import { useChecks } from './use-checks.ts';
import { usePlace } from './use-place.ts';
import { useUnsavedForms } from './use-unsaved-forms.ts';

const ROOMS: readonly { room: Room; words: WordKey; icon: typeof History }[] = [
  { room: 'servers', words: 'room_servers', icon: ServerIcon },
  { room: 'history', words: 'room_history', icon: History },
  { room: 'security', words: 'room_security', icon: Shield },
  { room: 'preferences', words: 'room_preferences', icon: SlidersHorizontal },
];

/** The full page: everything that the popup has no room for. */
export function Options() {
  const t = useText();
  const { room, thing } = usePlace();
  const notices = usePageNotices();
  const { tell } = notices;
  const unsaved = useUnsavedForms();
  const checks = useChecks();
  useEffect(
    () =>
      onAnnouncement((announcement) => {
        if (announcement.event !== 'result') return;
        tell({ id: announcement.entry.id, kind: 'result', entry: announcement.entry });
      }),
    [tell],
  );

  return (
    <div className="app">
      <nav className="nav" aria-label={t('settings')}>
        <div className="brand">
          <img src="/icons/mark.svg" alt="" width="24" height="24" />
          <span>Keyferry</span>
        </div>
        {ROOMS.map(({ room: other, words, icon: Icon }) => (
          <a key={other} href={`#${other}`} aria-current={other === room ? 'page' : undefined}>
            <Icon className="icon" aria-hidden="true" />
            <T k={words} />
          </a>
        ))}
        <p className="vault">
          <Lock className="icon" aria-hidden="true" />
          <T k="vault_sealed" />
        </p>
      </nav>
      <main className="main">
        {room === 'servers' && (
          <ServersRoom serverId={thing} unsaved={unsaved} checks={checks} tell={tell} />
        )}
        {room === 'history' && <HistoryRoom thing={thing} tell={tell} />}
        {room === 'security' && <SecurityRoom />}
        {room === 'preferences' && <PreferencesRoom />}
        <PageNotices {...notices} />
      </main>
    </div>
  );
}
