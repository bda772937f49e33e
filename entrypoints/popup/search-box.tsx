import { Search } from 'lucide-react';
import type { RefObject } from 'react';
import { useText } from '../../components/ui/language.tsx';

interface SearchBoxProps {
  box: RefObject<HTMLInputElement | null>;
  value: string;
  onChange(value: string): void;
}

/** Searches the cards by name and host. */
export function SearchBox({ box, value, onChange }: SearchBoxProps) {
  const t = useText();
  return (
    <div className="p-search">
      <div className="input quiet">
        <Search className="icon" aria-hidden="true" />
        <input
          ref={box}
          type="search"
          aria-label={t('keys_search')}
          placeholder={t('keys_search')}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <kbd className="kbd">/</kbd>
      </div>
    </div>
  );
}
