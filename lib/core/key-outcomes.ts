import { describeFailure } from './failures/catalogue.ts';
import type { Failure } from './failures/failure.ts';
import { failedKeys, type HistoryEntry, type KeyOutcome } from './history.ts';
import { outcomeOf, type ReceiptWords } from './history-words.ts';
import { say } from './words/words.ts';

/** What became of one key among several, in few words. */
export function keyOutcomeWords({ result }: KeyOutcome): Pick<ReceiptWords, 'glyph' | 'outcome'> {
  if (result.outcome === 'failed') return { glyph: 'fail' };
  const { glyph } = outcomeOf(result);
  const { provider } = result;
  const words = {
    created: say('outcome_created', { provider }),
    added: say('outcome_added', { provider }),
    'already-there': say('outcome_there', { provider }),
  };
  const isSame = result.outcome === 'already-there' && glyph === 'ok';
  return { glyph: isSame ? 'same' : glyph, outcome: words[result.outcome] };
}

/** Keys that failed for one and the same reason. */
export interface FailedGroup {
  failure: Failure;
  keys: readonly KeyOutcome[];
}

/** The keys that were not imported, by what hindered them: the reason of the most keys first. */
export function failedGroups(entry: HistoryEntry): FailedGroup[] {
  const groups = new Map<string, { failure: Failure; keys: KeyOutcome[] }>();
  for (const key of failedKeys(entry)) {
    if (key.result.outcome !== 'failed') continue;
    const { failure } = key.result;
    // In words, for these name the relay where it is the relay's doing.
    const words = describeFailure(failure, { server: entry.server.name, relay: key.host });
    const id = JSON.stringify(words);
    const group = groups.get(id);
    if (group) group.keys.push(key);
    else groups.set(id, { failure, keys: [key] });
  }
  return [...groups.values()].toSorted((one, other) => other.keys.length - one.keys.length);
}
