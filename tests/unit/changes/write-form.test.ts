import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../lib/core/changes/plan.ts';
import type { ProviderEntry } from '../../../lib/core/changes/provider.ts';
import { asStored, comparableName, nameOf } from '../../../lib/core/changes/provider.ts';
import { needsPatch, type Write, writeFor } from '../../../lib/core/changes/write-form.ts';
import { planOne } from '../fakes/plan-one.ts';
import { importDraft, providerList } from './arbitraries.ts';

/** What a server of either kind makes of a write, as recorded (v7.2.140 and v6.5.65, scenario oc-patch-fields). */
function carryOut(
  entries: readonly ProviderEntry[],
  write: Write,
  patch: 'partial' | 'whole',
): readonly ProviderEntry[] {
  if (write.method === 'PUT') return write.items;
  const at = entries.findIndex((entry) => nameOf(entry).trim() === write.target.trim());
  return entries.map((entry, place) => {
    if (place !== at) return asStored(entry);
    return patch === 'whole' ? write.value : { ...asStored(entry), ...write.value };
  });
}

describe('the form of a write', () => {
  it('[M-21] makes of the list just read exactly what was planned, on servers of both kinds', () => {
    const drafts = fc.array(importDraft, { minLength: 1, maxLength: 3 });
    const way = fc.constantFrom('partial' as const, 'whole' as const);
    let patches = 0;
    fc.assert(
      fc.property(providerList, drafts, way, (entries, wanted, patch) => {
        const answers = { withoutModels: true, sharedAliases: true };
        const ready = planOne(entries, wanted, answers, { takesOverCodex: false });
        if (ready.status !== 'ready' || ready.plan.steps.length === 0) return;
        const write = writeFor(entries, ready.plan, patch);
        if (write.method === 'PATCH') patches += 1;
        expect(carryOut(entries, write, patch)).toEqual(applyPlan(entries, ready.plan));
        expect(needsPatch(entries, ready.plan)).toBe(write.method === 'PATCH');
      }),
      { numRuns: 400 },
    );
    expect(patches).toBeGreaterThan(10);
  });

  const relay = {
    name: 'Relay A',
    'base-url': 'https://a.example/v1',
    headers: { 'X-Team': 'red' },
  };
  const more = { ...relay, 'api-key-entries': [{ 'api-key': 'sk-1' }] };
  const extend = (at: number, before: ProviderEntry, after: ProviderEntry) => ({
    kind: 'openai-compatibility' as const,
    steps: [{ at, before, after, reasons: ['add-keys' as const] }],
  });

  it('is a PATCH by name with nothing but the list that grew', () => {
    expect(writeFor([relay], extend(0, relay, more), 'partial')).toEqual({
      method: 'PATCH',
      target: 'Relay A',
      value: { 'api-key-entries': [{ 'api-key': 'sk-1' }] },
    });
  });

  it('carries the whole entry where PATCH replaces it', () => {
    expect(writeFor([relay], extend(0, relay, more), 'whole')).toMatchObject({ value: more });
  });

  it.each([
    ['shared by another, whatever its case', [relay, { ...relay, name: 'relay a ' }]],
    ['empty', [{ ...relay, name: '' }]],
  ])('is a PUT of the list where the name is %s', (_why, entries) => {
    const before = entries[0] ?? {};
    const after = { ...before, 'api-key-entries': [{ 'api-key': 'sk-1' }] };
    expect(writeFor(entries, extend(0, before, after), 'partial').method).toBe('PUT');
  });

  it('is a PUT for a field that PATCH ignores', () => {
    const after = { ...relay, priority: 5 };
    expect(writeFor([relay], extend(0, relay, after), 'partial').method).toBe('PUT');
  });

  it('never sends back what the server adds for display', () => {
    const shown = {
      ...more,
      'auth-index': 'aa',
      'api-key-entries': [{ 'api-key': 'k', 'auth-index': 'b' }],
    };
    const put = writeFor(
      [shown],
      { kind: 'openai-compatibility', steps: [{ at: 1, after: relay, reasons: [] }] },
      'partial',
    );
    expect(JSON.stringify(put)).not.toContain('auth-index');
    expect(comparableName(' Relay A')).toBe('relay a');
  });
});
