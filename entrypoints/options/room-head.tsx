import type { ReactNode } from 'react';
import { T } from '../../components/ui/language.tsx';
import type { WordKey } from '../../lib/core/words/words.ts';

/** The head of a room: its name, and what can be done in all of it. */
export function RoomHead({ words, children }: { words: WordKey; children?: ReactNode }) {
  return (
    <header className="page-head">
      <h1 className="grow">
        <T k={words} />
      </h1>
      {children}
    </header>
  );
}
