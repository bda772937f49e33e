import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { Server } from '../../lib/core/server/server.ts';
import { ask, onAnnouncement } from '../../lib/edges/messages.ts';

export type ServersLoad =
  | { state: 'loading' }
  | { state: 'failed'; failure: Failure }
  | { state: 'loaded'; servers: readonly Server[] };

/** The servers that are set up, kept up to date; `read` ends when they are. */
export function useServers(): { load: ServersLoad; read(): Promise<void> } {
  const [load, setLoad] = useState<ServersLoad>({ state: 'loading' });
  const read = useCallback(async () => {
    const list = await ask('readServers', {});
    setLoad(
      list.ok
        ? { state: 'loaded', servers: list.value }
        : { state: 'failed', failure: list.failure },
    );
  }, []);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- it sets nothing before the worker has answered
    void read();
    return onAnnouncement(({ event }) => {
      if (event === 'servers-changed') void read();
    });
  }, [read]);
  return { load, read };
}
