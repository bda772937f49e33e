import { useEffect, useState } from 'react';
import type { ServerForm } from '../../lib/core/server/server.ts';

/** Changed and not saved forms by server, so that they are there again when one comes back to them. */
export interface UnsavedForms {
  get(serverId: string | undefined): ServerForm | undefined;
  keep(serverId: string | undefined, form: ServerForm | undefined): void;
}

/** Keeps unsaved forms as long as the page is open. Who closes it is asked first. */
export function useUnsavedForms(): UnsavedForms {
  const [forms] = useState(() => new Map<string | undefined, ServerForm>());
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (forms.size > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [forms]);
  const [unsaved] = useState<UnsavedForms>(() => ({
    get: (serverId) => forms.get(serverId),
    keep(serverId, form) {
      if (form) forms.set(serverId, form);
      else forms.delete(serverId);
    },
  }));
  return unsaved;
}
