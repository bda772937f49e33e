import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { FailureAction, FailureContext } from '../../lib/core/failures/words-of.ts';
import { FailureActions, FailureCause } from './failure.tsx';
import type { Problem } from './field.tsx';
import { Glyph } from './glyph.tsx';
import { Say } from './language.tsx';

interface FailurePanelProps {
  failure: Failure;
  context?: Partial<FailureContext>;
  onAction?: Partial<Record<FailureAction, () => void>>;
  /** It is told at its field already, see `fieldProblem`. What is left is what can be done about it here. */
  isAtField?: boolean;
}

/** What a field says of a failure that is about it: all, or the first sentence where a panel goes on. */
export function fieldProblem(failure: Failure): Problem {
  const { what, why, next, actions } = describeFailure(failure);
  return actions ? [what] : [what, why, next];
}

/** A failure where it belongs on the page: what, why, and what to do. */
export function FailurePanel({
  failure,
  context = {},
  onAction = {},
  isAtField = false,
}: FailurePanelProps) {
  const { what, actions } = describeFailure(failure, context);
  if (isAtField && !actions) return null;
  return (
    <div className="callout bad" role={isAtField ? undefined : 'alert'}>
      <Glyph state="fail" />
      <div className="min-w-0">
        {!isAtField && (
          <p className="font-semibold">
            <Say words={what} />
          </p>
        )}
        <p className="xs text-muted">
          <FailureCause failure={failure} context={context} />
        </p>
        <div className="-ms-2 flex flex-wrap gap-1 empty:hidden">
          <FailureActions failure={failure} onAction={onAction} />
        </div>
      </div>
    </div>
  );
}
