import type { ReactNode } from 'react';
import type { DiffLine } from '../../lib/core/changes/diff-lines.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Cut } from '../ui/cut.tsx';
import { useText } from '../ui/language.tsx';

/** Of a long difference the beginning is drawn; what is copied is all of it. */
const SHOWN = 200;
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
      <Cut items={lines} shown={SHOWN} words="show_all_lines">
        {(shown) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          <ol tabIndex={0} aria-label={t('diff_label')}>
            {shown.map(({ sign, text: line }, at) => (
              // Lines have no other identity than their place.
              <li key={`${at} ${line}`} className={LOOKS[sign]}>
                <b>{sign}</b>
                <span>{line}</span>
              </li>
            ))}
          </ol>
        )}
      </Cut>
    </div>
  );
}
