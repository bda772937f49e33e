import { describe, expect, it } from 'vitest';
import type { RunningJob } from '../../lib/core/protocol.ts';
import { batchRuns } from '../../lib/core/run-view.ts';

const job = (over: Partial<RunningJob>): RunningJob => ({
  jobId: 'job',
  runId: 'run',
  cause: 'import',
  server: { id: 'nas', name: 'Home NAS' },
  keyName: '',
  keys: 3,
  stage: 'reading',
  isStopping: false,
  ...over,
});

const tokyo = { id: 'tokyo', name: 'Tokyo' };

describe('what is under way', () => {
  it('is no run of its own where one key goes to one server: its card shows it', () => {
    expect(batchRuns([job({ keys: 1, keyName: 'claude-main' })])).toEqual([]);
  });

  it('is one run over several servers, as far as all of them are together', () => {
    const jobs = [job({ stage: 'writing' }), job({ jobId: 'other', server: tokyo })];
    expect(batchRuns(jobs)).toMatchObject([
      { keys: 3, servers: ['Home NAS', 'Tokyo'], step: 5, of: 10, canStop: true },
    ]);
  });

  it.each(['undo', 'restore'] as const)('is a run where it is an %s', (cause) => {
    expect(batchRuns([job({ cause, keys: 0 })])).toMatchObject([{ cause }]);
  });

  it.each([
    ['models', false, true],
    ['reading', false, true],
    ['reading', true, false],
    ['writing', false, false],
    ['serving', false, false],
  ] as const)('at %s, being stopped: %s, can be stopped: %s', (stage, isStopping, canStop) => {
    expect(batchRuns([job({ stage, isStopping })])[0]?.canStop).toBe(canStop);
  });
});
