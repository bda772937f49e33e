import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { BackupInfo } from '../../lib/core/protocol.ts';
import { ask, onAnnouncement } from '../../lib/edges/messages.ts';

/** The backups of a server, newest first, kept up to date: each write adds one. */
export function useBackups(serverId: string) {
  const [backups, setBackups] = useState<readonly BackupInfo[]>();
  const [failure, setFailure] = useState<Failure>();
  const read = useCallback(async () => {
    const reply = await ask('readBackups', { serverId });
    setFailure(reply.ok ? undefined : reply.failure);
    if (reply.ok) setBackups(reply.value);
  }, [serverId]);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- it sets nothing before the worker has answered
    void read();
    return onAnnouncement(({ event }) => {
      if (event === 'result') void read();
    });
  }, [read]);
  return { backups, failure };
}
