import { KeyRound, ShieldCheck } from 'lucide-react';
import type { FormEvent } from 'react';
import { AddressField } from '../../components/servers/address-field.tsx';
import { KeyField, problemFinder } from '../../components/servers/server-fields.tsx';
import { WhereToFind } from '../../components/servers/where-to-find.tsx';
import { T } from '../../components/ui/language.tsx';
import { ConnectOutcome } from '../pages/connect-outcome.tsx';
import { useConnect } from '../pages/use-connect.ts';
import { SettingsLink } from './settings-link.tsx';

/** No server yet: the two fields that it takes, and what comes after. */
export function FirstRun({ keys }: { keys: number }) {
  const connect = useConnect();
  const { form, failure } = connect;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void connect.run(form, 'person');
  };
  const problemIn = problemFinder(failure);
  return (
    <main className="popup">
      <div className="p-body">
        <header className="px-6 pt-6 pb-4">
          <img className="mb-3 block" src="/icons/mark.svg" alt="" width="40" height="40" />
          <h1 className="text-lg font-semibold">
            <T k="first_title" />
          </h1>
          <p className="text-muted">
            <T k="first_promise" />
          </p>
        </header>
        <ol className="steps px-6">
          <li>
            <b aria-hidden="true">1</b>
            <form className="flex flex-col gap-3" onSubmit={submit}>
              <h2 className="h py-0.5">
                <T k="first_connect" />
              </h2>
              <AddressField
                value={form.address}
                onChange={(address) =>
                  connect.change({ ...form, address, plainHttpAccepted: false })
                }
                problem={problemIn('address')}
                autoFocus
              />
              <KeyField form={form} onChange={connect.change} problem={problemIn('key')} />
              <ConnectOutcome connect={connect} />
              <WhereToFind />
            </form>
          </li>
          <li className="idle">
            <b aria-hidden="true">2</b>
            <div>
              <h2 className="h py-0.5">
                <T k="first_key" />
              </h2>
              <p className="mt-1 flex items-center gap-2">
                <KeyRound className="icon" aria-hidden="true" />
                {keys > 0 ? <T k="first_keys_kept" count={keys} /> : <T k="first_key_typed" />}
              </p>
            </div>
          </li>
        </ol>
      </div>
      <footer className="p-foot">
        <ShieldCheck className="icon text-subtle" aria-hidden="true" />
        <p className="xs grow text-subtle">
          <T k="first_foot" />
        </p>
        <SettingsLink serverId={undefined}>
          <T k="settings" />
        </SettingsLink>
      </footer>
    </main>
  );
}
