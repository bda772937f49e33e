import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import { serverPlace } from '../../lib/core/server/address.ts';
import type { Server } from '../../lib/core/server/server.ts';
import { Glyph } from '../ui/glyph.tsx';
import { Say, T } from '../ui/language.tsx';

/** One server in the list beside the form: its name, how its last test went, and where it is. */
export function ServerListItem({ server, isCurrent }: { server: Server; isCurrent: boolean }) {
  const { check } = server;
  const place = serverPlace(server.managementBaseUrl);
  const failure = check?.failure;
  return (
    <a className="it" href={`#servers/${server.id}`} aria-current={isCurrent || undefined}>
      <Glyph state={failure ? 'fail' : check ? 'ok' : 'new'} />
      <span className="min-w-0">
        <span className="flex items-center gap-2">
          <span className="cut font-semibold">{server.name}</span>
          {server.isDefault && (
            <span className="chip">
              <T k="server_default" />
            </span>
          )}
        </span>
        <span className="xs block text-subtle">
          {failure ? (
            <Say words={describeFailure(failure, { server: server.name, place }).what} />
          ) : (
            <T k={check ? 'server_connected' : 'server_unchecked'} />
          )}
        </span>
        {place !== server.name && <span className="mono cut block text-subtle">{place}</span>}
      </span>
    </a>
  );
}
