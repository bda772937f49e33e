import { describeFailure } from './failures/catalogue.ts';
import { failedKeys, type HistoryEntry, type KeyOutcome, soleFailure } from './history.ts';
import type { ChangeLine } from './import-view.ts';
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
  const remarks = remarksOf(entry);
  const [key, ...more] = entry.keys;
  if (entry.cause !== 'import' || !key) return { ...changeWords(entry), remarks };
  return { ...(more.length === 0 ? keyWords(entry, key) : batchWords(entry)), remarks };
}

type Told = Omit<ReceiptWords, 'remarks'>;

/** What an undo or a restored backup came to. */
function changeWords(entry: HistoryEntry): Told {
  const server = entry.server.name;
  const failure = soleFailure(entry);
  const isUndo = entry.cause === 'undo';
  if (!failure && entry.write === undefined) {
    return {
      glyph: 'same',
      title: say(isUndo ? 'receipt_undo_nothing' : 'receipt_restore_nothing', { server }),
    };
  }
  if (!failure) {
    return {
      glyph: 'ok',
      title: say(isUndo ? 'receipt_undone' : 'receipt_restored', { server }),
      outcome: changedWords(entry.lines),
    };
  }
  return {
    glyph: 'fail',
    title: say(isUndo ? 'receipt_undo_failed' : 'receipt_restore_failed', { server }),
    outcome: describeFailure(failure, { server, relay: '' }).what,
  };
}

/** Which providers a change without keys of its own was about. */
function changedWords(lines: readonly ChangeLine[]): Words | undefined {
  const providers = lines.filter((line) => line.what === 'provider');
  const [provider, ...more] = providers;
  if (!provider) return undefined;
  if (more.length > 0) return say('receipt_providers_changed', { count: providers.length });
  const words = {
    '+': 'receipt_provider_back',
    '-': 'receipt_provider_removed',
    '~': 'receipt_provider_changed',
  } as const;
  return say(words[provider.sign], { provider: provider.name });
}

function keyWords(entry: HistoryEntry, { name, host, result }: KeyOutcome): Told {
  if (result.outcome === 'failed') {
    const { what } = describeFailure(result.failure, { server: entry.server.name, relay: host });
    return { glyph: 'fail', title: say('receipt_failed', { key: name }), outcome: what };
  }
  const { provider } = result;
  const title = {
    created: say('receipt_created', { provider }),
    added: say('receipt_added', { provider }),
    'already-there': say('receipt_nothing', { key: name }),
  }[result.outcome];
  const { glyph, outcome } = outcomeOf(result);
  if (entry.write !== undefined) return { glyph, title, outcome };
  // Nothing was imported: only what is served is worth telling.
  return { glyph: 'same', title, outcome: result.serving && outcome };
}

function batchWords(entry: HistoryEntry): Told {
  const server = entry.server.name;
  const total = entry.keys.length;
  const failed = failedKeys(entry).length;
  const count = total - failed;
  if (count === 0) return { glyph: 'fail', title: say('receipt_batch_none', { total, server }) };
  if (failed > 0) {
    return {
      glyph: 'part',
      title: say('receipt_batch_some', { count, total, server }),
      outcome: say('receipt_failed_count', { count: failed }),
    };
  }
  const isNew = entry.write !== undefined;
  return isNew
    ? { glyph: 'ok', title: say('receipt_batch', { count, server }) }
    : { glyph: 'same', title: say('receipt_batch_same', { total, server }) };
}

type Success = Exclude<KeyOutcome['result'], { outcome: 'failed' }>;

/** What came of a key that was imported: how it stands, and what it serves. */
export function outcomeOf({
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
