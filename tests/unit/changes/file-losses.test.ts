import { describe, expect, it } from 'vitest';
import { fileLosses } from '../../../lib/core/changes/file-losses.ts';
import type { Plan } from '../../../lib/core/changes/plan.ts';
import type { ProviderEntry } from '../../../lib/core/changes/provider.ts';

const A: ProviderEntry = { name: 'A', 'base-url': 'https://a.example/v1' };

const change = (before: ProviderEntry | undefined, after: ProviderEntry | undefined): Plan => ({
  kind: 'openai-compatibility',
  steps: [{ at: 0, ...(before && { before }), ...(after && { after }), reasons: ['undo'] }],
});

const lost = (before: ProviderEntry | undefined, after: ProviderEntry | undefined, list = [A]) =>
  fileLosses(list, change(before, after)).map(({ what, field }) => `${what} ${field}`);

describe('what the server’s file cannot give back', () => {
  it('is a part that leaves a map which stays', () => {
    const headers = (names: string[]) => ({
      ...A,
      headers: Object.fromEntries(names.map((name) => [name, 'x'])),
    });
    expect(lost(headers(['X-One', 'X-Two']), headers(['X-One']))).toEqual(['merged headers']);
    expect(lost(headers(['X-One']), headers(['X-One', 'X-Two']))).toEqual([]);
    expect(lost(headers(['X-One']), headers([]))).toEqual([]);
    expect(lost(headers(['X-One']), A)).toEqual([]);
  });

  it('names the provider, and is nothing where it gets another name in the same request', () => {
    const before = { ...A, cloak: { mode: 'auto', strict: true } };
    const after = { ...A, cloak: { mode: 'auto' } };
    expect(fileLosses([A], change(before, after))).toEqual([
      { what: 'merged', provider: 'A', field: 'cloak' },
    ]);
    expect(lost(before, { ...after, name: 'B' })).toEqual([]);
    expect(lost(before, undefined)).toEqual([]);
  });

  it('is a part of the thinking of a model that stays', () => {
    const thinking = (value: Record<string, number>, alias = 'm') => ({
      ...A,
      models: [{ name: 'm', alias, thinking: value }],
    });
    expect(lost(thinking({ min: 1, max: 9 }), thinking({ min: 1 }))).toEqual(['merged thinking']);
    expect(lost(thinking({ min: 1 }), thinking({ min: 2 }))).toEqual([]);
    expect(lost(thinking({ min: 1, max: 9 }), { ...A, models: [] })).toEqual([]);
  });

  it('is an explicit zero where the field or the list was not there', () => {
    const zero = { ...A, 'request-retry': 0, 'disable-cooling': false };
    expect(lost(A, zero)).toEqual(['zero request-retry', 'zero disable-cooling']);
    expect(lost({ ...A, 'request-retry': 3, 'disable-cooling': true }, zero)).toEqual([]);
    expect(lost(undefined, zero)).toEqual([]);
    expect(lost(undefined, zero, [])).toEqual(['zero request-retry', 'zero disable-cooling']);
    expect(lost(A, { ...A, 'request-retry': 1, disabled: false })).toEqual([]);
  });
});
