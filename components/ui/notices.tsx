import { X } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { Glyph, type GlyphState } from './glyph.tsx';
import { useText } from './language.tsx';

export interface NoticeView {
  id: string;
  glyph: GlyphState;
  title: ReactNode;
  /** Below the title: where and how long, or cause and next step. */
  detail?: ReactNode;
  actions?: ReactNode;
  /** A failure stays until it is closed, and is read out at once. */
  isFailure: boolean;
}

const SHOWN = 3;
const STAYS_MS = 8000;

/** Results at the top right, the newest first, at most three. */
export function Notices({
  notices,
  onDismiss,
}: {
  notices: readonly NoticeView[];
  onDismiss(id: string): void;
}) {
  const t = useText();
  return (
    <div className="notices" role="status" aria-label={t('results')}>
      {notices
        .slice(-SHOWN)
        .toReversed()
        .map((notice) => (
          <Notice key={notice.id} notice={notice} onDismiss={() => onDismiss(notice.id)} />
        ))}
    </div>
  );
}

function Notice({ notice, onDismiss }: { notice: NoticeView; onDismiss(): void }) {
  const t = useText();
  const [held, setHeld] = useState(false);
  const leave = useEffectEvent(() => {
    // Nobody has seen what lies under a dialog.
    if (!document.querySelector('dialog:modal')) onDismiss();
  });
  useEffect(() => {
    if (notice.isFailure || held) return;
    const timer = setInterval(leave, STAYS_MS);
    return () => clearInterval(timer);
  }, [notice.isFailure, held]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the handlers only hold the notice while someone reads it
    <div
      className="notice"
      role={notice.isFailure ? 'alert' : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Glyph state={notice.glyph} />
      <div>
        <p className={notice.isFailure ? 'font-semibold' : ''}>{notice.title}</p>
        {notice.detail && <div className="xs text-muted">{notice.detail}</div>}
        {notice.actions && <div className="acts">{notice.actions}</div>}
      </div>
      <button
        type="button"
        className="btn ghost sm square"
        aria-label={t('action_dismiss')}
        title={t('action_dismiss')}
        onClick={onDismiss}
      >
        <X className="icon" aria-hidden="true" />
      </button>
    </div>
  );
}
