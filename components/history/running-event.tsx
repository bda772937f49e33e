import type { RunningJob } from '../../lib/core/protocol.ts';
import { runningStage, runningWords } from '../../lib/core/running-words.ts';
import { Glyph } from '../ui/glyph.tsx';
import { Say, T, useLanguage } from '../ui/language.tsx';

interface RunningEventProps {
  run: RunningJob;
  /** Absent where nothing is left to be stopped. */
  onStop?: (() => void) | undefined;
}

/** A change that is still under way. */
export function RunningEvent({ run, onStop }: RunningEventProps) {
  const { text } = useLanguage();
  const { words, step, of } = runningStage(run);
  const what = runningWords(run);
  return (
    <li className="event running">
      <Glyph state="run" />
      <span className="when" />
      <span className="what cut">
        <Say words={what} />
        <span className="text-muted">
          {': '}
          <Say words={words} />
          <T k="stage_step" step={step} of={of} />
        </span>
      </span>
      <span className="where xs cut text-subtle">{run.server.name}</span>
      <span className="flex items-center gap-2">
        {run.isStopping && (
          <span className="xs text-muted">
            <T k="running_stopping" />
          </span>
        )}
        {onStop && (
          <button type="button" className="btn ghost sm" onClick={onStop}>
            <T k="action_stop" />
          </button>
        )}
        <span
          className="bar w-24"
          role="progressbar"
          aria-label={text(what)}
          aria-valuemin={0}
          aria-valuemax={of}
          aria-valuenow={step}
        >
          <i style={{ width: `${(100 * step) / of}%` }} />
        </span>
      </span>
    </li>
  );
}
