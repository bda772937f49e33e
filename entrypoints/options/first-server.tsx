import type { FormEvent } from 'react';
import { AddressField } from '../../components/servers/address-field.tsx';
import { KeyField, problemFinder } from '../../components/servers/server-fields.tsx';
import { WhereToFind } from '../../components/servers/where-to-find.tsx';
import { T } from '../../components/ui/language.tsx';
import { ConnectOutcome } from '../pages/connect-outcome.tsx';
import { useConnect } from '../pages/use-connect.ts';
import { ConfigDrop } from './config-drop.tsx';
import { FindServer } from './find-server.tsx';

/** The first server, in three steps: where it is, what opens it, and a test. */
export function FirstServer({ onConnected }: { onConnected(): void }) {
  const connect = useConnect(onConnected);
  const { form, failure } = connect;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void connect.run(form, 'person');
  };
  const problemIn = problemFinder(failure);
  return (
    <div className="room border-t border-line">
      <form className="max-w-140" onSubmit={submit}>
        <p className="pb-6 text-muted">
          <T k="first_promise_options" />
        </p>
        <ol className="steps">
          <li>
            <b aria-hidden="true">1</b>
            <div className="grid gap-3">
              <h2 className="h py-0.5">
                <T k="first_step_address" />
              </h2>
              <AddressField
                value={form.address}
                onChange={(address) =>
                  connect.change({ ...form, address, plainHttpAccepted: false })
                }
                problem={problemIn('address')}
                autoFocus
              />
              <FindServer
                address={form.address}
                onFound={(address) =>
                  connect.change({ ...form, address, plainHttpAccepted: false })
                }
              />
            </div>
          </li>
          <li>
            <b aria-hidden="true">2</b>
            <div className="grid gap-2">
              <h2 className="h py-0.5">
                <T k="first_step_key" />
              </h2>
              <KeyField form={form} onChange={connect.change} problem={problemIn('key')} />
              <WhereToFind />
            </div>
          </li>
          <li>
            <b aria-hidden="true">3</b>
            <div className="grid gap-3">
              <h2 className="h py-0.5">
                <T k="first_step_test" />
              </h2>
              <ConnectOutcome connect={connect} />
            </div>
          </li>
        </ol>
        <ConfigDrop onConfig={(config) => connect.change({ ...form, ...config })} />
      </form>
    </div>
  );
}
