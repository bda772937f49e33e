import {
  conflictWords,
  emptySideWords,
  hasSides,
  SIDES,
  type Side,
  type SideLine,
  sideLines,
} from '../../lib/core/changes/conflict-words.ts';
import type { ShownConflict } from '../../lib/core/changes/show-conflict.ts';
import { say, type Words } from '../../lib/core/words/words.ts';
import { Say, T } from '../ui/language.tsx';

/** What each side is, and where its version comes from. */
const SIDE_WORDS: Record<Side, { name: Words; source: Words }> = {
  theirs: { name: say('side_theirs'), source: say('side_theirs_source') },
  ours: { name: say('side_ours'), source: say('side_ours_source') },
  before: { name: say('side_before'), source: say('side_before_source') },
};

/** Every place where versions differ: what it is, and theirs, ours and before beside each other. */
export function ThreeSides({ conflicts }: { conflicts: readonly ShownConflict[] }) {
  return (
    <ul className="grid gap-3">
      {conflicts.map((conflict) => (
        <li key={`${conflict.code} ${conflict.provider} ${conflict.field ?? ''}`}>
          <p>
            <Say words={conflictWords(conflict)} />
          </p>
          {hasSides(conflict) && <Sides conflict={conflict} />}
        </li>
      ))}
    </ul>
  );
}

function Sides({ conflict }: { conflict: ShownConflict }) {
  return (
    <div className="sides">
      {SIDES.map((side) => (
        <section key={side}>
          <h4>
            <b className="font-semibold">
              <Say words={SIDE_WORDS[side].name} />
            </b>{' '}
            <span className="text-subtle">
              <Say words={SIDE_WORDS[side].source} />
            </span>
          </h4>
          <SideText conflict={conflict} side={side} />
        </section>
      ))}
    </div>
  );
}

function SideText({ conflict, side }: { conflict: ShownConflict; side: Side }) {
  const text = conflict[side];
  if (text === undefined) {
    return (
      <p className="text-muted">
        <Say words={emptySideWords(conflict)} />
      </p>
    );
  }
  // What is new is seen beside what was before, and what was before beside what is there now.
  const beside = conflict[side === 'before' ? 'theirs' : 'before'] ?? '';
  return (
    <pre className="mono">
      {sideLines(text, beside).map((line, at) => (
        // Lines have no other identity than their place.
        <Line key={`${at} ${line.text}`} line={line} />
      ))}
    </pre>
  );
}

function Line({ line: { text, isChanged } }: { line: SideLine }) {
  if (text === undefined) {
    return (
      <span className="text-subtle">
        <T k="side_same" />
      </span>
    );
  }
  return isChanged ? <mark>{text || ' '}</mark> : <span>{text}</span>;
}
