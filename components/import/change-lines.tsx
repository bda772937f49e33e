import { Fragment } from 'react';
import type { ChangeLine } from '../../lib/core/import-view.ts';
import { say, type Words } from '../../lib/core/words/words.ts';
import { Cut } from '../ui/cut.tsx';
import { Say } from '../ui/language.tsx';

/** Of a change to hundreds of providers the first lines say what it is. */
const SHOWN = 24;
const NAMED = 3;

const SIGN_TONES = { '+': 'text-good', '-': 'text-bad', '~': 'text-warn', '=': 'text-subtle' };
const PROVIDER_WORDS = {
  '+': 'change_provider',
  '-': 'change_provider_removed',
  '~': 'change_provider_known',
} as const;

/** A change in words: what comes, and what stays. */
export function ChangeLines({ lines }: { lines: readonly ChangeLine[] }) {
  return (
    <Cut items={lines} shown={SHOWN} words="show_all_lines">
      {(shown) => (
        <div className="changes">
          {shown.map((line, at) => (
            // A line has no other identity than its place.
            <Fragment key={`${at} ${line.what}`}>
              <b className={SIGN_TONES[line.sign]}>{line.sign}</b>
              <span className={line.sign === '=' ? 'text-muted' : ''}>
                <Say words={wordsOf(line)} />{' '}
                <span className="mono xs break-all text-muted">{namesOf(line)}</span>
              </span>
            </Fragment>
          ))}
        </div>
      )}
    </Cut>
  );
}

function wordsOf(line: ChangeLine): Words {
  switch (line.what) {
    case 'provider':
      return say(PROVIDER_WORDS[line.sign], { provider: line.name });
    case 'field':
      return say('change_field', { field: line.field });
    case 'order':
      return say('change_order', { count: line.providers });
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
  if (line.what === 'field') return `${line.from || '–'} → ${line.to || '–'}`;
  const names = line.what === 'keys' ? line.masks : line.what === 'models' ? line.aliases : [];
  return names.length > NAMED ? `${names.slice(0, NAMED).join(', ')}, …` : names.join(', ');
}
