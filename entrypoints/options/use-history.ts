import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { HistoryState } from '../../lib/core/protocol.ts';
import { ask, onAnnouncement } from '../../lib/edges/messages.ts';

/** The history, and what is under way, kept up to date. */
export function useHistory() {
  const [history, setHistory] = useState<HistoryState>();
  const [failure, setFailure] = useState<Failure>();
  const read = useCallback(async () => {
    const reply = await ask('readHistory', {});
    setFailure(reply.ok ? undefined : reply.failure);
    if (reply.ok) setHistory(reply.value);
  }, []);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- it sets nothing before the worker has answered
    void read();
    return onAnnouncement((announcement) => {
      if (announcement.event === 'result') void read();
      if (announcement.event !== 'running') return;
      const { running } = announcement;
      setHistory((now) => now && { ...now, running });
    });
  }, [read]);
  return { history, failure };
}
