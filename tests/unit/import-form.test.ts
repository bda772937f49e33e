import { describe, expect, it } from 'vitest';
import { PROVIDER_KINDS } from '../../lib/core/changes/provider.ts';
import { existingFor, withKind } from '../../lib/core/import-form.ts';
import type { ImportDialog, ImportForm } from '../../lib/core/import-view.ts';

const form: ImportForm = {
  kind: 'openai-compatibility',
  name: 'Relay',
  baseUrl: 'https://relay.example/v1',
  models: [{ upstream: 'a', alias: 'a' }],
  answers: { provider: 'new' },
};

const view: ImportDialog = {
  keyId: 'key',
  keyName: 'Key',
  mask: 'sk-…',
  server: { id: 'nas', name: 'Home NAS' },
  form,
  baseUrls: {
    'openai-compatibility': 'https://relay.example/v1',
    'claude-api-key': 'https://relay.example/anthropic',
    'gemini-api-key': '',
    'codex-api-key': 'https://relay.example/v1',
  },
  baseUrlNotes: [],
  models: {
    state: 'read',
    upstream: ['a'],
    way: 'direct',
    baseUrl: 'https://relay.example/v1',
    readAt: 0,
  },
  pools: {},
  canSwitchOff: true,
};

describe('the form with another kind', () => {
  it.each(PROVIDER_KINDS)('has the base URL of %s, and nothing answered', (kind) => {
    const changed = withKind(view, form, kind);
    expect(changed).toMatchObject({ kind, baseUrl: view.baseUrls[kind], answers: {} });
  });

  it('is the first form again on the way back', () => {
    for (const kind of PROVIDER_KINDS) {
      const back = withKind(view, withKind(view, form, kind), 'openai-compatibility');
      expect(back).toEqual({ ...form, answers: {} });
    }
  });

  it('keeps an address that was typed, in the form of the list', () => {
    const typed = { ...form, baseUrl: 'https://typed.example/v1' };
    expect(withKind(view, typed, 'claude-api-key').baseUrl).toBe('https://typed.example');
    const back = withKind(view, { ...typed, kind: 'claude-api-key' }, 'openai-compatibility');
    expect(back.baseUrl).toBe('https://typed.example/v1');
  });

  it('ticks no model of a single key, and none where the provider has its own', () => {
    expect(withKind(view, form, 'gemini-api-key').models).toEqual([]);
    const existing = { name: 'Relay', baseUrl: form.baseUrl, models: 1, disabled: false };
    expect(withKind({ ...view, existing }, form, 'openai-compatibility').models).toEqual([]);
  });

  it('goes to the provider that is there only in the list in which that stands', () => {
    const existing = { name: 'Relay', baseUrl: form.baseUrl, models: 1, disabled: false };
    expect(existingFor({ ...view, existing }, form)).toBe(existing);
    const other = withKind({ ...view, existing }, form, 'codex-api-key');
    expect(existingFor({ ...view, existing }, other)).toBeUndefined();
  });
});
