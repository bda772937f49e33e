import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ConnectionCheck } from '../../lib/core/server/server.ts';
import { onAnnouncement } from '../../lib/edges/messages.ts';

/** How tests of connections went while the page was open. One of a server that is just being set up has no id. */
export interface Checks {
  of(serverId: string | undefined): ConnectionCheck | undefined;
  show(serverId: string | undefined, check: ConnectionCheck | undefined): void;
}

/** Follows all tests, whichever form is shown: it may be another when the worker tells how one goes. */
export function useChecks(): Checks {
  const [checks, setChecks] = useState<ReadonlyMap<string | undefined, ConnectionCheck>>(new Map());
  const show = useCallback<Checks['show']>((serverId, check) => {
    setChecks((now) => {
      const others = [...now].filter(([id]) => id !== serverId);
      return new Map(check ? [...others, [serverId, check]] : others);
    });
  }, []);
  useEffect(
    () =>
      onAnnouncement((announcement) => {
        if (announcement.event === 'check') show(announcement.serverId, announcement.check);
      }),
    [show],
  );
  return useMemo(() => ({ of: (serverId) => checks.get(serverId), show }), [checks, show]);
}
