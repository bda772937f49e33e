import type { ReactNode } from 'react';
import type { DiffLine } from '../../lib/core/changes/diff-lines.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { useText } from '../ui/language.tsx';

const LOOKS = { '+': 'add', '-': 'del', ' ': '' };

/** A difference as lines of JSON, secrets masked. What is copied is masked too. */
export function Diff({ title, lines }: { title: ReactNode; lines: readonly DiffLine[] }) {
  const t = useText();
  const text = lines.map(({ sign, text: line }) => `${sign} ${line}`).join('\n');
  return (
    <div className="diff">
      <header>
        <span className="xs">{title}</span>
        <CopyButton label={t('diff_copy')} text={text} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <ol tabIndex={0} aria-label={t('diff_label')}>
        {lines.map(({ sign, text: line }, at) => (
          // Lines have no other identity than their place.
          <li key={`${at} ${line}`} className={LOOKS[sign]}>
            <b>{sign}</b>
            <span>{line}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
