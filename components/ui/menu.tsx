import type { LucideIcon } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { placeBeside } from './place-beside.ts';

interface MenuItem {
  name: string;
  label: string;
  icon: LucideIcon;
  danger?: boolean;
  onChoose(): void;
}

interface MenuProps {
  label: string;
  icon: LucideIcon;
  items: readonly MenuItem[];
}

/** A button that opens a list of actions. The arrow keys walk it; Escape and a click elsewhere close it. */
export function Menu({ label, icon: Icon, items }: MenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const walk = (event: KeyboardEvent) => {
    // The list behind the menu has keys of its own.
    event.stopPropagation();
    const buttons = buttonsOf(list.current);
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      buttons.at(next % buttons.length)?.focus();
    }
    if (event.key === 'Tab') list.current?.hidePopover();
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        className="btn ghost sm more square"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
      >
        <Icon className="icon" aria-hidden="true" />
      </button>
      <div
        ref={list}
        id={id}
        // In the top layer, so that no scrolling list around it cuts it off.
        popover="auto"
        className="menu"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onKeyDown={walk}
        onToggle={({ newState }) => {
          // The items have to be there to be measured and focused.
          flushSync(() => setOpen(newState === 'open'));
          if (newState !== 'open' || !button.current || !list.current) return;
          placeBeside(list.current, button.current.getBoundingClientRect());
          buttonsOf(list.current)[0]?.focus();
        }}
      >
        {open &&
          items.map(({ name, label: text, icon: ItemIcon, danger, onChoose }) => (
            <button
              key={name}
              type="button"
              role="menuitem"
              className={danger ? 'danger' : ''}
              onClick={() => {
                list.current?.hidePopover();
                onChoose();
              }}
            >
              <ItemIcon className="icon" aria-hidden="true" />
              {text}
            </button>
          ))}
      </div>
    </>
  );
}

const buttonsOf = (menu: HTMLElement | null): HTMLButtonElement[] =>
  Array.from(menu?.querySelectorAll('button') ?? []);
