import { useState } from 'react';
import { BackupRow } from '../../components/history/backup-row.tsx';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { FailurePanel } from '../../components/ui/failure-panel.tsx';
import { T, useText } from '../../components/ui/language.tsx';
import { Select } from '../../components/ui/select.tsx';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { BackupInfo } from '../../lib/core/protocol.ts';
import type { Server } from '../../lib/core/server/server.ts';
import { say } from '../../lib/core/words/words.ts';
import { downloadFile } from '../../lib/edges/download.ts';
import { ask } from '../../lib/edges/messages.ts';
import type { PageNotice } from '../pages/page-notices.tsx';
import { RestoreBackup } from './restore-backup.tsx';
import { useBackups } from './use-backups.ts';
import { useServers } from './use-servers.ts';

type Tell = (notice: PageNotice) => void;

/** The lists as they were before each write, by server. */
export function BackupsTab({ tell }: { tell: Tell }) {
  const t = useText();
  const { load } = useServers();
  const [chosenId, setChosenId] = useState<string>();
  if (load.state === 'loading') return null;
  if (load.state === 'failed') return <FailurePanel failure={load.failure} />;
  const { servers } = load;
  const server =
    servers.find(({ id }) => id === chosenId) ??
    servers.find(({ isDefault }) => isDefault) ??
    servers[0];
  return (
    <>
      <div className="mb-3 flex flex-wrap items-end gap-4">
        {server && servers.length > 1 && (
          <div className="w-56">
            <Select
              label={t('server')}
              value={server.id}
              choices={servers.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={setChosenId}
            />
          </div>
        )}
        <p className="xs max-w-160 text-muted">
          <T k="backups_about" />
        </p>
      </div>
      {server ? (
        <Backups key={server.id} server={server} tell={tell} />
      ) : (
        <EmptyState title={say('backups_empty')} hint={say('backups_empty_hint')} />
      )}
    </>
  );
}

/** What is asked for, of which backup. */
interface Asked {
  id: string;
  what: 'compare' | 'restore' | 'download';
}

function Backups({ server, tell }: { server: Server; tell: Tell }) {
  const { backups, failure } = useBackups(server.id);
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const onFailed = (found: Failure) =>
    tell({ id: `backup ${server.id}`, kind: 'failed', failure: found, server: server.name });

  const download = async ({ id }: BackupInfo) => {
    close();
    const read = await ask('readBackup', { serverId: server.id, backupId: id });
    if (read.ok) downloadFile(read.value.name, read.value.json);
    else onFailed(read.failure);
  };
  if (failure) return <FailurePanel failure={failure} context={{ server: server.name }} />;
  if (!backups) return null;
  if (backups.length === 0) {
    return <EmptyState title={say('backups_empty')} hint={say('backups_empty_hint')} />;
  }
  const toDownload = backups.find(({ id }) => asked?.what === 'download' && id === asked.id);
  return (
    <>
      <ul className="card">
        {backups.map((backup) => (
          <BackupRow
            key={backup.id}
            backup={backup}
            onCompare={() => setAsked({ id: backup.id, what: 'compare' })}
            onDownload={() => setAsked({ id: backup.id, what: 'download' })}
            onRestore={() => setAsked({ id: backup.id, what: 'restore' })}
          >
            {asked?.id === backup.id && asked.what !== 'download' && (
              <RestoreBackup
                key={asked.what}
                backup={backup}
                server={server}
                isRestore={asked.what === 'restore'}
                onFailed={onFailed}
                onClose={close}
              />
            )}
          </BackupRow>
        ))}
      </ul>
      {toDownload && (
        <ConfirmDialog
          title={say('download_title', { count: toDownload.keys })}
          action={say('action_download')}
          onConfirm={() => void download(toDownload)}
          onCancel={close}
        >
          <T k="download_warning" />
        </ConfirmDialog>
      )}
    </>
  );
}
