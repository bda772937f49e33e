import type { Failure } from '../../lib/core/failures/failure.ts';
import { trialWords } from '../../lib/core/models/trial.ts';
import type { ModelTrial } from '../../lib/core/ports.ts';
import type { Result } from '../../lib/core/result.ts';
import { FailurePanel } from '../ui/failure-panel.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { Say, T, useText } from '../ui/language.tsx';
import { Select } from '../ui/select.tsx';

/** One tiny request, before it is sent, under way, and with what came of it. */
export interface TrialView {
  models: readonly string[];
  model: string;
  isRunning: boolean;
  outcome?: { model: string; reply: Result<ModelTrial, Failure> } | undefined;
}

interface TrialProps {
  view: TrialView;
  server: string;
  onChoose(model: string): void;
  onTry(): void;
}

/** Sends one tiny request to a model on demand, for it costs the person something. */
export function Trial({ view, server, onChoose, onTry }: TrialProps) {
  const t = useText();
  const { models, model, isRunning } = view;
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        {models.length > 1 && (
          <Select
            label={t('trial_model')}
            className="input w-60"
            value={model}
            choices={models.map((id) => ({ value: id, label: id }))}
            onChange={onChoose}
          />
        )}
        <TrialButton isRunning={isRunning} onTry={onTry} className="btn" />
      </div>
      <TrialOutcome view={view} server={server} />
    </div>
  );
}

interface TrialButtonProps {
  isRunning: boolean;
  className: string;
  onTry(): void;
}

/** Stays where it is while the request is under way, so that the focus does. */
export function TrialButton({ isRunning, className, onTry }: TrialButtonProps) {
  const t = useText();
  return (
    <button
      type="button"
      className={className}
      title={t('trial_send_hint')}
      aria-disabled={isRunning}
      onClick={() => {
        if (!isRunning) onTry();
      }}
    >
      <T k="trial_send" />
    </button>
  );
}

/** What came of it, in the server's own words too: who of a pool has answered nobody can see. */
export function TrialOutcome({ view, server }: Pick<TrialProps, 'view' | 'server'>) {
  const { isRunning, model, outcome } = view;
  return (
    <div aria-live="polite" className="empty:hidden">
      {isRunning && (
        <p className="text-muted">
          <T k="trial_running" model={model} />
        </p>
      )}
      {!isRunning && outcome && <Outcome {...outcome} server={server} />}
    </div>
  );
}

function Outcome({
  model,
  reply,
  server,
}: NonNullable<TrialView['outcome']> & Pick<TrialProps, 'server'>) {
  if (!reply.ok) return <FailurePanel failure={reply.failure} context={{ server }} />;
  const { glyph, title, why } = trialWords(model, reply.value);
  const { said } = reply.value;
  return (
    <div className="flex gap-2">
      <span className="mt-0.5">
        <Glyph state={glyph} />
      </span>
      <div className="grid min-w-0 gap-1">
        <p>
          <Say words={title} />
        </p>
        <p className="xs text-muted">
          <Say words={why} />
        </p>
        {said !== '' && <p className="mono wrap-anywhere">{said}</p>}
      </div>
    </div>
  );
}
