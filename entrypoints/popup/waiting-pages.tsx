import { FailureCause } from '../../components/ui/failure.tsx';
import { Glyph } from '../../components/ui/glyph.tsx';
import { Say, T } from '../../components/ui/language.tsx';
import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';

/** While the worker wakes up. Mostly too short to be seen. */
export function LoadingPage() {
  return (
    <main className="popup" aria-busy="true">
      <div className="flex grow flex-col justify-center gap-3 px-12 pb-4">
        <img src="/icons/mark.svg" alt="" width="40" height="40" />
        <p className="flex items-center gap-2 text-muted">
          <Glyph state="run" />
          <T k="popup_loading" />
        </p>
      </div>
    </main>
  );
}

/** In place of the keys: locked, or they cannot be read. */
export function UnavailablePage({ failure, onReload }: { failure: Failure; onReload(): void }) {
  const { what } = describeFailure(failure);
  const isLocked = failure.code === 'vault/locked';
  return (
    <main className="popup">
      <div className="flex grow flex-col justify-center gap-4 px-12 pb-4" role="alert">
        <img src="/icons/mark.svg" alt="" width="48" height="48" />
        <h1 className="text-xl font-semibold tracking-tight">
          <Say words={what} />
        </h1>
        <p className="text-muted">
          <FailureCause failure={failure} />
        </p>
        <div className="flex gap-2">
          <button type="button" className="btn primary" onClick={onReload}>
            <T k="action_retry" />
          </button>
        </div>
      </div>
      <footer className="p-foot">
        <p className="xs text-subtle">
          <T k={isLocked ? 'popup_locked_note' : 'popup_failed_note'} />
        </p>
      </footer>
    </main>
  );
}
