import { ChevronDown } from 'lucide-react';
import { useId, useRef } from 'react';
import type { Server } from '../../lib/core/server/server.ts';
import { T, useText } from '../ui/language.tsx';
import { placeBeside } from '../ui/place-beside.ts';

interface ServerChecksProps {
  servers: readonly Server[];
  chosenIds: readonly string[];
  onChange(serverIds: readonly string[]): void;
}

/** The servers that something goes to: their names on a button, which opens a list of boxes. One is always chosen. */
export function ServerChecks({ servers, chosenIds, onChange }: ServerChecksProps) {
  const t = useText();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLFieldSetElement>(null);
  const chosen = servers.filter((server) => chosenIds.includes(server.id));
  const isLast = (serverId: string) => chosen.length === 1 && chosen[0]?.id === serverId;
  const toggle = (serverId: string) =>
    onChange(
      servers
        .map((server) => server.id)
        .filter((other) => chosenIds.includes(other) !== (other === serverId)),
    );
  return (
    <div className="basis-full">
      <button
        ref={button}
        type="button"
        className="btn ghost sm -ms-2 max-w-full"
        aria-label={t('import_targets')}
        aria-description={chosen.map(({ name }) => name).join(', ')}
        popoverTarget={id}
      >
        <span className="cut">
          {chosen.length === 1 ? (
            <T k="import_target_one" server={chosen[0]?.name ?? ''} />
          ) : (
            <T k="import_target_many" count={chosen.length} names={namesOf(chosen)} />
          )}
        </span>
        <ChevronDown className="icon" aria-hidden="true" />
      </button>
      <fieldset
        ref={list}
        id={id}
        // In the top layer, so that nothing around it cuts it off.
        popover="auto"
        className="menu"
        aria-label={t('import_targets')}
        onToggle={({ newState }) => {
          if (newState !== 'open' || !button.current || !list.current) return;
          placeBeside(list.current, button.current.getBoundingClientRect(), 'start');
          list.current.querySelector<HTMLElement>('input:not(:disabled)')?.focus();
        }}
      >
        {servers.map((server) => (
          <label key={server.id} className="choice px-2">
            <input
              type="checkbox"
              className="check"
              checked={chosenIds.includes(server.id)}
              disabled={isLast(server.id)}
              title={isLast(server.id) ? t('import_targets_last') : undefined}
              onChange={() => toggle(server.id)}
            />
            <span className="cut">{server.name}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

const namesOf = (servers: readonly Server[]): string => servers.map(({ name }) => name).join(', ');
