import { useEffect, useState } from 'react';
import { type Failure, otherAddressOf } from '../../lib/core/failures/failure.ts';
import type { FailureAction } from '../../lib/core/failures/words-of.ts';
import type { Asker } from '../../lib/core/protocol.ts';
import { parseServerAddress, serverPlace } from '../../lib/core/server/address.ts';
import type { ConnectionCheck, ServerForm } from '../../lib/core/server/server.ts';
import { EMPTY_SERVER_FORM } from '../../lib/core/server/server-form.ts';
import { askForAccess } from '../../lib/edges/access.ts';
import { ask, onAnnouncement } from '../../lib/edges/messages.ts';
import { useDraft } from './use-draft.ts';

/** Setting up the first server: what was typed, and how its test goes. */
export function useConnect(onConnected: () => void = () => {}) {
  const [form, setForm] = useState(EMPTY_SERVER_FORM);
  const [failure, setFailure] = useState<Failure>();
  const [check, setCheck] = useState<ConnectionCheck>();
  useDraft('server', form === EMPTY_SERVER_FORM ? undefined : form);

  useEffect(() => {
    void ask('readDraft', { form: 'server' }).then((draft) => {
      if (draft.ok && isServerForm(draft.value)) setForm(draft.value);
    });
    return onAnnouncement((announcement) => {
      // Every test is one of a server that is just being set up: there is no other yet.
      if (announcement.event === 'check') setCheck(announcement.check);
    });
  }, []);

  const change = (value: ServerForm) => {
    setForm(value);
    setFailure(undefined);
    setCheck(undefined);
  };

  const run = async (value: ServerForm, asker: Asker) => {
    setForm(value);
    setFailure(undefined);
    const connected = await ask('connectServer', { form: value, asker });
    if (!connected.ok) setFailure(connected.failure);
    else if (connected.value.passed.some(({ stop }) => stop === 'key')) onConnected();
  };

  const address = parseServerAddress(form.address);
  const base = address.ok ? address.value.managementBaseUrl : '';
  const place = serverPlace(base);
  const actions: Partial<Record<FailureAction, () => void>> = {
    'test-again': () => void run(form, 'person'),
    insist: () => void run(form, 'insists'),
    'use-other-scheme': () => {
      const other = otherAddressOf(check?.failed?.failure);
      if (other) void run({ ...form, address: other, plainHttpAccepted: false }, 'person');
    },
    'grant-server-access': () => askForAccess(base, { do: 'connect-server', form }),
  };

  return {
    form,
    failure,
    check,
    context: { server: form.name || place, place, relay: '' },
    change,
    run,
    /** Goes on over plain http to a public host, which was refused. */
    acceptPlainHttp: () => void run({ ...form, plainHttpAccepted: true }, 'person'),
    cancel: () => void ask('cancelTest', {}),
    actions,
  };
}

/** The worker has parsed the draft as JSON; that it is this form's is told by its fields. */
function isServerForm(draft: unknown): draft is ServerForm {
  return typeof draft === 'object' && draft !== null && 'address' in draft && 'headers' in draft;
}
