import { Settings } from 'lucide-react';
import { type ServerHealth, ServerPicker } from '../../components/servers/server-picker.tsx';
import { T } from '../../components/ui/language.tsx';
import type { Server } from '../../lib/core/server/server.ts';
import { ask } from '../../lib/edges/messages.ts';
import { SettingsLink } from './settings-link.tsx';
import type { PopupView } from './use-popup.ts';

/** Which server the popup shows, and the ways to another and to Settings. */
export function PopupHead({ view, chosen }: { view: PopupView; chosen: Server }) {
  return (
    <header className="p-head">
      <img src="/icons/mark.svg" alt="" width="24" height="24" />
      <h1 className="sr-only">
        <T k="keys_title" />
      </h1>
      <ServerPicker
        servers={view.servers}
        chosen={chosen}
        health={healthOf(view)}
        onChoose={(serverId) => void ask('chooseServer', { serverId })}
      />
      <span className="grow" />
      <SettingsLink serverId={chosen.id} className="square">
        <Settings className="icon" aria-hidden="true" />
      </SettingsLink>
    </header>
  );
}

function healthOf({ looked, serverFailure }: PopupView): ServerHealth {
  if (!looked) return 'unknown';
  if (!serverFailure) return 'up';
  const held = ['server/held', 'server/banned', 'server/last-try', 'server/few-tries'];
  return held.includes(serverFailure.code) ? 'hold' : 'down';
}
