import type { Words } from '../../lib/core/words/words.ts';
import { Glyph } from './glyph.tsx';
import { Say } from './language.tsx';

/** What stands where nothing is: one line, and one hint. */
export function EmptyState({ title, hint }: { title: Words; hint: Words }) {
  return (
    <div className="card grid justify-items-start gap-1 p-4">
      <Glyph state="idle" />
      <p className="font-semibold">
        <Say words={title} />
      </p>
      <p className="text-muted">
        <Say words={hint} />
      </p>
    </div>
  );
}
