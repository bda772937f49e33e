import type { RunView } from '../../lib/core/run-view.ts';
import { T } from '../ui/language.tsx';

interface RunFootProps {
  runs: readonly RunView[];
  onStop(runIds: readonly string[]): void;
}

/** That the window is not needed any more, and the way to stop while nothing is written yet. */
export function RunFoot({ runs, onStop }: RunFootProps) {
  const stoppable = runs.filter(({ canStop }) => canStop);
  return (
    <footer className="p-foot">
      <p className="xs grow text-subtle">
        <T k="run_may_close" />
      </p>
      {stoppable.length > 0 && (
        <button
          type="button"
          className="btn"
          onClick={() => onStop(stoppable.map(({ runId }) => runId))}
        >
          <T k="run_stop" />
        </button>
      )}
    </footer>
  );
}
