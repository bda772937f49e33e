import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/core/changes/plan.ts';
import type { ProviderEntry } from '../../../lib/core/changes/provider.ts';
import { providersGone, readBack } from '../../../lib/core/changes/read-back.ts';

const relay = (keys: string[], over: ProviderEntry = {}): ProviderEntry => ({
  name: 'Relay A',
  'base-url': 'https://a.example/v1',
  'api-key-entries': keys.map((key) => ({ 'api-key': key, 'auth-index': `i-${key}` })),
  models: [{ name: 'm', alias: 'm' }],
  ...over,
});
const other: ProviderEntry = { name: 'Other', 'base-url': 'https://o.example/v1' };
const before = [other, relay(['old'])];
const plan: Plan = {
  kind: 'openai-compatibility',
  steps: [{ at: 1, before: relay(['old']), after: relay(['old', 'new']), reasons: ['add-keys'] }],
};
const check = (after: ProviderEntry[]) => readBack(after, { before, plan });
const NEW_KEY = { apiKey: 'new', baseUrl: 'https://a.example/v1' };

describe('reading a write back', () => {
  it('finds all there and loaded', () => {
    expect(check([other, relay(['old', 'new'])])).toEqual({
      missing: [],
      loading: [],
      missingModels: 0,
      gone: [],
    });
  });

  it('sees a key that the server does not show', () => {
    expect(check(before)).toMatchObject({ missing: [NEW_KEY] });
  });

  it('tells a key that is shown from one that is loaded', () => {
    const loading = relay(['old'], { 'api-key-entries': [{ 'api-key': 'new' }] });
    expect(check([other, loading])).toMatchObject({ missing: [], loading: [NEW_KEY] });
  });

  it('does not wait for a disabled provider, which never loads', () => {
    const disabled = relay([], { disabled: true, 'api-key-entries': [{ 'api-key': 'new' }] });
    expect(check([other, disabled])).toMatchObject({ missing: [], loading: [] });
  });

  it('follows a provider that someone renamed meanwhile', () => {
    const renamed = relay(['old', 'new'], { name: 'Renamed' });
    expect(check([other, renamed])).toMatchObject({ missing: [], gone: [] });
  });

  it('notices that somebody’s provider is gone', () => {
    expect(check([relay(['old', 'new'])])).toMatchObject({
      gone: [{ name: 'Other', baseUrl: 'https://o.example/v1' }],
    });
  });

  it('counts models that did not arrive', () => {
    const created: Plan = {
      kind: plan.kind,
      steps: [{ at: 0, after: relay(['new']), reasons: [] }],
    };
    const shown = readBack([relay(['new'], { models: null })], {
      before: [],
      plan: created,
    });
    expect(shown.missingModels).toBe(1);
  });

  it('does not take twins for one', () => {
    expect(providersGone([other, other], [other])).toHaveLength(1);
    expect(providersGone([other, other], [other, other])).toHaveLength(0);
  });
});
