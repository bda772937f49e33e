import { describeFailure } from './failures/catalogue.ts';
import type { HistoryEntry } from './history.ts';
import { servingWords } from './keys/card-words.ts';
import { countServing } from './models/serving.ts';
import { say, type Words } from './words/words.ts';

/** A receipt in words. */
export interface ReceiptWords {
  glyph: 'ok' | 'part' | 'fail' | 'same' | 'off';
  /** What was done, by name. */
  title: Words;
  /** What came of it: serving, in a pool, or what is missing. */
  outcome?: Words | undefined;
  /** What the person should know beside that. */
  remarks: readonly Words[];
}

export function receiptWords(entry: HistoryEntry): ReceiptWords {
  const { result, key, server } = entry;
  if (result.outcome === 'failed') {
    const { what } = describeFailure(result.failure, { server: server.name, relay: key.host });
    return {
      glyph: 'fail',
      title: say('receipt_failed', { key: key.name }),
      outcome: what,
      remarks: remarksOf(entry),
    };
  }
  const { provider } = result;
  const title = {
    created: say('receipt_created', { provider }),
    added: say('receipt_added', { provider }),
    'already-there': say('receipt_nothing', { key: key.name }),
  }[result.outcome];
  const { glyph, outcome } = outcomeOf(result);
  const remarks = remarksOf(entry);
  if (entry.write !== undefined) return { glyph, title, outcome, remarks };
  // Nothing was imported: only what is served is worth telling.
  return { glyph: 'same', title, outcome: result.serving && outcome, remarks };
}

type Success = Exclude<HistoryEntry['result'], { outcome: 'failed' }>;

function outcomeOf({
  disabled,
  loading,
  serving,
}: Success): Pick<ReceiptWords, 'glyph' | 'outcome'> {
  if (disabled) return { glyph: 'off', outcome: say('receipt_disabled') };
  if (!serving)
    return { glyph: 'ok', outcome: say(loading ? 'receipt_loading' : 'receipt_imported') };
  return {
    glyph: serving.missing.length > 0 ? 'part' : 'ok',
    outcome: servingWords(countServing(serving)),
  };
}

function remarksOf({ repeats, gone }: HistoryEntry): Words[] {
  return [
    ...(repeats > 0 ? [say('receipt_repeated', { count: repeats })] : []),
    ...(gone.length > 0
      ? [say('receipt_gone', { count: gone.length, names: gone.join(', ') })]
      : []),
  ];
}
