import { describe, expect, it } from 'vitest';
import { droppedPart } from '../../../lib/core/changes/dropped.ts';
import type { Plan, Step } from '../../../lib/core/changes/plan.ts';
import type { ProviderEntry } from '../../../lib/core/changes/provider.ts';

const entry = (keys: readonly string[], rest: ProviderEntry = {}): ProviderEntry => ({
  name: 'Relay',
  'base-url': 'https://relay.example/v1',
  'api-key-entries': keys.map((key) => ({ 'api-key': key })),
  models: [{ name: 'm', alias: 'm' }],
  ...rest,
});

const planOf = (...steps: Step[]): Plan => ({ kind: 'openai-compatibility', steps });
const created: Step = { at: 0, after: entry(['a']), reasons: ['create-provider'] };
const added: Step = {
  at: 0,
  before: entry(['a']),
  after: entry(['a', 'b']),
  reasons: ['add-keys'],
};
const removed: Step = { at: 0, before: entry(['a']), reasons: ['undo'] };

describe('of a proved change may have been dropped', () => {
  it.each([
    ['a provider that is gone', created, []],
    ['a key that is gone', added, [entry(['a'])]],
    ['a removal that is there again', removed, [entry(['a'])]],
  ])('%s', (_, step, entries) => {
    expect(droppedPart(planOf(step), entries).steps).toEqual([step]);
  });

  it.each([
    ['whose models somebody changed', created, [entry(['a'], { models: [] })]],
    ['that somebody renamed', created, [entry(['a'], { name: 'Mine' })]],
    ['of which another key was taken out', added, [entry(['b'])]],
  ])('nothing of a provider %s', (_, step, entries) => {
    expect(droppedPart(planOf(step), entries).steps).toEqual([]);
  });

  it('only what is not there, of several', () => {
    const other = entry(['c'], { name: 'Other', 'base-url': 'https://other.example/v1' });
    const both = planOf(added, { at: 1, after: other, reasons: ['create-provider'] });
    expect(droppedPart(both, [entry(['a', 'b'])]).steps).toEqual(both.steps.slice(1));
  });
});
