import type { Server } from '../../lib/core/server/server.ts';
import { ServerChecks } from '../servers/server-checks.tsx';
import { T, useText } from '../ui/language.tsx';

interface SelectionFootProps {
  selected: number;
  servers: readonly Server[];
  /** The servers that the keys go to. */
  targetIds: readonly string[];
  onTargets(serverIds: readonly string[]): void;
  onPreview(): void;
  onImport(): void;
  onCancel(): void;
}

/** What can be done with the selected cards. */
export function SelectionFoot(props: SelectionFootProps) {
  const { selected, servers, targetIds, onTargets, onPreview, onImport, onCancel } = props;
  const t = useText();
  return (
    <div className="p-foot flex-wrap" role="group" aria-label={t('selection')}>
      {servers.length > 1 && (
        <ServerChecks servers={servers} chosenIds={targetIds} onChange={onTargets} />
      )}
      <button type="button" className="btn ghost -ms-2" onClick={onCancel}>
        <T k="action_cancel" />
        <span className="kbd" aria-hidden="true">
          Esc
        </span>
      </button>
      <span className="grow" />
      <button type="button" className="btn" onClick={onPreview}>
        <T k="action_preview" />
      </button>
      <button
        type="button"
        className="btn primary"
        aria-label={t('import_selected')}
        data-import-selected
        onClick={onImport}
      >
        <T k="import_selected_count" count={selected} />
      </button>
    </div>
  );
}
