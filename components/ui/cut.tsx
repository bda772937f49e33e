import { useState } from 'react';
import type { WordKey } from '../../lib/core/words/words.ts';
import { T } from './language.tsx';

interface CutProps<Item> {
  items: readonly Item[];
  /** So many are shown at first. */
  shown: number;
  /** What the button says; it takes the `count` of all. */
  words: WordKey;
  children(items: readonly Item[]): React.ReactNode;
}

/** The first of many items, and a button for all of them. One more than is shown is no reason to cut. */
export function Cut<Item>({ items, shown, words, children }: CutProps<Item>) {
  const [isWhole, setWhole] = useState(false);
  if (isWhole || items.length <= shown + 1) return children(items);
  return (
    <>
      {children(items.slice(0, shown))}
      <div>
        <button type="button" className="btn ghost sm accent -ms-2" onClick={() => setWhole(true)}>
          <T k={words} count={items.length} />
        </button>
      </div>
    </>
  );
}
