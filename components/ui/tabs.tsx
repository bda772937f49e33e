import { type KeyboardEvent, type ReactNode, useId } from 'react';
import type { Words } from '../../lib/core/words/words.ts';
import { Say } from './language.tsx';

interface TabsProps<Tab extends string> {
  label: string;
  tabs: readonly { tab: Tab; words: Words }[];
  chosen: Tab;
  onChoose(tab: Tab): void;
  /** What the chosen tab shows. */
  children: ReactNode;
}

/** Tabs and the panel below them. The arrow keys go from one tab to the next. */
export function Tabs<Tab extends string>({
  label,
  tabs,
  chosen,
  onChoose,
  children,
}: TabsProps<Tab>) {
  const id = useId();
  const walk = ({ key }: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ tab }) => tab === chosen);
    const next = tabs.at((at + step) % tabs.length);
    if (!next) return;
    onChoose(next.tab);
    document.getElementById(`${id}-${next.tab}`)?.focus();
  };
  return (
    <>
      <div className="tabs px-6" role="tablist" aria-label={label}>
        {tabs.map(({ tab, words }) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`${id}-${tab}`}
            className="tab"
            aria-selected={tab === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => onChoose(tab)}
            onKeyDown={walk}
          >
            <Say words={words} />
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} className="room" role="tabpanel" aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </>
  );
}
