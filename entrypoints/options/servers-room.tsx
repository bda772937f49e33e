import { BookOpen, Plus } from 'lucide-react';
import { ServerListItem } from '../../components/servers/server-list-item.tsx';
import { FailurePanel } from '../../components/ui/failure-panel.tsx';
import { T, useText } from '../../components/ui/language.tsx';
import type { Server } from '../../lib/core/server/server.ts';
import { say } from '../../lib/core/words/words.ts';
import type { PageNotice } from '../pages/page-notices.tsx';
import { FirstServer } from './first-server.tsx';
import { RoomHead } from './room-head.tsx';
import { ServerEditor } from './server-editor.tsx';
import type { Checks } from './use-checks.ts';
import { useServers } from './use-servers.ts';
import type { UnsavedForms } from './use-unsaved-forms.ts';

interface ServersRoomProps {
  /** Which server is shown; `new` for one that is just being set up. */
  serverId: string | undefined;
  unsaved: UnsavedForms;
  checks: Checks;
  tell(notice: PageNotice): void;
}

const HELP = 'https://help.router-for.me/management/api';

/** The servers: what they are, whether they answer, and what to do where they do not. */
export function ServersRoom({ serverId, unsaved, checks, tell }: ServersRoomProps) {
  const { load, read } = useServers();
  return (
    <>
      <RoomHead words="room_servers">
        <a className="btn ghost" href={HELP} target="_blank" rel="noreferrer">
          <BookOpen className="icon" aria-hidden="true" />
          <T k="server_help" />
        </a>
      </RoomHead>
      {load.state === 'failed' && <FailurePanel failure={load.failure} />}
      {load.state === 'loaded' && load.servers.length === 0 && (
        <FirstServer
          onConnected={() => tell({ id: 'connected', kind: 'done', words: say('first_done') })}
        />
      )}
      {load.state === 'loaded' && load.servers.length > 0 && (
        <ServerSplit
          servers={load.servers}
          serverId={serverId}
          unsaved={unsaved}
          checks={checks}
          tell={tell}
          onSaved={async ({ id }) => {
            // A server that is not in the list yet would not be found.
            await read();
            location.hash = `servers/${id}`;
          }}
        />
      )}
    </>
  );
}

function ServerSplit({
  servers,
  serverId,
  unsaved,
  checks,
  tell,
  onSaved,
}: ServersRoomProps & { servers: readonly Server[]; onSaved(server: Server): void }) {
  const t = useText();
  const isNew = serverId === 'new';
  const chosen = isNew
    ? undefined
    : (servers.find(({ id }) => id === serverId) ??
      servers.find(({ isDefault }) => isDefault) ??
      servers[0]);
  return (
    <div className="split">
      <div className="side-list">
        <ul className="grid gap-1" aria-label={t('room_servers')}>
          {servers.map((server) => (
            <li key={server.id}>
              <ServerListItem server={server} isCurrent={server.id === chosen?.id} />
            </li>
          ))}
        </ul>
        <button
          type="button"
          className="btn ghost justify-start"
          aria-current={isNew || undefined}
          onClick={() => {
            location.hash = 'servers/new';
          }}
        >
          <Plus className="icon" aria-hidden="true" />
          <T k="server_add" />
        </button>
      </div>
      <ServerEditor
        key={chosen?.id ?? 'new'}
        server={chosen}
        unsaved={unsaved}
        checks={checks}
        onSaved={onSaved}
        tell={tell}
      />
    </div>
  );
}
