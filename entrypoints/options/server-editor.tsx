import type { FormEvent } from 'react';
import { partOfFailure, ServerFields } from '../../components/servers/server-fields.tsx';
import { WhereToFind } from '../../components/servers/where-to-find.tsx';
import { FailurePanel } from '../../components/ui/failure-panel.tsx';
import { T, useText } from '../../components/ui/language.tsx';
import type { Server } from '../../lib/core/server/server.ts';
import { ask } from '../../lib/edges/messages.ts';
import type { PageNotice } from '../pages/page-notices.tsx';
import { ConfigDrop } from './config-drop.tsx';
import { ConnectionCard } from './connection-card.tsx';
import type { Checks } from './use-checks.ts';
import { useServerForm } from './use-server-form.ts';
import type { UnsavedForms } from './use-unsaved-forms.ts';

interface ServerEditorProps {
  /** Absent for a server that is just being set up. */
  server: Server | undefined;
  unsaved: UnsavedForms;
  checks: Checks;
  onSaved(server: Server): void;
  tell(notice: PageNotice): void;
}

/** A server's form, and beside it what its connection shows. */
export function ServerEditor({ server, unsaved, checks, onSaved, tell }: ServerEditorProps) {
  const t = useText();
  const edit = useServerForm({ server, unsaved, checks, onSaved });
  const { form, failure, context, isChanged } = edit;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void edit.save(form);
  };
  const remove = async ({ id, name }: Server) => {
    const removed = await ask('removeServer', { serverId: id });
    if (removed.ok)
      tell({ id: `removed ${id}`, kind: 'removed', thing: 'server', removedId: id, name });
    else tell({ id, kind: 'failed', failure: removed.failure });
  };

  return (
    <div className="room cols2">
      <form
        className="flex flex-col gap-4"
        aria-label={server?.name ?? t('server_new')}
        onSubmit={submit}
      >
        <ServerFields
          form={form}
          failure={failure}
          refusals={server ? edit.check?.refusals : undefined}
          onChange={edit.change}
        />
        {!server && <WhereToFind />}
        {failure && (
          <FailurePanel
            failure={failure}
            context={context}
            isAtField={partOfFailure(failure) !== undefined}
            onAction={{ insist: edit.acceptPlainHttp }}
          />
        )}
        <div className="flex flex-wrap items-center gap-2">
          <button type="submit" className="btn primary">
            <T k="action_save" />
          </button>
          <button type="button" className="btn" onClick={() => void edit.test(form, 'person')}>
            <T k="action_test" />
          </button>
          {server && (
            <span className="ms-auto -me-2 flex">
              {!server.isDefault && (
                <button
                  type="button"
                  className="btn ghost px-2"
                  onClick={() => void ask('makeDefault', { serverId: server.id })}
                >
                  <T k="server_make_default" />
                </button>
              )}
              <button
                type="button"
                className="btn ghost danger px-2"
                onClick={() => void remove(server)}
              >
                <T k="action_remove" />
              </button>
            </span>
          )}
        </div>
        {isChanged && (
          <p className="-mt-2 flex items-center gap-2 text-subtle">
            <span className="xs">
              <T k="server_unsaved" />
            </span>
            <button type="button" className="btn ghost sm" onClick={edit.discard}>
              <T k="server_discard" />
            </button>
          </p>
        )}
        <ConfigDrop onConfig={edit.fill} />
      </form>
      <ConnectionCard edit={edit} server={server} />
    </div>
  );
}
