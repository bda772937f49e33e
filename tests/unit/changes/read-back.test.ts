import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/core/changes/plan.ts';
import type { ProviderEntry } from '../../../lib/core/changes/provider.ts';
import {
  entriesGone,
  isSettled,
  keysMissing,
  keysWritten,
  nameOrHost,
  readBack,
} from '../../../lib/core/changes/read-back.ts';

const KIND = 'openai-compatibility';
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
  kind: KIND,
  steps: [{ at: 1, before: relay(['old']), after: relay(['old', 'new']), reasons: ['add-keys'] }],
};
const check = (after: ProviderEntry[]) => readBack(after, { before, plan });

describe('reading a write back', () => {
  it('finds all there and loaded', () => {
    const all = { isThere: true, loadingKeys: 0, gone: [] };
    expect(check([other, relay(['old', 'new'])])).toEqual(all);
  });

  it('sees a key that the server does not show', () => {
    expect(check(before)).toMatchObject({ isThere: false });
    expect(keysMissing(plan, before)).toBe(1);
    expect(keysWritten(plan)).toBe(1);
  });

  it('sees that the provider itself is gone', () => {
    expect(check([other])).toMatchObject({ isThere: false, gone: ['Relay A'] });
  });

  it('tells a key that is shown from one that is loaded', () => {
    const keys = [{ 'api-key': 'old' }, { 'api-key': 'new' }];
    const loading = relay([], { 'api-key-entries': keys });
    expect(check([other, loading])).toMatchObject({ isThere: true, loadingKeys: 1 });
  });

  it('does not wait for a disabled provider, which never loads', () => {
    const off = (keys: string[]) =>
      relay([], { disabled: true, 'api-key-entries': keys.map((key) => ({ 'api-key': key })) });
    const steps = [{ at: 0, before: off(['old']), after: off(['old', 'new']), reasons: [] }];
    const given = { before: [off(['old'])], plan: { kind: KIND, steps } as Plan };
    expect(readBack([off(['old', 'new'])], given)).toMatchObject({ isThere: true, loadingKeys: 0 });
  });

  it('looks at each of many keys in one provider a few times, however many there are', () => {
    const looksAt = (count: number) => {
      let looks = 0;
      const keyEntry = (nth: number) => ({
        'auth-index': `i-${nth}`,
        get 'api-key'() {
          looks += 1;
          return `key-${nth}`;
        },
      });
      const entries = Array.from({ length: count }, (_, nth) => keyEntry(nth));
      const many = relay([], { 'api-key-entries': entries });
      const steps = [{ at: 1, before: relay([]), after: many, reasons: ['add-keys' as const] }];
      const shown = readBack([other, many], {
        before: [other, relay([])],
        plan: { kind: KIND, steps },
      });
      expect(shown).toEqual({ isThere: true, loadingKeys: 0, gone: [] });
      return looks / count;
    };
    expect(looksAt(1000)).toBe(looksAt(10));
  });

  it('follows a provider that someone renamed meanwhile', () => {
    const renamed = relay(['old', 'new'], { name: 'Renamed' });
    expect(check([other, renamed])).toMatchObject({ isThere: true, gone: [] });
  });

  it('notices that somebody’s provider is gone', () => {
    expect(check([relay(['old', 'new'])])).toMatchObject({ gone: ['Other'] });
  });

  it('does not count as gone what the plan took out', () => {
    const removal: Plan = { kind: KIND, steps: [{ at: 0, before: other, reasons: ['undo'] }] };
    const given = { before: [other, relay(['old'])], plan: removal };
    const first = given.before[0] as ProviderEntry;
    const own = { ...removal, steps: [{ at: 0, before: first, reasons: ['undo' as const] }] };
    expect(readBack([relay(['old'])], { ...given, plan: own })).toMatchObject({
      isThere: true,
      gone: [],
    });
  });

  it('notices models that did not arrive', () => {
    const created: Plan = { kind: KIND, steps: [{ at: 0, after: relay(['new']), reasons: [] }] };
    const given = { before: [], plan: created };
    expect(readBack([relay(['new'])], given).isThere).toBe(true);
    expect(readBack([relay(['new'], { models: [] })], given).isThere).toBe(false);
  });
});

describe('providers that are gone', () => {
  const gone = (was: ProviderEntry[], is: ProviderEntry[]) =>
    entriesGone(KIND, was, is).map(nameOrHost);

  it('are those whose name and keys are nowhere any more', () => {
    expect(gone(before, before)).toEqual([]);
    expect(gone(before, [other])).toEqual(['Relay A']);
    expect(gone(before, [])).toEqual(['Other', 'Relay A']);
    expect(gone([relay(['k'])], [relay(['k'], { name: 'New name' })])).toEqual([]);
  });

  it('are counted where two have one name', () => {
    expect(gone([relay(['a']), relay(['b'])], [relay(['b'])])).toHaveLength(1);
  });

  it('are called by their host where they have no name', () => {
    expect(gone([relay(['a'], { name: '' })], [])).toEqual(['a.example']);
  });
});

describe('a server at rest', () => {
  it('shows every key loaded that can be', () => {
    const unloaded = relay([], { 'api-key-entries': [{ 'api-key': 'x' }] });
    expect(isSettled(KIND, before)).toBe(true);
    expect(isSettled(KIND, [unloaded])).toBe(false);
    expect(isSettled(KIND, [{ ...unloaded, disabled: true }])).toBe(true);
  });
});
