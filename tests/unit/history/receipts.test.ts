import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../lib/core/failures/failure.ts';
import { type HistoryEntry, type KeyOutcome, searchHistory } from '../../../lib/core/history.ts';
import { receiptWords } from '../../../lib/core/history-words.ts';
import { failedGroups, keyOutcomeWords } from '../../../lib/core/key-outcomes.ts';
import { canBeStopped, runningStage, runningWords } from '../../../lib/core/running-words.ts';

const entryOf = (over: Partial<HistoryEntry>): HistoryEntry => ({
  id: 'e',
  runId: 'r',
  at: 0,
  cause: 'undo',
  kind: 'openai-compatibility',
  server: { id: 's', name: 'Home NAS' },
  keys: [],
  lines: [],
  diff: [],
  requests: [],
  repeats: 0,
  gone: [],
  tookMs: 1,
  ...over,
});

const provider = (sign: '+' | '-' | '~', name: string) =>
  ({ sign, what: 'provider', name, baseUrl: '' }) as const;

const key = (id: string, result: Partial<KeyOutcome['result']>, host = 'relay.example') =>
  ({ id, name: id, mask: 'sk-…', host, result: { at: 0, ...result } }) as KeyOutcome;

const failed = (id: string, failure: Failure, host?: string) =>
  key(id, { outcome: 'failed', failure }, host);

describe('the receipt of an undo', () => {
  it('names what went, what is back, and what was changed', () => {
    const told = (...lines: HistoryEntry['lines']) =>
      receiptWords(entryOf({ write: 'PUT', lines })).outcome;
    expect(told(provider('-', 'A'))).toMatchObject({ key: 'receipt_provider_removed' });
    expect(told(provider('+', 'A'))).toMatchObject({ key: 'receipt_provider_back' });
    expect(told(provider('~', 'A'))).toMatchObject({ values: { provider: 'A' } });
    expect(told(provider('~', 'A'), provider('-', 'B'))).toMatchObject({ values: { count: 2 } });
  });

  it('does not say that something was taken back where nothing was left', () => {
    expect(receiptWords(entryOf({}))).toMatchObject({
      glyph: 'same',
      title: { key: 'receipt_undo_nothing' },
    });
    expect(receiptWords(entryOf({ cause: 'restore' })).title.key).toBe('receipt_restore_nothing');
  });

  it('is found by the provider that it was about', () => {
    const entries = [entryOf({ lines: [provider('-', 'Lantern')] }), entryOf({ id: 'other' })];
    expect(searchHistory(entries, 'lantern').map(({ id }) => id)).toEqual(['e']);
  });
});

describe('the keys of a batch', () => {
  it('that failed stand together by their reason, the most first', () => {
    const timeout = { code: 'server/timeout', seconds: 15 } as const;
    const groups = failedGroups(
      entryOf({
        keys: [
          failed('a', { code: 'change/cancelled' }),
          failed('b', timeout),
          key('c', { outcome: 'created', provider: 'P' }),
          failed('d', timeout),
        ],
      }),
    );
    expect(groups.map(({ keys }) => keys.map(({ id }) => id))).toEqual([['b', 'd'], ['a']]);
  });

  it('that stood already are told as such, whatever others of the batch came to', () => {
    const there = { outcome: 'already-there', provider: 'P', disabled: false, loading: false };
    expect(keyOutcomeWords(key('a', there as KeyOutcome['result']))).toEqual({
      glyph: 'same',
      outcome: { key: 'outcome_there', values: { provider: 'P' } },
    });
  });
});

describe('a change that is under way', () => {
  it('is told by its one key, by their number, or by what it does', () => {
    const run = { cause: 'import', keys: 3, keyName: '' } as Parameters<typeof runningWords>[0];
    expect(runningWords(run)).toEqual({ key: 'running_keys', values: { count: 3 } });
    expect(runningWords({ ...run, keyName: 'one' }).values).toEqual({ key: 'one' });
    expect(runningWords({ ...run, cause: 'undo' })).toEqual({ key: 'running_undo' });
  });

  it('of an undo has no steps that only an import takes', () => {
    expect(runningStage({ cause: 'import', stage: 'serving' })).toMatchObject({ step: 5, of: 5 });
    expect(runningStage({ cause: 'undo', stage: 'models' })).toMatchObject({ step: 1, of: 3 });
    expect(runningStage({ cause: 'undo', stage: 'serving' })).toMatchObject({ step: 3, of: 3 });
  });

  it('can be stopped until it is written, once', () => {
    expect(canBeStopped({ stage: 'reading', isStopping: false })).toBe(true);
    expect(canBeStopped({ stage: 'reading', isStopping: true })).toBe(false);
    expect(canBeStopped({ stage: 'writing', isStopping: false })).toBe(false);
    expect(canBeStopped({ stage: 'verifying', isStopping: false })).toBe(false);
  });
});
