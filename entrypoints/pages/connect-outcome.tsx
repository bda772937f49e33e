import { ConnectionRoute } from '../../components/servers/connection-route.tsx';
import { partOfFailure } from '../../components/servers/server-fields.tsx';
import { FailurePanel } from '../../components/ui/failure-panel.tsx';
import { T } from '../../components/ui/language.tsx';
import type { useConnect } from './use-connect.ts';

/** How the setting up of a first server goes, and the button that begins it. */
export function ConnectOutcome({ connect }: { connect: ReturnType<typeof useConnect> }) {
  const { failure, check, context } = connect;
  return (
    <>
      {failure && (
        <FailurePanel
          failure={failure}
          context={context}
          isAtField={partOfFailure(failure) !== undefined}
          onAction={{ insist: connect.acceptPlainHttp }}
        />
      )}
      {check && <ConnectionRoute check={check} context={context} onAction={connect.actions} />}
      <div className="flex flex-wrap items-center gap-2">
        <button type="submit" className="btn primary" aria-disabled={check?.asking !== undefined}>
          <T k="first_connect_action" />
        </button>
        {check?.asking && (
          <button type="button" className="btn" onClick={connect.cancel}>
            <T k="action_cancel" />
          </button>
        )}
      </div>
    </>
  );
}
