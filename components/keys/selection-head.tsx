import { useEffect, useRef } from 'react';
import { T, useText } from '../ui/language.tsx';

interface SelectionHeadProps {
  selected: number;
  total: number;
  /** Selected, and left out by the search. */
  hidden: number;
  areAllShown: boolean;
  onToggleShown(isOn: boolean): void;
  onSelectNotImported(): void;
}

/** How many cards are selected, and quick ways to select more. */
export function SelectionHead(props: SelectionHeadProps) {
  const { selected, total, hidden, areAllShown, onToggleShown, onSelectNotImported } = props;
  const t = useText();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = !areAllShown;
  });
  return (
    <div className="list-head">
      <input
        ref={box}
        type="checkbox"
        className="check me-2"
        aria-label={t('select_all')}
        title={t('select_all')}
        checked={areAllShown}
        onChange={({ target }) => onToggleShown(target.checked)}
      />
      <p className="xs grow font-semibold" role="status">
        <T k="selected_count" count={selected} total={total} />
        {hidden > 0 && (
          <span className="font-normal text-muted">
            <T k="selected_hidden" count={hidden} />
          </span>
        )}
      </p>
      <button type="button" className="btn ghost sm" onClick={onSelectNotImported}>
        <T k="select_not_imported" />
      </button>
    </div>
  );
}
