import { useCallback, useEffect, useRef, useState } from 'react';
import type { UndoView } from '../../components/history/undo-panel.tsx';
import { hasSides } from '../../lib/core/changes/conflict-words.ts';
import type { Resolve } from '../../lib/core/changes/merge-entry.ts';
import { ask } from '../../lib/edges/messages.ts';

const UNREAD: UndoView = { conflicts: [], resolve: 'ask', isReading: true };

/** What taking an entry back would do: asked of the server when it is opened, and for each choice. */
export function useUndo(entryId: string) {
  const [view, setView] = useState(UNREAD);
  /** An answer to an earlier question comes too late. */
  const asked = useRef(0);

  const read = useCallback(
    async (resolve: Resolve) => {
      asked.current += 1;
      const question = asked.current;
      const found = await previewOf(entryId, resolve);
      if (asked.current === question) setView((now) => ({ ...now, isReading: false, ...found }));
    },
    [entryId],
  );
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- it sets nothing before the worker has answered
    void read('ask');
  }, [read]);

  const resolveBy = (resolve: Resolve) => {
    setView(({ conflicts }) => ({ conflicts, resolve, isReading: true }));
    void read(resolve);
  };
  return {
    view,
    resolveBy,
    readAgain: () => {
      setView(UNREAD);
      void read('ask');
    },
  };
}

async function previewOf(entryId: string, resolve: Resolve): Promise<Partial<UndoView>> {
  const reply = await ask('previewUndo', { entryId, resolve });
  if (!reply.ok) return { failure: reply.failure };
  const preview = reply.value;
  const { conflicts } = preview;
  if (conflicts.length === 0) return { resolve, preview };
  if (conflicts.some(hasSides)) return { conflicts };
  // Nothing to choose: what is gone is left alone, and the rest can be taken back.
  return { ...(await previewOf(entryId, 'theirs')), conflicts };
}
