import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../lib/core/history.ts';
import type { Serving } from '../../../lib/core/models/serving.ts';
import { modelsToTry, trialWords } from '../../../lib/core/models/trial.ts';

const NONE: Serving = { serving: [], pooled: [], unsure: [], missing: [] };

const entry = (serving: Serving | undefined, undo?: HistoryEntry['undo']): HistoryEntry => ({
  id: 'e',
  runId: 'r',
  at: 0,
  cause: 'import',
  kind: 'openai-compatibility',
  server: { id: 's', name: 'Home' },
  keys: [
    {
      id: 'k',
      name: 'key',
      mask: '••••',
      host: 'relay.example',
      result: {
        at: 0,
        outcome: 'created',
        provider: 'key',
        disabled: false,
        loading: false,
        ...(serving && { serving }),
      },
    },
  ],
  lines: [],
  diff: [],
  requests: [],
  repeats: 0,
  gone: [],
  tookMs: 0,
  undo,
});

describe('the models of an import to try', () => {
  it('are those that are served first, each once', () => {
    const serving = {
      serving: ['own'],
      pooled: [{ id: 'shared', with: ['Other'] }],
      unsure: ['account', 'own'],
      missing: ['gone'],
    };
    expect(modelsToTry(entry(serving))).toEqual(['own', 'shared', 'account', 'gone']);
  });

  it('are none where nothing is known to be served, or it was taken back', () => {
    expect(modelsToTry(entry(undefined))).toEqual([]);
    expect(modelsToTry(entry({ ...NONE, serving: ['own'] }, 'done'))).toEqual([]);
  });
});

describe('a tiny request', () => {
  it('that was answered is the pool’s answer', () => {
    expect(trialWords('m', { status: 200, isAnswer: true, said: '' })).toMatchObject({
      glyph: 'ok',
      why: { key: 'trial_pool' },
    });
  });

  // Recorded: contract/FACTS.md sections 5 and 8.
  it.each([
    [400, 'unknown provider for model m', 'trial_unknown_model'],
    [502, 'unknown provider for model m', 'trial_unknown_model'],
    [503, 'auth_unavailable: no auth available', 'trial_parked'],
    [500, 'auth_not_found: no auth available', 'trial_parked'],
    [401, 'Invalid API key', 'trial_client_key'],
    [500, 'Post "http://a.example/v1": dial tcp: refused', 'trial_relay_unreachable'],
    [429, 'All credentials for model m are cooling down', 'trial_limited'],
    [401, 'Incorrect API key provided', 'trial_relay_refused'],
    [404, '404 page not found', 'trial_not_found'],
    [200, '', 'trial_no_completion'],
    [500, 'oops', 'trial_relay_error'],
  ])('that got %i %s is explained', (status, said, key) => {
    const words = trialWords('m', { status, isAnswer: false, said });
    expect(words).toMatchObject({ glyph: 'fail', why: { key } });
    expect(words.title.values).toEqual({ model: 'm', status });
  });
});
