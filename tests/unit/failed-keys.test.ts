import { describe, expect, it } from 'vitest';
import { failureGroups, keysToDecide, keysToRetry } from '../../lib/core/failed-keys.ts';
import type { Failure } from '../../lib/core/failures/failure.ts';
import type { HistoryEntry, KeyOutcome } from '../../lib/core/history.ts';

const failed = (id: string, failure: Failure, host = 'relay.example'): KeyOutcome => ({
  id,
  name: id,
  mask: 'sk-…',
  host,
  result: { at: 0, outcome: 'failed', failure },
});

const entry = (keys: readonly KeyOutcome[]): HistoryEntry => ({
  id: 'entry',
  runId: 'run',
  at: 0,
  cause: 'import',
  kind: 'openai-compatibility',
  server: { id: 'nas', name: 'Home NAS' },
  keys,
  lines: [],
  diff: [],
  requests: [],
  repeats: 0,
  gone: [],
  tookMs: 0,
});

const waits = (reason: 'decision' | 'models-unavailable'): Failure => ({
  code: 'import/needs-decision',
  reason,
});

const fine: KeyOutcome = {
  ...failed('fine', waits('decision')),
  result: {
    at: 0,
    outcome: 'added',
    provider: 'Relay',
    disabled: false,
    loading: false,
  },
};

const down: Failure = { code: 'server/unreachable' };
const keys = [
  failed('a', waits('decision')),
  fine,
  failed('b', down),
  failed('c', down, 'other.example'),
  failed('d', waits('models-unavailable')),
  failed('e', { code: 'storage/gone', what: 'key' }),
];

describe('the keys that failed', () => {
  it('are told by cause, the most common first', () => {
    const groups = failureGroups(entry(keys)).map((group) => group.keys.map(({ id }) => id));
    expect(groups).toEqual([['b', 'c'], ['a'], ['d'], ['e']]);
  });

  it('are in no group where none failed', () => {
    expect(failureGroups(entry([fine]))).toEqual([]);
  });

  it('are tried again where something else than themselves was in the way', () => {
    expect(keysToRetry(entry(keys))).toEqual(['b', 'c', 'd']);
  });

  it('are decided in their dialogs, on the server that they were meant for', () => {
    expect(keysToDecide(entry(keys))).toEqual([
      { keyId: 'a', serverId: 'nas', reason: 'decision' },
      { keyId: 'd', serverId: 'nas', reason: 'models-unavailable' },
    ]);
  });
});
