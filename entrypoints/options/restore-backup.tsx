import { useCallback, useEffect, useState } from 'react';
import { RestorePanel } from '../../components/history/restore-panel.tsx';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { BackupInfo, ChangePreview } from '../../lib/core/protocol.ts';
import type { Server } from '../../lib/core/server/server.ts';
import { ask } from '../../lib/edges/messages.ts';

interface RestoreBackupProps {
  backup: BackupInfo;
  server: Server;
  isRestore: boolean;
  onFailed(failure: Failure): void;
  onClose(): void;
}

/** A backup beside the server's list of now, and the way to put it back; how that goes on is shown as any change is. */
export function RestoreBackup({
  backup,
  server,
  isRestore,
  onFailed,
  onClose,
}: RestoreBackupProps) {
  const [preview, setPreview] = useState<ChangePreview>();
  const [failure, setFailure] = useState<Failure>();
  const [serverId, backupId] = [server.id, backup.id];
  const read = useCallback(async () => {
    const reply = await ask('previewRestore', { serverId, backupId });
    if (reply.ok) setPreview(reply.value);
    else setFailure(reply.failure);
  }, [serverId, backupId]);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- it sets nothing before the worker has answered
    void read();
  }, [read]);

  const restore = async () => {
    if (!preview) return;
    onClose();
    const begun = await ask('restoreBackup', { serverId, backupId, seen: preview.seen });
    if (!begun.ok) onFailed(begun.failure);
  };
  return (
    <RestorePanel
      backup={backup}
      server={server}
      isRestore={isRestore}
      preview={preview}
      failure={failure}
      onReadAgain={() => {
        setFailure(undefined);
        void read();
      }}
      onRestore={() => void restore()}
      onClose={onClose}
    />
  );
}
