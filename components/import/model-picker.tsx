import { GitMerge, Plus, Search } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { Virtualizer } from 'virtua';
import type { ModelAlias } from '../../lib/core/changes/provider.ts';
import { T, useText } from '../ui/language.tsx';

interface ModelPickerProps {
  /** What the relay lists. */
  upstream: readonly string[];
  isReading: boolean;
  chosen: readonly ModelAlias[];
  /** Which providers offer an alias already, by alias. */
  pools: Readonly<Record<string, readonly string[]>>;
  ownProvider: string | undefined;
  onChange(models: readonly ModelAlias[]): void;
  action: ReactNode;
  /** What is to be said below the models. */
  children: ReactNode;
}

const ROW_PX = 32;

/** The relay's models with a box and an alias each, and a way to type one that it does not list. */
export function ModelPicker(props: ModelPickerProps) {
  const { upstream, isReading, chosen, pools, ownProvider, onChange, action, children } = props;
  const t = useText();
  const [search, setSearch] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const aliases = useMemo(() => new Map(chosen.map((m) => [m.upstream, m.alias])), [chosen]);
  // Models typed by hand come first: they are the ones that nobody else lists.
  const all = useMemo(() => {
    const listed = new Set(upstream);
    return [...chosen.map((m) => m.upstream).filter((id) => !listed.has(id)), ...upstream];
  }, [chosen, upstream]);
  const wanted = search.trim().toLowerCase();
  const shown = useMemo(
    () =>
      all.filter(
        (id) =>
          id.toLowerCase().includes(wanted) || aliases.get(id)?.toLowerCase().includes(wanted),
      ),
    [all, aliases, wanted],
  );

  const toggle = (id: string, isOn: boolean) =>
    onChange(
      isOn
        ? [...chosen, { upstream: id, alias: id }]
        : chosen.filter((model) => model.upstream !== id),
    );
  const rename = (id: string, alias: string) =>
    onChange(chosen.map((model) => (model.upstream === id ? { upstream: id, alias } : model)));
  const allShown = shown.length > 0 && shown.every((id) => aliases.has(id));
  const toggleAll = () => {
    const inView = new Set(shown);
    const others = chosen.filter((model) => !inView.has(model.upstream));
    const picked = shown.map((id) => ({ upstream: id, alias: aliases.get(id) ?? id }));
    onChange(allShown ? others : [...others, ...picked]);
  };
  const typed = search.trim();
  const canAdd = typed !== '' && !all.includes(typed);

  return (
    <>
      <div className="flex flex-none items-center gap-2 px-4 pt-2 pb-1">
        <div className="input sm quiet">
          <Search className="icon" aria-hidden="true" />
          <input
            type="search"
            aria-label={t('models_search')}
            placeholder={t('models_search_count', { count: all.length })}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              // Enter in the search adds what was typed, and does not import.
              event.preventDefault();
              if (canAdd) toggle(typed, true);
              if (canAdd) setSearch('');
            }}
          />
        </div>
        <button
          type="button"
          className="btn sm"
          onClick={toggleAll}
          aria-disabled={shown.length === 0}
        >
          <T k={allShown ? 'models_select_none' : 'models_select_all'} />
        </button>
        {action}
      </div>
      <div className="model cols border-t border-line" aria-hidden="true">
        <span />
        <span>
          <T k="models_upstream" />
        </span>
        <span className="ps-2">
          <T k="models_alias" />
        </span>
        <span>
          <T k="models_pool" />
        </span>
      </div>
      <div ref={scroller} className="p-body pb-2" role="group" aria-label={t('tab_models')}>
        {canAdd && (
          <button
            type="button"
            className="btn ghost sm accent mx-2"
            onClick={() => {
              toggle(typed, true);
              setSearch('');
            }}
          >
            <Plus className="icon" aria-hidden="true" />
            <T k="models_add" model={typed} />
          </button>
        )}
        {isReading && (
          <p className="px-4 py-2 text-muted">
            <T k="models_reading" />
          </p>
        )}
        {!isReading && all.length === 0 && !canAdd && !children && (
          <p className="px-4 py-2 text-muted">
            <T k="models_none" />
          </p>
        )}
        <Virtualizer scrollRef={scroller} data={shown} itemSize={ROW_PX}>
          {(id) => (
            <ModelRow
              key={id}
              id={id}
              alias={aliases.get(id)}
              pool={(pools[aliases.get(id) ?? id] ?? []).filter((name) => name !== ownProvider)}
              onToggle={(isOn) => toggle(id, isOn)}
              onRename={(alias) => rename(id, alias)}
            />
          )}
        </Virtualizer>
        {children}
      </div>
    </>
  );
}

interface ModelRowProps {
  id: string;
  /** Absent where the model is not chosen. */
  alias: string | undefined;
  /** Others that offer this alias. */
  pool: readonly string[];
  onToggle(isOn: boolean): void;
  onRename(alias: string): void;
}

function ModelRow({ id, alias, pool, onToggle, onRename }: ModelRowProps) {
  const t = useText();
  const isOn = alias !== undefined;
  const cut = id.lastIndexOf('/') + 1;
  return (
    <div className={`model ${isOn ? '' : 'unset'}`}>
      <input
        type="checkbox"
        className="check"
        aria-label={id}
        checked={isOn}
        onChange={({ target }) => onToggle(target.checked)}
      />
      <span className="id mono" title={id}>
        <span className="vendor">{id.slice(0, cut)}</span>
        <span className="rest">{id.slice(cut)}</span>
      </span>
      <span className="input xs quiet">
        <input
          className="mono"
          aria-label={t('models_alias_for', { model: id })}
          placeholder={id}
          value={alias ?? ''}
          readOnly={!isOn}
          onChange={({ target }) => onRename(target.value)}
        />
      </span>
      {pool.length > 0 && (
        <span
          className="pool"
          role="img"
          aria-label={t('models_pool_with', { count: pool.length + 1, names: pool.join(', ') })}
          title={t('models_pool_with', { count: pool.length + 1, names: pool.join(', ') })}
        >
          <GitMerge className="icon" aria-hidden="true" />
          {pool.length + 1}
        </span>
      )}
    </div>
  );
}
