import type { ReactNode } from 'react';
import { PROVIDER_KINDS, type ProviderKind } from '../../lib/core/changes/provider.ts';
import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import type { FailureAction, FailureContext } from '../../lib/core/failures/words-of.ts';
import { CHECK_STOPS, type CheckStop, type ConnectionCheck } from '../../lib/core/server/server.ts';
import { traitsOfVersion } from '../../lib/core/server/traits.ts';
import { say, type Words } from '../../lib/core/words/words.ts';
import { FailureActions, FailureCause, FixSteps } from '../ui/failure.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { Comma, Say, T } from '../ui/language.tsx';
import { Countdown } from './countdown.tsx';

interface ConnectionRouteProps {
  check: ConnectionCheck;
  context: FailureContext;
  onAction: Partial<Record<FailureAction, () => void>>;
  /** Shown at the version stop where the browser may not read the version. */
  versionAction?: ReactNode;
}

/** A connection test as stops on a line. It stops at the first failure, and the fix stands right below it. */
export function ConnectionRoute({ check, context, onAction, versionAction }: ConnectionRouteProps) {
  const { passed, failed, asking } = check;
  const done = new Set<string>([...passed.map(({ stop }) => stop), failed?.stop ?? '']);
  const left = CHECK_STOPS.filter((stop) => !done.has(stop) && stop !== asking);
  return (
    <ol>
      {passed.map((stop) => (
        <li className="stop" key={stop.stop}>
          <Glyph state="ok" />
          <p className="t">
            <Say words={passedWords(stop)} />
          </p>
          <span className="ms">
            {stop.stop !== 'version' && <T k="milliseconds" ms={Math.round(stop.ms)} />}
          </span>
          <div className="sub xs text-muted">
            {passedDetail(stop).map((words, at) => (
              <span key={words.key}>
                {at > 0 && <Comma />}
                <Say words={words} />
              </span>
            ))}
            {stop.stop === 'version' && !stop.version && versionAction}
          </div>
        </li>
      ))}
      {asking && (
        <li className="stop">
          <Glyph state="run" />
          <p className="t">
            <Say words={STOP_WORDS[asking]} />
          </p>
        </li>
      )}
      {failed && <FailedStop failed={failed} context={context} onAction={onAction} />}
      {left.length > 0 && (
        <li className="stop idle">
          <Glyph state="idle" />
          <p className="t">
            {left.map((stop, at) => (
              <span key={stop}>
                {at > 0 && <Comma />}
                <Say words={STOP_WORDS[stop]} />
              </span>
            ))}
          </p>
          <p className="sub xs text-muted">
            <T k="check_not_asked" />
          </p>
        </li>
      )}
    </ol>
  );
}

function FailedStop({
  failed,
  context,
  onAction,
}: Pick<ConnectionRouteProps, 'context' | 'onAction'> & {
  failed: NonNullable<ConnectionCheck['failed']>;
}) {
  const { failure } = failed;
  const { what, fix } = describeFailure(failure, context);
  const until =
    failure.code === 'server/banned' || failure.code === 'server/last-try'
      ? failure.until
      : undefined;
  return (
    <li className="stop">
      <div className="contents" role="alert">
        <Glyph state={until === undefined ? 'fail' : 'hold'} />
        <p className="t">
          <Say words={what} />
        </p>
        <span className="ms">{until !== undefined && <Countdown until={until} />}</span>
        <div className="sub grid gap-2">
          <p className="xs text-muted">
            <FailureCause failure={failure} context={context} />
          </p>
          <div className="-ms-2 flex flex-wrap gap-1 empty:hidden">
            <FailureActions failure={failure} onAction={onAction} />
          </div>
          {fix && <FixSteps steps={fix} />}
        </div>
      </div>
    </li>
  );
}

const STOP_WORDS: Record<CheckStop['stop'], Words> = {
  service: say('check_service'),
  key: say('check_key'),
  version: say('check_version'),
  providers: say('check_providers'),
  models: say('check_models'),
};

function passedWords(stop: CheckStop): Words {
  switch (stop.stop) {
    case 'service':
      return say('check_service_ok');
    case 'key':
      return say('check_key_ok');
    case 'version':
      return stop.version
        ? say('check_version_ok', { version: stop.version })
        : say('check_version_old');
    case 'providers':
      return say('check_providers_ok', { count: sum(stop.counts) });
    case 'models':
      return say('check_models_ok', { count: stop.count });
  }
}

/** What stands below a passed stop: parts of one line. */
function passedDetail(stop: CheckStop): Words[] {
  switch (stop.stop) {
    case 'service':
      return [say(stop.safeMode ? 'check_service_safe_mode' : 'check_service_detail')];
    case 'key':
      return [say('check_key_detail')];
    case 'version':
      if (!stop.version) return [say('check_version_hidden')];
      return traitsOfVersion(stop.version).patch === 'partial'
        ? [say('check_version_detail')]
        : [say('check_version_detail_whole')];
    case 'providers':
      return PROVIDER_KINDS.flatMap((kind) => {
        const count = stop.counts[kind] ?? 0;
        return count > 0 ? [KIND_WORDS[kind](count)] : [];
      });
    case 'models':
      return stop.clientKey
        ? [say('check_models_detail', { key: stop.clientKey })]
        : [say('check_models_open')];
  }
}

const KIND_WORDS: Record<ProviderKind, (count: number) => Words> = {
  'openai-compatibility': (count) => say('count_openai', { count }),
  'claude-api-key': (count) => say('count_claude', { count }),
  'gemini-api-key': (count) => say('count_gemini', { count }),
  'codex-api-key': (count) => say('count_codex', { count }),
};

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
