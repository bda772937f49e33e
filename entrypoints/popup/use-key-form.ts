import { useEffect, useState } from 'react';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { KeyForm } from '../../lib/core/protocol.ts';
import { ask } from '../../lib/edges/messages.ts';
import { useDraft } from '../pages/use-draft.ts';

const EMPTY: KeyForm = { name: '', baseUrl: '', apiKey: '', plainHttpAccepted: false };

/** The form for a relay key, open or not. */
export function useKeyForm() {
  const [form, setForm] = useState<KeyForm>();
  const [failure, setFailure] = useState<Failure>();
  const [isSaving, setSaving] = useState(false);
  const { drop } = useDraft('key', form);

  useEffect(() => {
    void ask('readDraft', { form: 'key' }).then((draft) => {
      if (draft.ok && isKeyForm(draft.value)) setForm(draft.value);
    });
  }, []);

  const close = () => {
    setForm(undefined);
    setFailure(undefined);
    drop();
  };

  return {
    form,
    failure,
    isSaving,
    close,
    add: () => setForm(EMPTY),

    async edit(keyId: string) {
      const key = await ask('readKey', { keyId });
      if (key.ok)
        setForm({ ...EMPTY, id: keyId, name: key.value.name, baseUrl: key.value.baseUrl });
    },

    change(value: KeyForm) {
      setForm(value);
      setFailure(undefined);
    },

    async save(value: KeyForm) {
      if (isSaving) return;
      setSaving(true);
      const saved = await ask('saveKey', value);
      setSaving(false);
      if (saved.ok) close();
      else setFailure(saved.failure);
    },
  };
}

/** The worker has parsed the draft as JSON; that it is this form's is told by its fields. */
function isKeyForm(draft: unknown): draft is KeyForm {
  return typeof draft === 'object' && draft !== null && 'name' in draft && 'baseUrl' in draft;
}
