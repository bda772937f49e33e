import { Countdown } from '../../components/servers/countdown.tsx';
import { FailureCause } from '../../components/ui/failure.tsx';
import { Glyph } from '../../components/ui/glyph.tsx';
import { Say, T } from '../../components/ui/language.tsx';
import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import { serverPlace } from '../../lib/core/server/address.ts';
import type { Server } from '../../lib/core/server/server.ts';
import { openOptions } from '../../lib/edges/pages.ts';

/** Why the cards cannot say what the server holds, and the way to mend it. Nothing where they can. */
export function ServerStrip({ failure, server }: { failure: Failure | undefined; server: Server }) {
  if (!failure) return null;
  const context = { server: server.name, place: serverPlace(server.managementBaseUrl) };
  const { what } = describeFailure(failure, context);
  return (
    <div className="callout mx-3 mb-2 flex-none" role="alert">
      <Glyph state={failure.code === 'server/banned' ? 'hold' : 'fail'} tone="warn" />
      <div className="min-w-0">
        <p className="flex gap-2 font-semibold">
          <span className="grow">
            <Say words={what} />
          </span>
          {failure.code === 'server/banned' && <Countdown until={failure.until} />}
        </p>
        <p className="xs text-muted">
          <FailureCause failure={failure} context={context} />
        </p>
        <button
          type="button"
          className="btn ghost sm accent -ms-2"
          onClick={() => void openOptions('servers', server.id)}
        >
          <T k="action_check_server" />
        </button>
      </div>
    </div>
  );
}
