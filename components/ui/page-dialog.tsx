import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import type { Words } from '../../lib/core/words/words.ts';
import { Say, useText } from './language.tsx';

interface PageDialogProps {
  title: Words;
  subtitle?: ReactNode;
  onClose(): void;
  children: ReactNode;
}

/** A dialog that fills the popup. The browser traps the focus in it and gives it back. */
export function PageDialog({ title, subtitle, onClose, children }: PageDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const t = useText();
  // A layout effect ends while the dialog is still there to give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // React’s autoFocus comes before the dialog is shown, when nothing in it can be focused.
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="page"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="d-head">
        <div className="min-w-0 grow">
          <h1 id={id} className="text-md font-semibold">
            <Say words={title} />
          </h1>
          {subtitle && <p className="xs cut text-subtle">{subtitle}</p>}
        </div>
        <button
          type="button"
          className="btn ghost sm square"
          aria-label={t('action_close')}
          title={t('action_close')}
          onClick={onClose}
        >
          <X className="icon" aria-hidden="true" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
