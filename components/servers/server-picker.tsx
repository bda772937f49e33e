import type { Server } from '../../lib/core/server/server.ts';
import { useText } from '../ui/language.tsx';
import { Select } from '../ui/select.tsx';

/** How a server is doing, as far as it is known. */
export type ServerHealth = 'unknown' | 'up' | 'down' | 'hold';

interface ServerPickerProps {
  servers: readonly Server[];
  chosen: Server;
  health: ServerHealth;
  onChoose(serverId: string): void;
}

const DOTS: Record<ServerHealth, string> = {
  unknown: 'unknown',
  up: '',
  down: 'down',
  hold: 'hold',
};

/** The server that the popup shows, and the way to another. */
export function ServerPicker({ servers, chosen, health, onChoose }: ServerPickerProps) {
  const t = useText();
  return (
    <Select
      className="server"
      label={t('server')}
      value={chosen.id}
      choices={servers.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={onChoose}
    >
      <span className={`dot ${DOTS[health]}`} />
      <span className="cut text-md font-semibold">{chosen.name}</span>
      {chosen.check?.version && (
        <span className="xs cut shrink-99 text-subtle">{chosen.check.version}</span>
      )}
    </Select>
  );
}
