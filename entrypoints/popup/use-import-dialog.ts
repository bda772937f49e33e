import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { DialogTab } from '../../components/import/import-dialog.tsx';
import { withDefaults } from '../../lib/core/changes/default-answers.ts';
import { hasManyKeys } from '../../lib/core/changes/kinds.ts';
import type { DialogCall } from '../../lib/core/dialog-reason.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type {
  ImportDialog,
  ImportForm,
  ImportPreview,
  ModelsState,
} from '../../lib/core/import-view.ts';
import { choicesInAdvance } from '../../lib/core/models/alias-rules.ts';
import { comparableBaseUrl } from '../../lib/core/relay/base-url.ts';
import { askForAccess } from '../../lib/edges/access.ts';
import { ask, onAnnouncement } from '../../lib/edges/messages.ts';
import { useDraft } from '../pages/use-draft.ts';

/** The import dialog as it is open: what was prefilled, what the person made of it, what it would do. */
interface OpenDialog {
  view: ImportDialog;
  startsAt: DialogTab;
  form: ImportForm;
  preview: ImportPreview | undefined;
  failure: Failure | undefined;
}

const PREVIEW_AFTER_MS = 150;

/** A dialog that is to be opened, and what was in it when the popup closed. */
export interface DialogRequest extends DialogCall {
  kept?: ImportForm | undefined;
}

/**
 * The import dialog, open or not. It survives the popup's closing. Of several that are
 * asked for, the next opens when one ends.
 */
export function useImportDialog(onFailure: (f: Failure) => void) {
  const [queue, setQueue] = useState<readonly DialogRequest[]>([]);
  const [dialog, setDialog] = useState<OpenDialog>();
  const change = useCallback((to: (dialog: OpenDialog) => OpenDialog) => {
    setDialog((now) => now && to(now));
  }, []);
  const request = queue[0];
  const keyId = dialog?.view.keyId;
  const serverId = dialog?.view.server.id;
  const form = dialog?.form;
  const draft = useMemo(() => form && { keyId, serverId, form }, [keyId, serverId, form]);
  const { drop } = useDraft('import', draft);

  const enqueue = useCallback((asked: readonly DialogRequest[]) => {
    setQueue((now) => [...now, ...asked.filter((one) => !now.some((other) => isSame(one, other)))]);
  }, []);
  const end = useCallback(() => {
    setDialog(undefined);
    setQueue(([, ...others]) => others);
  }, []);

  const takeModels = useCallback(
    (models: ModelsState) => change((now) => withModels(now, models)),
    [change],
  );

  const readModels = useCallback(
    async (of: { keyId: string; serverId: string; baseUrl: string }, refresh: boolean) => {
      takeModels({ state: 'reading' });
      const models = await ask('readModels', { ...of, refresh });
      if (models.ok) takeModels(models.value);
      else change((now) => ({ ...withModels(now, { state: 'unasked' }), failure: models.failure }));
    },
    [takeModels, change],
  );

  const open = useEffectEvent(async ({ kept, reason, ...of }: DialogRequest) => {
    const reply = await ask('openImport', { ...of, reason });
    if (!reply.ok) {
      // What was kept of it would fail again with each popup.
      void ask('dropDraft', { form: 'import' });
      onFailure(reply.failure);
      end();
      return;
    }
    const view = reply.value;
    const opened: OpenDialog = {
      view,
      startsAt: reason === 'decision' ? 'changes' : 'models',
      form: kept ?? view.form,
      preview: undefined,
      failure: view.serverFailure,
    };
    // The list may have come in while nobody looked.
    setDialog(withModels(opened, view.models));
    if (view.models.state === 'reading') {
      void readModels({ ...of, baseUrl: view.form.baseUrl }, false);
    }
  });

  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- it sets nothing before the worker has answered
    if (request) void open(request);
  }, [request]);

  useEffect(() => {
    void ask('readDraft', { form: 'import' }).then((draft) => {
      const kept = draft.ok ? keptDialog(draft.value) : undefined;
      if (kept) enqueue([{ ...kept, reason: 'asked', kept: kept.form }]);
    });
  }, [enqueue]);

  useEffect(
    () =>
      onAnnouncement((announcement) => {
        if (announcement.event === 'models' && announcement.keyId === keyId) {
          takeModels(announcement.models);
        }
      }),
    [keyId, takeModels],
  );

  // What the import would do is asked again whenever the form has rested for a moment.
  useEffect(() => {
    if (!form || keyId === undefined || serverId === undefined) return;
    const timer = setTimeout(async () => {
      const preview = await ask('previewImport', { keyId, serverId, form });
      change((now) => (now.form === form ? withPreview(now, preview) : now));
    }, PREVIEW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [form, keyId, serverId, change]);

  const close = () => {
    end();
    drop();
  };

  return {
    dialog,
    enqueue,
    close,
    change(to: ImportForm) {
      change((now) => ({ ...now, form: to, preview: undefined, failure: undefined }));
      // A provider needs the list that a single key could do without.
      const isUnasked = dialog?.view.models.state === 'unasked' && dialog.form.kind !== to.kind;
      const isAnthropic = dialog?.view.insteadOf === to.baseUrl;
      if (!dialog || !isUnasked || isAnthropic || !hasManyKeys(to.kind)) return;
      const { keyId: key, server } = dialog.view;
      void readModels({ keyId: key, serverId: server.id, baseUrl: to.baseUrl }, false);
    },
    refresh() {
      if (keyId === undefined || serverId === undefined || !form) return;
      void readModels({ keyId, serverId, baseUrl: form.baseUrl }, true);
    },

    allowRelay() {
      if (keyId === undefined || !form) return;
      askForAccess(form.baseUrl, { do: 'read-models', keyId, baseUrl: form.baseUrl });
    },

    async run() {
      if (keyId === undefined || serverId === undefined || !dialog) return;
      if (!dialog.preview) {
        // Import was pressed right after the last change: that may have brought up a question.
        const preview = await ask('previewImport', { keyId, serverId, form: dialog.form });
        const isPlain = preview.ok && preview.value.decisions.length === 0;
        if (!isPlain) {
          change((now) => withPreview(now, preview));
          return;
        }
      }
      close();
      const run = await ask('runImport', { keyId, serverId, form: dialog.form });
      if (!run.ok) onFailure(run.failure);
    },
  };
}

const isSame = (one: DialogRequest, other: DialogRequest): boolean =>
  one.keyId === other.keyId && one.serverId === other.serverId;

/** A list that comes in for a new provider ticks its models, unless the person has ticked some or there are too many. */
function withModels(dialog: OpenDialog, models: ModelsState): OpenDialog {
  const { view, form } = dialog;
  const shown = { ...dialog, view: { ...view, models } };
  const isUntouched = hasManyKeys(form.kind) && form.models.length === 0 && !view.existing?.models;
  if (models.state !== 'read' || !isUntouched) return shown;
  // It is the list of another address than the one that stands there by now.
  if (comparableBaseUrl(models.baseUrl) !== comparableBaseUrl(form.baseUrl)) return shown;
  const filled = { ...form, baseUrl: models.baseUrl, models: choicesInAdvance(models.upstream) };
  return { ...shown, form: filled, preview: undefined };
}

function withPreview(
  dialog: OpenDialog,
  preview: Awaited<ReturnType<typeof ask<'previewImport'>>>,
): OpenDialog {
  if (!preview.ok) {
    return { ...dialog, failure: dialog.view.serverFailure ?? preview.failure };
  }
  const answers = withDefaults(dialog.form, preview.value.decisions);
  if (answers === dialog.form.answers)
    return { ...dialog, preview: preview.value, failure: undefined };
  return { ...dialog, form: { ...dialog.form, answers } };
}

/** What was kept of a dialog; the worker has parsed it as JSON, and parses the form again when it is used. */
function keptDialog(
  draft: unknown,
): { keyId: string; serverId: string; form: ImportForm } | undefined {
  const isKept = typeof draft === 'object' && draft !== null && 'form' in draft && 'keyId' in draft;
  return isKept ? (draft as { keyId: string; serverId: string; form: ImportForm }) : undefined;
}
