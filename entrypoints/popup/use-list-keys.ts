import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';

/**
 * The keys of the list of cards, wherever the focus is, and also where it is nowhere, as in
 * a popup that was just opened: `/` searches, Down goes to the cards, Enter imports the
 * current one. Gives the search box its reference.
 */
export function useListKeys(emptySearch: () => void): RefObject<HTMLInputElement | null> {
  const searchBox = useRef<HTMLInputElement>(null);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog:modal')) return;
    if (actOn(event, searchBox.current, emptySearch)) event.preventDefault();
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
  emptySearch: () => void,
): boolean {
  const isSearch = target === searchBox;
  const isNowhere = target === document.body;
  switch (key) {
    case '/':
      if (target instanceof HTMLInputElement) return false;
      searchBox?.focus();
      return true;
    case 'ArrowDown':
      if (!isSearch && !isNowhere) return false;
      importButton(isSearch ? '[data-place="0"]' : '.current')?.focus();
      return true;
    case 'Enter':
      if (!isNowhere) return false;
      importButton('.current')?.click();
      return true;
    case 'Escape':
      // The first Escape empties the search, the next closes the popup.
      if (!isSearch || searchBox?.value === '') return false;
      emptySearch();
      return true;
    default:
      return false;
  }
}

const importButton = (row: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`${row} [data-import]`);
