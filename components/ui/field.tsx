import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { Words } from '../../lib/core/words/words.ts';
import { Glyph } from './glyph.tsx';
import { Say, Sentences, useText } from './language.tsx';

/** What is wrong with an input, why, and what to do: one sentence each. */
export type Problem = readonly [what: Words, ...more: (Words | undefined)[]];

interface FieldProps {
  label: Words;
  value: string;
  onChange(value: string): void;
  /** What was made of the input, or what belongs into it. */
  hint?: ReactNode;
  /** What is wrong with it. Takes the place of the hint. */
  problem?: Problem | undefined;
  placeholder?: string | undefined;
  mono?: boolean;
  autoFocus?: boolean;
  readOnly?: boolean;
}

/** One line of text with its label and its hint. */
export function TextField(props: FieldProps) {
  return <FieldFrame {...props} type="text" />;
}

/**
 * One line that nobody is to read over a shoulder. Password managers are kept out: they
 * would fill in, and offer to keep, what is no password of a site.
 */
export function SecretField(props: FieldProps) {
  const [shown, setShown] = useState(false);
  const t = useText();
  const EyeIcon = shown ? EyeOff : Eye;
  return (
    <FieldFrame {...props} type={shown ? 'text' : 'password'}>
      <button
        type="button"
        className="btn ghost sm square"
        aria-label={t(shown ? 'action_hide' : 'action_reveal')}
        title={t(shown ? 'action_hide' : 'action_reveal')}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        <EyeIcon className="icon" aria-hidden="true" />
      </button>
    </FieldFrame>
  );
}

function FieldFrame({
  label,
  value,
  onChange,
  hint,
  problem,
  placeholder,
  mono,
  autoFocus,
  readOnly,
  type,
  children,
}: FieldProps & { type: 'text' | 'password'; children?: ReactNode }) {
  const id = useId();
  const isInvalid = problem !== undefined;
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        <Say words={label} />
      </label>
      <div className={`input ${isInvalid ? 'invalid' : ''}`}>
        <input
          id={id}
          type={type}
          className={mono ? 'mono' : ''}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          placeholder={placeholder}
          readOnly={readOnly}
          // biome-ignore lint/a11y/noAutofocus: the first field of a form that was just opened
          autoFocus={autoFocus}
          data-autofocus={autoFocus}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          data-1p-ignore
          data-lpignore="true"
          aria-invalid={isInvalid || undefined}
          aria-describedby={`${id}-hint`}
        />
        {children}
      </div>
      <div id={`${id}-hint`} className="empty:hidden">
        {problem ? <ProblemHint problem={problem} /> : hint}
      </div>
    </div>
  );
}

/** What is wrong, below a field, and read out at once. */
export const ProblemHint = ({ problem: [what, ...more] }: { problem: Problem }) => (
  <div role="alert">
    <p className="hint bad">
      <Glyph state="fail" />
      <span>
        <Say words={what} />
      </span>
    </p>{' '}
    <p className="hint empty:hidden">
      <Sentences of={more} />
    </p>
  </div>
);

/** A line below a field. */
export const Hint = ({ words }: { words: Words }) => (
  <p className="hint">
    <span>
      <Say words={words} />
    </span>
  </p>
);
