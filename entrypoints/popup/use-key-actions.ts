import { useCallback, useEffect, useState } from 'react';
import type { KeyCard } from '../../lib/core/keys/relay-key.ts';
import { say } from '../../lib/core/words/words.ts';
import { copyText } from '../../lib/edges/clipboard.ts';
import { ask } from '../../lib/edges/messages.ts';
import type { PageNotice } from '../pages/page-notices.tsx';

const SHOWN_MS = 30_000;

/** What can be done with a key beside importing it: show, copy, remove. */
export function useKeyActions(tell: (notice: PageNotice) => void) {
  const [revealed, setRevealed] = useState<{ keyId: string; apiKey: string }>();
  const hide = useCallback(() => setRevealed(undefined), []);

  // A revealed key does not stay on a screen that nobody looks at.
  useEffect(() => {
    if (!revealed) return;
    const timer = setTimeout(hide, SHOWN_MS);
    window.addEventListener('blur', hide);
    document.addEventListener('visibilitychange', hide);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('blur', hide);
      document.removeEventListener('visibilitychange', hide);
    };
  }, [revealed, hide]);

  return {
    revealed,
    hide,

    async reveal({ id }: KeyCard) {
      const key = await ask('revealKey', { keyId: id });
      if (key.ok) setRevealed({ keyId: id, apiKey: key.value.apiKey });
      else tell({ id, kind: 'failed', failure: key.failure });
    },

    async copy({ id, name }: KeyCard) {
      const key = await ask('revealKey', { keyId: id });
      const copied = key.ok ? await copyText(key.value.apiKey) : key;
      if (copied.ok) tell({ id: `copied ${id}`, kind: 'done', words: say('key_copied', { name }) });
      else tell({ id, kind: 'failed', failure: copied.failure });
    },

    async remove({ id, name }: KeyCard) {
      const removed = await ask('removeKey', { keyId: id });
      if (removed.ok)
        tell({ id: `removed ${id}`, kind: 'removed', thing: 'key', removedId: id, name });
      else tell({ id, kind: 'failed', failure: removed.failure });
    },
  };
}
