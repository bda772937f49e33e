import { useState } from 'react';
import { type Failure, otherAddressOf } from '../../lib/core/failures/failure.ts';
import type { FailureAction, FailureContext } from '../../lib/core/failures/words-of.ts';
import type { Asker } from '../../lib/core/protocol.ts';
import { parseServerAddress, serverPlace } from '../../lib/core/server/address.ts';
import type { Server, ServerForm } from '../../lib/core/server/server.ts';
import { EMPTY_SERVER_FORM } from '../../lib/core/server/server-form.ts';
import { askForAccess } from '../../lib/edges/access.ts';
import { ask } from '../../lib/edges/messages.ts';
import type { Checks } from './use-checks.ts';
import type { UnsavedForms } from './use-unsaved-forms.ts';

export type ServerEdit = ReturnType<typeof useServerForm>;

interface ServerFormOptions {
  /** Absent for a server that is just being set up. */
  server: Server | undefined;
  unsaved: UnsavedForms;
  checks: Checks;
  onSaved(server: Server): void;
}

/** The form of one server: what was typed, whether it can be saved, and how its test goes. */
export function useServerForm({ server, unsaved, checks, onSaved }: ServerFormOptions) {
  const id = server?.id;
  const stored = formOf(server);
  const [form, setForm] = useState(() => unsaved.get(id) ?? stored);
  /** What could not be done with the form, and how to do it with another. */
  const [failed, setFailed] = useState<{ failure: Failure; again(form: ServerForm): void }>();
  const check = checks.of(id);

  const change = (value: ServerForm) => {
    setForm(value);
    unsaved.keep(id, isSameForm(value, stored) ? undefined : value);
    setFailed(undefined);
    // What was tested is another address.
    if (value.address !== form.address) checks.show(id, undefined);
  };

  const test = async (value: ServerForm, asker: Asker) => {
    setFailed(undefined);
    const tested = await ask('testServer', { form: value, asker });
    // How a test goes is announced.
    if (tested.ok) return;
    checks.show(value.id, undefined);
    setFailed({ failure: tested.failure, again: (form) => void test(form, 'person') });
  };

  const save = async (value: ServerForm) => {
    const saved = await ask('saveServer', value);
    if (!saved.ok) {
      setFailed({ failure: saved.failure, again: (form) => void save(form) });
      return;
    }
    const kept = formOf(saved.value);
    setForm(kept);
    unsaved.keep(id, undefined);
    setFailed(undefined);
    checks.show(id, undefined);
    onSaved(saved.value);
    // Another address or key may be wrong, and it is better to hear it now.
    if (saved.value.check === undefined) await test(kept, 'person');
    else checks.show(kept.id, check);
  };

  const address = parseServerAddress(form.address);
  const base = address.ok ? address.value.managementBaseUrl : '';
  const place = serverPlace(base);
  const context: FailureContext = { server: form.name || place, place, relay: '' };

  const actions: Partial<Record<FailureAction, () => void>> = {
    'test-again': () => void test(form, 'person'),
    insist: () => void test(form, 'insists'),
    'change-key': () => document.querySelector<HTMLInputElement>('input[type="password"]')?.focus(),
    'grant-server-access': () => askForAccess(base, { do: 'test-server', form }),
    'use-other-scheme': () => {
      const other = otherAddressOf(check?.failed?.failure);
      if (!other) return;
      const corrected = { ...form, address: other, plainHttpAccepted: false };
      change(corrected);
      void test(corrected, 'person');
    },
  };

  return {
    form,
    failure: failed?.failure,
    check,
    context,
    actions,
    isChanged: !isSameForm(form, stored),
    change,
    test,
    save,
    /** Goes on over plain http to a public host, with what was refused because of that. */
    acceptPlainHttp() {
      const accepted = { ...form, plainHttpAccepted: true };
      change(accepted);
      failed?.again(accepted);
    },
    cancel: () => void ask('cancelTest', {}),
    discard: () => change(stored),
    /** What a config.yaml gave. */
    fill: (found: Partial<ServerForm>) => change({ ...form, ...found }),
  };
}

function formOf(server: Server | undefined): ServerForm {
  if (!server) return EMPTY_SERVER_FORM;
  const { id, name, managementBaseUrl, headerNames, plainHttpAccepted } = server;
  return {
    id,
    name,
    address: managementBaseUrl,
    managementKey: '',
    headers: headerNames.map((header) => ({ name: header })),
    plainHttpAccepted,
  };
}

const isSameForm = (one: ServerForm, other: ServerForm): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
