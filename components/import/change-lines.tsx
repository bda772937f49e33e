import { Fragment } from 'react';
import type { ChangeLine } from '../../lib/core/import-view.ts';
import { say, type Words } from '../../lib/core/words/words.ts';
import { Say } from '../ui/language.tsx';

const NAMED = 3;

/** A change in words: what comes, and what stays. */
export function ChangeLines({ lines }: { lines: readonly ChangeLine[] }) {
  return (
    <div className="changes">
      {lines.map((line) => (
        <Fragment key={line.what}>
          <b className={line.sign === '+' ? 'text-good' : 'text-subtle'}>{line.sign}</b>
          <span className={line.sign === '=' ? 'text-muted' : ''}>
            <Say words={wordsOf(line)} />{' '}
            <span className="mono xs break-all text-muted">{namesOf(line)}</span>
          </span>
        </Fragment>
      ))}
    </div>
  );
}

function wordsOf(line: ChangeLine): Words {
  switch (line.what) {
    case 'provider':
      return say('change_provider', { provider: line.name });
    case 'keys':
      return say('change_keys', { count: line.count });
    case 'models':
      return say('change_models', { count: line.count });
    case 'entry':
      return say('change_entry_stays', { keys: line.keys, models: line.models });
    case 'list':
      return say('change_list_stays', { count: line.providers });
  }
}

function namesOf(line: ChangeLine): string {
  if (line.what === 'provider') return line.baseUrl;
  const names = line.what === 'keys' ? line.masks : line.what === 'models' ? line.aliases : [];
  return names.length > NAMED ? `${names.slice(0, NAMED).join(', ')}, …` : names.join(', ');
}
