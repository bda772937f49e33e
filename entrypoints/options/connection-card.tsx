import { ConnectionRoute } from '../../components/servers/connection-route.tsx';
import { Say, T } from '../../components/ui/language.tsx';
import { Moment } from '../../components/ui/moment.tsx';
import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import type { ConnectionCheck, Server } from '../../lib/core/server/server.ts';
import type { ServerEdit } from './use-server-form.ts';

/** What a test of the connection shows, or showed the last time. */
export function ConnectionCard({ edit, server }: { edit: ServerEdit; server: Server | undefined }) {
  const { check, context, actions } = edit;
  return (
    <section className="card" aria-labelledby="connection">
      <header>
        <h2 className="h" id="connection">
          <T k="connection" />
        </h2>
        {check ? <CheckChip check={check} /> : <LastChip server={server} />}
        <span className="grow" />
        {check?.asking ? (
          <button type="button" className="btn sm" onClick={edit.cancel}>
            <T k="action_cancel" />
          </button>
        ) : (
          check !== undefined &&
          check.passed.length > 0 && (
            <span className="xs text-subtle">
              <T k="milliseconds" ms={Math.round(totalMs(check))} />
            </span>
          )
        )}
      </header>
      <div className="px-4 pt-2 pb-3">
        {check ? (
          <ConnectionRoute
            check={check}
            context={context}
            onAction={actions}
            versionAction={
              <button
                type="button"
                className="btn ghost sm accent -ms-2 block"
                onClick={actions['grant-server-access']}
              >
                <T k="action_allow_access" />
              </button>
            }
          />
        ) : (
          <LastCheck server={server} />
        )}
      </div>
    </section>
  );
}

function CheckChip({ check }: { check: ConnectionCheck }) {
  if (check.asking) {
    return (
      <span className="chip accent">
        <T k="connection_testing" />
      </span>
    );
  }
  return <ConnectedChip isConnected={check.passed.some(({ stop }) => stop === 'key')} />;
}

const LastChip = ({ server }: { server: Server | undefined }) =>
  server?.check && <ConnectedChip isConnected={!server.check.failure} />;

const ConnectedChip = ({ isConnected }: { isConnected: boolean }) => (
  <span className={`chip ${isConnected ? 'good' : 'bad'}`}>
    <T k={isConnected ? 'server_connected' : 'server_not_connected'} />
  </span>
);

function LastCheck({ server }: { server: Server | undefined }) {
  const check = server?.check;
  if (!check) {
    return (
      <p className="py-2 text-muted">
        <T k="connection_untested" />
      </p>
    );
  }
  return (
    <div className="py-2">
      <p className="font-semibold">
        {check.failure ? (
          <Say words={describeFailure(check.failure, { server: server.name }).what} />
        ) : check.version === undefined ? (
          <T k="check_key_ok" />
        ) : (
          <T k="check_version_ok" version={check.version} />
        )}
      </p>
      <p className="xs text-muted">
        <T k="connection_last" /> <Moment at={check.at} />
      </p>
    </div>
  );
}

const totalMs = ({ passed }: ConnectionCheck): number =>
  passed.reduce((sum, { ms }) => sum + ms, 0);
