import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  disabledEntry,
  enabledEntry,
  isDisabled,
  isHolding,
  keysOf,
  labelOf,
  loadedKeysOf,
  PATCHED_FIELDS,
  withoutKey,
} from '../../../lib/core/changes/kinds.ts';
import { PROVIDER_KINDS, type ProviderEntry } from '../../../lib/core/changes/provider.ts';
import { providerLists } from './arbitraries.ts';

const kind = fc.constantFrom(...PROVIDER_KINDS);

const relay: ProviderEntry = {
  name: 'Relay A',
  'base-url': 'https://relay.example/v1',
  'api-key-entries': [
    { 'api-key': 'sk-1', 'auth-index': '00ff' },
    { 'api-key': 'sk-2', weight: 3 },
  ],
};

const claude: ProviderEntry = {
  'api-key': 'sk-ant-0123456789',
  'base-url': 'https://relay.example',
  'auth-index': '00ff',
};

/** Runs `check` on every entry of generated lists. */
function forEveryEntry(check: (of: (typeof PROVIDER_KINDS)[number], entry: ProviderEntry) => void) {
  fc.assert(
    fc.property(kind, providerLists, (of, lists) => {
      for (const entry of lists[of]) check(of, entry);
    }),
  );
}

describe('an entry of any kind', () => {
  it('holds its keys, and none that was taken out', () => {
    forEveryEntry((of, entry) => {
      for (const key of keysOf(of, entry)) {
        expect(isHolding(of, entry, key)).toBe(true);
        const left = withoutKey(of, entry, key);
        expect(left ? keysOf(of, left) : []).toEqual(keysOf(of, entry).filter((k) => k !== key));
      }
      expect(withoutKey(of, entry, 'sk-unknown')).toBe(entry);
    });
  });

  it('is switched off and on again, and keeps everything else', () => {
    forEveryEntry((of, entry) => {
      const off = disabledEntry(of, entry);
      const on = enabledEntry(of, off);
      expect([isDisabled(of, off), isDisabled(of, on)]).toEqual([true, false]);
      const rest = { disabled: null, 'excluded-models': null };
      expect({ ...on, ...rest }).toEqual({ ...entry, ...rest });
    });
  });
});

describe('a provider', () => {
  it('has many keys, each loaded by its own', () => {
    expect(keysOf('openai-compatibility', relay)).toEqual(['sk-1', 'sk-2']);
    expect([...loadedKeysOf('openai-compatibility', relay)]).toEqual(['sk-1']);
    expect(withoutKey('openai-compatibility', { ...relay, note: 1 }, 'sk-1')).toEqual({
      ...relay,
      note: 1,
      'api-key-entries': [{ 'api-key': 'sk-2', weight: 3 }],
    });
  });

  it('is called by its name, else by its host', () => {
    expect(labelOf('openai-compatibility', relay)).toBe('Relay A');
    expect(labelOf('openai-compatibility', { ...relay, name: ' ' })).toBe('relay.example');
  });
});

describe('a single key', () => {
  it('is its entry: without it nothing is left', () => {
    expect(keysOf('claude-api-key', claude)).toEqual(['sk-ant-0123456789']);
    expect([...loadedKeysOf('claude-api-key', claude)]).toEqual(['sk-ant-0123456789']);
    expect(withoutKey('claude-api-key', claude, 'sk-ant-0123456789')).toBeUndefined();
  });

  it('is switched off by excluding every model, beside those that were excluded before', () => {
    const some = { ...claude, 'excluded-models': ['claude-2*'] };
    const off = disabledEntry('claude-api-key', some);
    expect(off['excluded-models']).toEqual(['claude-2*', '*']);
    expect(enabledEntry('claude-api-key', off)).toEqual(some);
    expect(isDisabled('claude-api-key', { ...claude, disabled: true })).toBe(false);
  });

  it('is called by its host or vendor, its key masked', () => {
    expect(labelOf('claude-api-key', claude)).toBe('relay.example · sk-ant••••6789');
    const own = { 'api-key': 'AIza-0123456789' };
    expect(labelOf('gemini-api-key', own)).toBe('Google · AIza-0••••6789');
    expect(labelOf('claude-api-key', { ...claude, 'base-url': '' })).toContain('Anthropic');
  });
});

describe('what PATCH changes', () => {
  it('is not what servers were seen to ignore', () => {
    for (const of of PROVIDER_KINDS) expect(PATCHED_FIELDS[of].has('priority')).toBe(false);
    expect(PATCHED_FIELDS['gemini-api-key'].has('models')).toBe(false);
    expect(PATCHED_FIELDS['claude-api-key'].has('models')).toBe(true);
  });
});
