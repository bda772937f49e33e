import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId } from 'react';

interface Choice<Value extends string> {
  value: Value;
  label: string;
  disabled?: boolean;
}

interface SelectProps<Value extends string> {
  label: string;
  /** Drawn above the control; without it the label is for screen readers only. */
  showLabel?: boolean;
  value: Value;
  choices: readonly Choice<Value>[];
  onChange(value: Value): void;
  className?: string;
  /** What is drawn in place of the chosen label. */
  children?: ReactNode;
}

/** A native select under our own drawing: keyboard, touch and screen readers get the real one. */
export function Select<Value extends string>({
  label,
  showLabel = false,
  value,
  choices,
  onChange,
  className = 'input',
  children,
}: SelectProps<Value>) {
  const id = useId();
  const chosen = choices.find((choice) => choice.value === value);
  const control = (
    <div className={`select ${className}`}>
      {children ?? <span className="cut">{chosen?.label}</span>}
      <ChevronDown className="icon text-subtle" aria-hidden="true" />
      <select
        id={id}
        aria-label={showLabel ? undefined : label}
        value={value}
        onChange={(event) => {
          const picked = choices.find((choice) => choice.value === event.target.value);
          if (picked) onChange(picked.value);
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
  if (!showLabel) return control;
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {control}
    </div>
  );
}
