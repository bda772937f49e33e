import { decisionWords } from '../../lib/core/changes/decision-words.ts';
import { describeFailure } from '../../lib/core/failures/catalogue.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { BatchPreview, WaitingKey } from '../../lib/core/import-view.ts';
import { say } from '../../lib/core/words/words.ts';
import { FailurePanel } from '../ui/failure-panel.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { Say, Sentences, T } from '../ui/language.tsx';
import { PageDialog } from '../ui/page-dialog.tsx';
import { ChangeLines } from './change-lines.tsx';
import { Diff } from './diff.tsx';

interface BatchDialogProps {
  keys: number;
  /** Absent as long as the servers are read. */
  servers: readonly BatchPreview[] | undefined;
  failure: Failure | undefined;
  onImport(): void;
  onClose(): void;
}

/** What the import of several keys would do, server by server, before anything is written. */
export function BatchDialog({ keys, servers, failure, onImport, onClose }: BatchDialogProps) {
  const writes = servers?.reduce((sum, { lists }) => sum + lists.length, 0) ?? 0;
  const waits = servers?.some(({ waiting }) => waiting.length > 0) ?? false;
  return (
    <PageDialog title={say('batch_title', { count: keys })} onClose={onClose}>
      <div className="p-body d-sec flex flex-col gap-6 border-t border-line">
        {failure && <FailurePanel failure={failure} />}
        {!servers && !failure && (
          <p className="text-muted" role="status">
            <T k="changes_reading" />
          </p>
        )}
        {servers?.map((preview) => (
          <ServerPreview key={preview.server.id} preview={preview} />
        ))}
      </div>
      <footer className="d-foot">
        <p className="xs grow text-subtle">
          {servers && <T k={writes > 0 ? 'batch_foot' : 'import_foot_nothing'} count={writes} />}
        </p>
        <button type="button" className="btn" onClick={onClose}>
          <T k="action_cancel" />
        </button>
        {(writes > 0 || waits) && (
          <button type="button" className="btn primary" onClick={onImport} data-autofocus>
            <T k="action_import" />
          </button>
        )}
      </footer>
    </PageDialog>
  );
}

function ServerPreview({ preview }: { preview: BatchPreview }) {
  const { server, failure, counts, lists, waiting } = preview;
  const told = [
    counts.created > 0 && say('batch_created', { count: counts.created }),
    counts.added > 0 && say('batch_added', { count: counts.added }),
    counts.there > 0 && say('batch_there', { count: counts.there }),
  ].filter((words) => words !== false);
  return (
    <section className="grid gap-3" aria-label={server.name}>
      <div>
        <h2 className="text-md font-semibold">{server.name}</h2>
        <p className="text-muted empty:hidden">
          <Sentences of={told} />
        </p>
      </div>
      {failure && <FailurePanel failure={failure} context={{ server: server.name }} />}
      {waiting.length > 0 && <Waiting keys={waiting} />}
      {lists.map(({ kind, lines, diff, write }) => (
        <div key={kind} className="grid gap-3">
          <ChangeLines lines={lines} />
          <Diff
            title={<T k={write === 'PATCH' ? 'diff_patch' : 'diff_put'} kind={kind} />}
            lines={diff}
          />
        </div>
      ))}
    </section>
  );
}

const SHOWN_KEYS = 20;

/** The keys that are left out, and why. What they need can be said once the others are imported. */
function Waiting({ keys }: { keys: readonly WaitingKey[] }) {
  return (
    <div className="callout">
      <Glyph state="fail" tone="warn" />
      <div>
        <p className="font-semibold">
          <T k="batch_waiting" count={keys.length} />
        </p>
        <ul className="xs my-1 grid gap-1">
          {keys.slice(0, SHOWN_KEYS).map((key) => (
            <li key={key.id}>
              <b className="font-semibold">{key.name}</b> ·{' '}
              <span className="text-muted">
                <Why waiting={key} />
              </span>
            </li>
          ))}
          {keys.length > SHOWN_KEYS && (
            <li>
              <T k="and_more" count={keys.length - SHOWN_KEYS} />
            </li>
          )}
        </ul>
        <p className="xs text-muted">
          <T k="batch_waiting_next" />
        </p>
      </div>
    </div>
  );
}

function Why({ waiting: { failure, decisions, host } }: { waiting: WaitingKey }) {
  if (decisions.length > 0) return <Sentences of={decisions.map(decisionWords)} />;
  return <Say words={describeFailure(failure, { relay: host }).what} />;
}
