import { useEffect, useRef } from 'react';
import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import type { ModelsFailure, ModelsTry, ModelsWay } from '../../lib/core/failures/failure.ts';
import { say, type Words } from '../../lib/core/words/words.ts';
import { FailureActions } from '../ui/failure.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { Say, Sentences } from '../ui/language.tsx';

interface ModelsMissingProps {
  failure: ModelsFailure;
  /** The host of the relay, and the name of the server that may ask it for us. */
  relay: string;
  server: string;
  onRefresh(): void;
  onAllowRelay(): void;
}

const WAYS: Record<ModelsWay, Words> = {
  direct: say('models_way_direct'),
  server: say('models_way_server'),
  access: say('models_way_access'),
};

/** Why the relay's list could not be had: which way failed, why, and what is left. Typing models by hand always is. */
export function ModelsMissing({
  failure,
  relay,
  server,
  onRefresh,
  onAllowRelay,
}: ModelsMissingProps) {
  const callout = useRef<HTMLDivElement>(null);
  // It stands below the models that are chosen already.
  useEffect(() => {
    callout.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const hidden = failure.tries.some((t) => t.failure.code === 'relay/unreadable');
  return (
    <div ref={callout} className="callout mx-4 mt-2" role="alert">
      <Glyph state="fail" tone="warn" />
      <div className="grid gap-1">
        <p className="font-semibold">
          <Say words={describeFailure(failure, { relay }).what} />
        </p>
        <ul className="xs grid gap-1 text-muted">
          {failure.tries.map((attempt) => (
            <Attempt key={attempt.way} attempt={attempt} relay={relay} server={server} />
          ))}
        </ul>
        <div className="-ms-2 flex gap-1">
          <FailureActions
            failure={failure}
            onAction={{ retry: onRefresh, ...(hidden && { 'grant-relay-access': onAllowRelay }) }}
          />
        </div>
      </div>
    </div>
  );
}

function Attempt({
  attempt,
  relay,
  server,
}: {
  attempt: ModelsTry;
  relay: string;
  server: string;
}) {
  const { what, why, next } = describeFailure(attempt.failure, { relay, server });
  return (
    <li>
      <p className="text-text">
        <b className="font-medium">
          <Say words={WAYS[attempt.way]} />
        </b>{' '}
        <Say words={what} />
      </p>
      <p>
        <Sentences of={[why, next]} />
      </p>
    </li>
  );
}
