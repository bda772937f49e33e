import { Search } from 'lucide-react';

interface SearchFieldProps {
  label: string;
  hint: string;
  value: string;
  onChange(search: string): void;
}

/** A quiet field that narrows the list below it. */
export function SearchField({ label, hint, value, onChange }: SearchFieldProps) {
  return (
    <div className="input sm quiet max-w-64">
      <Search className="icon" aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={hint}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
