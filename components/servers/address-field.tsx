import { CornerDownRight } from 'lucide-react';
import { parseServerAddress } from '../../lib/core/server/address.ts';
import { addressNoteWords } from '../../lib/core/server/address-words.ts';
import { say } from '../../lib/core/words/words.ts';
import { type Problem, TextField } from '../ui/field.tsx';
import { Say } from '../ui/language.tsx';

interface AddressFieldProps {
  value: string;
  problem: Problem | undefined;
  autoFocus?: boolean;
  onChange(value: string): void;
}

/** The management base URL in any form, and below it what it becomes, if that is something else. */
export function AddressField({ value, problem, autoFocus = false, onChange }: AddressFieldProps) {
  return (
    <TextField
      label={say('server_address')}
      value={value}
      onChange={onChange}
      problem={problem}
      placeholder="http://127.0.0.1:8317"
      hint={<AddressHint typed={value} />}
      autoFocus={autoFocus}
      mono
    />
  );
}

function AddressHint({ typed }: { typed: string }) {
  const address = parseServerAddress(typed);
  if (!address.ok) return null;
  return (
    <>
      {address.value.managementBaseUrl !== typed && (
        <p className="hint">
          <CornerDownRight className="icon" aria-hidden="true" />
          <span className="mono">{address.value.managementBaseUrl}</span>
        </p>
      )}
      {addressNoteWords(address.value).map((words) => (
        <p className="hint" key={words.key}>
          <span>
            <Say words={words} />
          </span>
        </p>
      ))}
    </>
  );
}
