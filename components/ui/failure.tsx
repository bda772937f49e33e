import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { FailureAction, FailureContext, FixStep } from '../../lib/core/failures/words-of.ts';
import { say, type Words } from '../../lib/core/words/words.ts';
import { CopyButton } from './copy-button.tsx';
import { Say, Sentences, T, useText } from './language.tsx';

/** What the button for each remedy says. */
const ACTION_WORDS: Record<FailureAction, Words> = {
  'open-settings': say('action_open_settings'),
  'test-again': say('action_test'),
  'use-other-scheme': say('action_use_address'),
  'grant-server-access': say('action_allow_access'),
  'grant-relay-access': say('action_allow_access'),
  'change-key': say('action_change_key'),
  insist: say('action_insist'),
  retry: say('action_retry'),
  decide: say('action_decide'),
  compare: say('action_compare'),
  reload: say('action_reload'),
};

interface FailureActionsProps {
  failure: Failure;
  /** The remedies that this place can offer; others are left to the words. */
  onAction: Partial<Record<FailureAction, () => void>>;
}

/** A button for each remedy of a failure that can be had here. */
export function FailureActions({ failure, onAction }: FailureActionsProps) {
  const { actions = [] } = describeFailure(failure);
  return actions
    .filter((action) => onAction[action])
    .map((action) => (
      <button
        key={action}
        type="button"
        className="btn ghost sm accent"
        onClick={() => onAction[action]?.()}
      >
        <Say words={ACTION_WORDS[action]} />
      </button>
    ));
}

/** Cause and next step of a failure, as one paragraph. */
export function FailureCause({
  failure,
  context,
}: {
  failure: Failure;
  context?: Partial<FailureContext>;
}) {
  const { why, next } = describeFailure(failure, context);
  return <Sentences of={[why, next]} />;
}

/** What a person does elsewhere about a failure, step by step, with the lines to copy. */
export function FixSteps({ steps }: { steps: readonly FixStep[] }) {
  const t = useText();
  return (
    <section className="fix">
      <h3 className="font-semibold">
        <T k="fix_title" />
      </h3>
      <ul className="grid gap-2">
        {steps.map(({ words, code }) => (
          <li key={words.key} className="grid gap-1">
            <p>
              <Say words={words} />
            </p>
            {code && (
              <div className="code">
                <code>{code}</code>
                <CopyButton label={t('action_copy_line')} text={code} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
