import { stageStep, stageWords } from '../../lib/core/keys/card-words.ts';
import type { HistoryState } from '../../lib/core/protocol.ts';
import { Glyph } from '../ui/glyph.tsx';
import { Say, T, useText } from '../ui/language.tsx';

/** An import that is still under way. */
export function RunningEvent({ run }: { run: HistoryState['running'][number] }) {
  const t = useText();
  const { step, of } = stageStep(run.stage);
  return (
    <li className="event">
      <Glyph state="run" />
      <span className="when" />
      <span className="what cut">
        <T k="history_importing" key_name={run.keyName} /> <Say words={stageWords(run.stage)} />
        <T k="stage_step" step={step} of={of} />
      </span>
      <span className="where xs cut text-subtle">{run.serverName}</span>
      <span
        className="bar w-24"
        role="progressbar"
        aria-label={t('stage_importing', { key: run.keyName })}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={step}
      >
        <i style={{ width: `${(100 * step) / of}%` }} />
      </span>
    </li>
  );
}
