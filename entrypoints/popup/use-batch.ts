import { useState } from 'react';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { BatchPreview } from '../../lib/core/import-view.ts';
import type { Server } from '../../lib/core/server/server.ts';
import { ask } from '../../lib/edges/messages.ts';
import { readPreferences } from '../../lib/edges/preferences-store.ts';

/** The preview of an import of several keys, and what it is the preview of. */
interface OpenPreview {
  keyIds: readonly string[];
  serverIds: readonly string[];
  /** Absent as long as the servers are read. */
  servers?: readonly BatchPreview[] | undefined;
  failure?: Failure | undefined;
}

interface BatchOf {
  keyIds: readonly string[];
  servers: readonly Server[];
  chosen: Server;
  /** What was selected is on its way. */
  onStart(): void;
  onFailure(failure: Failure): void;
}

/** The import of the selected keys: where they go, and what it would do. */
export function useBatch({ keyIds, servers, chosen, onStart, onFailure }: BatchOf) {
  const [picked, setTargets] = useState<readonly string[]>();
  const [preview, setPreview] = useState<OpenPreview>();
  const known = servers.map(({ id }) => id).filter((id) => picked?.includes(id));
  // Without a word about it, keys go to the server that is shown.
  const targetIds = known.length > 0 ? known : [chosen.id];

  const start = (keys: readonly string[], serverIds: readonly string[]) => {
    setPreview(undefined);
    setTargets(undefined);
    onStart();
    void ask('startImport', { keyIds: keys, serverIds }).then(
      (started) => started.ok || onFailure(started.failure),
    );
  };

  const openPreview = async () => {
    const of = { keyIds, serverIds: targetIds };
    setPreview(of);
    const reply = await ask('previewBatch', of);
    // Closed meanwhile, or asked for anew.
    setPreview((now) => {
      if (now !== of) return now;
      return reply.ok ? { ...of, servers: reply.value } : { ...of, failure: reply.failure };
    });
  };

  return {
    targetIds,
    setTargets,
    preview,
    openPreview,
    closePreview: () => setPreview(undefined),
    /** Imports what the preview shows. */
    importPreviewed: () => preview && start(preview.keyIds, preview.serverIds),
    /** Imports at once, or by way of the preview for whoever wants to be asked always. */
    async importSelected() {
      const { oneClick } = await readPreferences();
      // One key has a dialog of its own, in which more can be said.
      const isBatch = keyIds.length > 1 || targetIds.length > 1;
      if (oneClick === 'ask' && isBatch) await openPreview();
      else start(keyIds, targetIds);
    },
  };
}
