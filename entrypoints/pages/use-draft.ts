import { useEffect, useRef } from 'react';
import type { DraftForm } from '../../lib/core/protocol.ts';
import { ask } from '../../lib/edges/messages.ts';

/**
 * Keeps unsaved input, so that it is there again when the popup was closed in the middle:
 * it closes whenever its window loses the focus, and waits for nothing. So each change is
 * sent at once; those that come while one is on its way go together, with the next.
 * Nothing is kept while `value` is absent; closing a form on purpose drops what was kept.
 */
export function useDraft(form: DraftForm, value: unknown): { drop(): void } {
  const unsaved = useRef<unknown>(undefined);
  const isSaving = useRef(false);
  useEffect(() => {
    unsaved.current = value;
    if (!isSaving.current) void saveAll();

    async function saveAll() {
      isSaving.current = true;
      while (unsaved.current !== undefined) {
        const next = unsaved.current;
        unsaved.current = undefined;
        await ask('saveDraft', { form, value: next });
      }
      isSaving.current = false;
    }
  }, [form, value]);
  return {
    drop() {
      unsaved.current = undefined;
      void ask('dropDraft', { form });
    },
  };
}
