import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';

const CONFIRMED_MS = 1500;

/** Copies a text, and says for a moment that it did. */
export function CopyButton({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      className="btn ghost sm square"
      aria-label={label}
      title={label}
      onClick={() =>
        void navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          // Refused by the browser: it does not say that it did.
          () => setCopied(false),
        )
      }
    >
      <Icon className="icon" aria-hidden="true" />
    </button>
  );
}
