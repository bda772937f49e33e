import { CornerDownRight } from 'lucide-react';
import { normaliseBaseUrl } from '../../lib/core/relay/base-url.ts';
import { baseUrlNoteWords } from '../../lib/core/relay/base-url-words.ts';
import { say } from '../../lib/core/words/words.ts';
import { Hint } from '../ui/field.tsx';

/** What will be made of a typed base URL, and why. Nothing while there is nothing to say. */
export function BaseUrlHint({ typed }: { typed: string }) {
  const base = typed.trim() === '' ? undefined : normaliseBaseUrl(typed);
  if (!base?.ok) return <Hint words={say('key_form_base_url_hint')} />;
  const { baseUrl, style, openaiBaseUrl, notes } = base.value;
  const becomes = openaiBaseUrl ?? baseUrl;
  return (
    <>
      <p className="hint">
        <CornerDownRight className="icon" aria-hidden="true" />
        <span className="mono">{becomes}</span>
      </p>
      {style === 'anthropic' && (
        <Hint words={say(openaiBaseUrl ? 'base_url_openai_twin' : 'base_url_anthropic')} />
      )}
      {baseUrlNoteWords(notes, becomes).map((words) => (
        <Hint key={words.key} words={words} />
      ))}
    </>
  );
}
