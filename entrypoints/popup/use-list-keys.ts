import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';

interface ListKeyActions {
  emptySearch(): void;
  /** Absent while no card is selected. */
  clearSelection: (() => void) | undefined;
}

/**
 * The keys of the list of cards, wherever the focus is, and also where it is nowhere, as in
 * a popup that was just opened: `/` searches, Down goes to the cards, Space selects the
 * current one, Enter imports it, or what is selected. Gives the search box its reference.
 */
export function useListKeys(actions: ListKeyActions): RefObject<HTMLInputElement | null> {
  const searchBox = useRef<HTMLInputElement>(null);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog:modal, :popover-open')) return;
    if (actOn(event, searchBox.current, actions)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return searchBox;
}

/** Whether the key was one of the list's. */
function actOn(
  { key, target }: KeyboardEvent,
  searchBox: HTMLInputElement | null,
  { emptySearch, clearSelection }: ListKeyActions,
): boolean {
  const isSearch = target === searchBox;
  const isNowhere = target === document.body;
  switch (key) {
    case '/':
      if (target instanceof HTMLInputElement && target.type !== 'checkbox') return false;
      searchBox?.focus();
      return true;
    case 'ArrowDown':
      if (!isSearch && !isNowhere) return false;
      find(`${isSearch ? '[data-place="0"]' : '.current'} [data-main]`)?.focus();
      return true;
    case ' ':
      if (!isNowhere) return false;
      find('.current [data-pick]')?.click();
      return true;
    case 'Enter': {
      const isBox = target instanceof HTMLElement && 'pick' in target.dataset;
      if (!isNowhere && !isBox) return false;
      find(clearSelection ? '[data-import-selected]' : '.current [data-main]')?.click();
      return true;
    }
    case 'Escape':
      // The first Escape empties the search, the next ends the selection, the last closes the popup.
      if (isSearch && searchBox?.value !== '') emptySearch();
      else if (clearSelection) clearSelection();
      else return false;
      return true;
    default:
      return false;
  }
}

const find = (selector: string): HTMLElement | null => document.querySelector(selector);
