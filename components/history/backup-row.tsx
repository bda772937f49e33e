import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BackupInfo } from '../../lib/core/protocol.ts';
import { Glyph } from '../ui/glyph.tsx';
import { T } from '../ui/language.tsx';
import { Moment } from '../ui/moment.tsx';

interface BackupRowProps {
  backup: BackupInfo;
  onCompare(): void;
  onDownload(): void;
  onRestore(): void;
  /** What was asked for, below the row; see `RestorePanel`. */
  children: ReactNode;
}

/** A list as it was just before a write: when, which, how much, and what can be done with it. */
export function BackupRow({ backup, onCompare, onDownload, onRestore, children }: BackupRowProps) {
  const { at, kind, providers, keys } = backup;
  return (
    <li className={children ? 'open' : ''}>
      <div className="backup">
        <Glyph state="idle" />
        <Moment at={at} />
        <span className="mono cut text-muted">{kind}</span>
        <span className="how-much cut">
          <T k="backup_holds" providers={providers} keys={keys} />
        </span>
        <span className="acts">
          <button type="button" className="btn ghost sm" onClick={onCompare}>
            <T k="action_compare" />
          </button>
          <button type="button" className="btn ghost sm" onClick={onDownload}>
            <Download className="icon" aria-hidden="true" />
            <T k="action_download" />
          </button>
          <button type="button" className="btn ghost sm accent" onClick={onRestore}>
            <T k="action_restore" />
          </button>
        </span>
      </div>
      {children && <div className="event-detail">{children}</div>}
    </li>
  );
}
