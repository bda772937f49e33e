import { useEffect, useId, useRef } from 'react';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { BackupInfo, ChangePreview } from '../../lib/core/protocol.ts';
import type { Server } from '../../lib/core/server/server.ts';
import { ChangeView } from '../changes/change-view.tsx';
import { FailurePanel } from '../ui/failure-panel.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { T } from '../ui/language.tsx';

interface RestorePanelProps {
  backup: BackupInfo;
  server: Server;
  /** To be restored, or only compared. */
  isRestore: boolean;
  /** Absent while the server is read. */
  preview: ChangePreview | undefined;
  failure: Failure | undefined;
  onReadAgain(): void;
  onRestore(): void;
  onClose(): void;
}

/** What putting a backup in the place of the server's list would change. */
export function RestorePanel(props: RestorePanelProps) {
  const { backup, server, isRestore, preview, failure, onReadAgain, onRestore, onClose } = props;
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  return (
    <section ref={panel} className="panel" tabIndex={-1} aria-labelledby={id}>
      <h2 id={id} className="h">
        <T k={isRestore ? 'restore_title' : 'compare_title'} server={server.name} />
      </h2>
      <div className="grid gap-3" aria-live="polite">
        {!preview && !failure && (
          <p className="text-muted">
            <T k="changes_reading" />
          </p>
        )}
        {failure && <FailurePanel failure={failure} context={{ server: server.name }} />}
        {preview?.write && (
          <>
            <p className="text-muted">
              <T k="restore_detail" server={server.name} />
            </p>
            <ChangeView preview={preview} kind={backup.kind} />
          </>
        )}
        {preview && !preview.write && (
          <div className="callout calm">
            <Glyph state="same" />
            <p>
              <T k="restore_nothing" server={server.name} />
            </p>
          </div>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {isRestore && preview?.write && (
          <button type="button" className="btn primary" onClick={onRestore}>
            <T k="restore_confirm" />
          </button>
        )}
        {failure && (
          <button type="button" className="btn" onClick={onReadAgain}>
            <T k="action_retry" />
          </button>
        )}
        <button type="button" className="btn ghost" onClick={onClose}>
          <T k={isRestore && preview?.write ? 'action_cancel' : 'action_close'} />
        </button>
      </div>
    </section>
  );
}
