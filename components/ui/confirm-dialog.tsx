import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import type { Words } from '../../lib/core/words/words.ts';
import { Glyph } from './glyph.tsx';
import { Say, T } from './language.tsx';

interface ConfirmDialogProps {
  title: Words;
  /** What the button says that goes on. */
  action: Words;
  onConfirm(): void;
  onCancel(): void;
  children: ReactNode;
}

/** A warning that has to be answered. The browser traps the focus in it and gives it back. */
export function ConfirmDialog({
  title,
  action,
  onConfirm,
  onCancel,
  children,
}: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // A layout effect ends while the dialog is still there to give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="box"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <h2 id={`${id}-title`} className="h flex items-center gap-2">
        <Glyph state="fail" tone="warn" />
        <Say words={title} />
      </h2>
      <div id={`${id}-text`} className="text-muted">
        {children}
      </div>
      <div className="flex justify-end gap-2">
        <button type="button" className="btn ghost" onClick={onCancel}>
          <T k="action_cancel" />
        </button>
        <button type="button" className="btn primary" onClick={onConfirm}>
          <Say words={action} />
        </button>
      </div>
    </dialog>
  );
}
