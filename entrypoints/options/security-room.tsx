import { useCallback, useEffect, useState } from 'react';
import { Glyph } from '../../components/ui/glyph.tsx';
import { T, useText } from '../../components/ui/language.tsx';
import type { WordKey } from '../../lib/core/words/words.ts';
import { grantedOrigins, onAccessChanged, revokeAccess } from '../../lib/edges/permissions.ts';
import { RoomHead } from './room-head.tsx';

/** How secrets rest, where they go, and what the person has allowed. */
export function SecurityRoom() {
  return (
    <>
      <RoomHead words="room_security" />
      <div className="room cols2 pt-0">
        <div className="grid gap-4">
          <Vault />
          <WhereSecretsGo />
        </div>
        <SiteAccess />
      </div>
    </>
  );
}

function Vault() {
  return (
    <section className="card">
      <header>
        <Glyph state="ok" />
        <h2 className="h">
          <T k="security_vault" />
        </h2>
      </header>
      <div className="setting">
        <div>
          <p>
            <T k="security_profile_key" />
          </p>
          <p className="xs text-muted">
            <T k="security_profile_key_detail" />
          </p>
        </div>
      </div>
    </section>
  );
}

const WHERE: readonly (readonly [thing: WordKey, place: WordKey])[] = [
  ['security_where_management', 'security_where_management_to'],
  ['security_where_relay', 'security_where_relay_to'],
  ['security_where_others', 'security_where_others_to'],
  ['security_where_server', 'security_where_server_to'],
];

function WhereSecretsGo() {
  return (
    <section className="card">
      <header>
        <h2 className="h">
          <T k="security_where" />
        </h2>
      </header>
      <dl className="dl p-4">
        {WHERE.map(([thing, place]) => (
          <div className="contents" key={thing}>
            <dt>
              <T k={thing} />
            </dt>
            <dd>
              <T k={place} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The addresses that the person has allowed, one by one, and the way to take each back. */
function SiteAccess() {
  const t = useText();
  const [patterns, setPatterns] = useState<readonly string[]>();
  const read = useCallback(async () => setPatterns(await grantedOrigins()), []);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- it sets nothing before the browser has answered
    void read();
    return onAccessChanged(() => void read());
  }, [read]);
  return (
    <section className="card" aria-labelledby="access">
      <header>
        <h2 className="h grow" id="access">
          <T k="security_access" />
        </h2>
        <span className="chip">
          <T k="security_access_none_at_install" />
        </span>
      </header>
      {patterns?.map((pattern) => (
        <div className="setting" key={pattern}>
          <span className="mono grow">{pattern.replace(/\/\*$/, '')}</span>
          <button
            type="button"
            className="btn ghost sm"
            aria-label={t('security_revoke_from', { address: pattern.replace(/\/\*$/, '') })}
            onClick={() => void revokeAccess(pattern)}
          >
            <T k="security_revoke" />
          </button>
        </div>
      ))}
      {patterns?.length === 0 && (
        <div className="setting">
          <p className="text-muted">
            <T k="security_access_empty" />
          </p>
        </div>
      )}
    </section>
  );
}
