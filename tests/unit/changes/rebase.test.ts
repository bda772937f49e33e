import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPlan, inverse, type Plan } from '../../../lib/core/changes/plan.ts';
import { asStored, nameOf, type ProviderEntry } from '../../../lib/core/changes/provider.ts';
import { entriesGone } from '../../../lib/core/changes/read-back.ts';
import { rebase } from '../../../lib/core/changes/rebase.ts';
import { providerList } from './arbitraries.ts';

const KIND = 'openai-compatibility';

const relay = (name: string, keys: readonly string[], over: ProviderEntry = {}): ProviderEntry => ({
  name,
  'base-url': `https://${name.toLowerCase()}.example/v1`,
  'api-key-entries': keys.map((key) => ({ 'api-key': key })),
  ...over,
});

const change = (before: ProviderEntry, after: ProviderEntry | undefined, at = 0): Plan => ({
  kind: KIND,
  steps: [{ at, before, ...(after && { after }), reasons: ['edit'] }],
});

const create = (after: ProviderEntry, at = 9): Plan => ({
  kind: KIND,
  steps: [{ at, after, reasons: ['create-provider'] }],
});

/** The list that a plan makes of `entries`, where nothing stands in its way. */
function listAfter(plan: Plan, entries: readonly ProviderEntry[]): ProviderEntry[] {
  const rebased = rebase(KIND, [plan], entries);
  expect(rebased.conflicts).toEqual([]);
  return applyPlan(entries, rebased.plan);
}

const conflictsOf = (plan: Plan, entries: readonly ProviderEntry[]) =>
  rebase(KIND, [plan], entries).conflicts;

const A = relay('A', ['k1']);
const B = relay('B', ['k2']);
const addKey = change(A, relay('A', ['k1', 'k9']));

describe('a plan on a list that others changed meanwhile', () => {
  it('goes along with other keys, fields and providers', () => {
    const theirs = relay('A', ['k1', 'k5'], { priority: 3 });
    expect(listAfter(addKey, [B, theirs])).toEqual([
      B,
      relay('A', ['k1', 'k5', 'k9'], { priority: 3 }),
    ]);
  });

  it('follows a provider that was renamed', () => {
    const renamed = { ...A, name: 'Renamed' };
    expect(listAfter(addKey, [renamed])).toEqual([
      { ...relay('A', ['k1', 'k9']), name: 'Renamed' },
    ]);
  });

  it('brings back no key that somebody took out', () => {
    const taken = relay('A', ['k3']);
    expect(listAfter(addKey, [taken])).toEqual([relay('A', ['k3', 'k9'])]);
  });

  it('stops where the key would be sent elsewhere, or the provider was switched off', () => {
    const moved = { ...A, 'base-url': 'https://elsewhere.example/v1' };
    expect(conflictsOf(addKey, [moved])).toMatchObject([
      { code: 'changed', provider: 'A', field: 'base-url', theirs: 'https://elsewhere.example/v1' },
    ]);
    expect(conflictsOf(addKey, [{ ...A, disabled: true }])).toMatchObject([
      { code: 'changed', field: 'disabled', before: false, theirs: true },
    ]);
  });

  it('stops where both changed the same field, and either can win', () => {
    const ours = change({ ...A, prefix: 'old' }, { ...A, prefix: 'ours' });
    const theirs = { ...A, prefix: 'theirs' };
    expect(conflictsOf(ours, [theirs])).toMatchObject([
      { field: 'prefix', before: 'old', ours: 'ours', theirs: 'theirs' },
    ]);
    const prefixes = (resolve: 'ours' | 'theirs') =>
      applyPlan([theirs], rebase(KIND, [ours], [theirs], resolve).plan).map(({ prefix }) => prefix);
    expect(prefixes('ours')).toEqual(['ours']);
    expect(prefixes('theirs')).toEqual(['theirs']);
  });

  it('brings back what it stands on where ours wins, and leaves it where theirs does', () => {
    const moved = { ...A, 'base-url': 'https://elsewhere.example/v1', disabled: true };
    const after = (resolve: 'ours' | 'theirs') =>
      applyPlan([moved], rebase(KIND, [addKey], [moved], resolve).plan);
    const added = relay('A', ['k1', 'k9']);
    expect(after('theirs')).toEqual([{ ...moved, 'api-key-entries': added['api-key-entries'] }]);
    expect(after('ours')).toEqual([{ ...added, disabled: false }]);
  });

  it('stops where both changed the same key entry', () => {
    const weighted = (weight: number) => ({
      ...A,
      'api-key-entries': [{ 'api-key': 'k1', weight }],
    });
    expect(conflictsOf(change(A, weighted(2)), [weighted(3)])).toMatchObject([
      { field: 'api-key-entries' },
    ]);
    expect(listAfter(change(A, weighted(2)), [weighted(2)])).toEqual([weighted(2)]);
  });

  it('stops where what was to be changed is gone, and does not where it was to be removed', () => {
    expect(conflictsOf(addKey, [B])).toEqual([{ code: 'gone', provider: 'A' }]);
    expect(listAfter(change(A, undefined), [B])).toEqual([B]);
  });

  it('does not remove what holds more than was seen', () => {
    const theirs = relay('A', ['k1', 'k7']);
    expect(conflictsOf(change(A, undefined), [theirs])).toMatchObject([
      { code: 'changed-removal', provider: 'A' },
    ]);
  });

  it('creates nothing twice, and adds to what is there only what it lacks', () => {
    const ours = relay('A', ['k1', 'k2'], { models: [{ name: 'm', alias: 'm' }] });
    expect(listAfter(create(ours), [B])).toEqual([B, ours]);
    const theirs = relay('A', ['k1'], { priority: 1 });
    expect(listAfter(create(ours), [theirs])).toEqual([{ ...ours, priority: 1 }]);
    expect(conflictsOf(create(ours), [{ ...A, 'base-url': 'https://x.example' }])).toMatchObject([
      { code: 'name-taken' },
    ]);
  });

  it('puts several plans together, each on what the one before leaves', () => {
    const more = change(relay('A', ['k1', 'k9']), relay('A', ['k1', 'k9', 'k10']));
    const both = rebase(KIND, [addKey, more], [A]);
    expect(applyPlan([A], both.plan)).toEqual([relay('A', ['k1', 'k9', 'k10'])]);
    expect(both.plan.steps).toHaveLength(1);
  });

  it('reorders, and leaves what came meanwhile where it is', () => {
    const [c, d] = [relay('C', []), relay('D', [])];
    const plan: Plan = { kind: KIND, steps: [], order: [B, A] };
    expect(listAfter(plan, [A, c, B, d]).map(nameOf)).toEqual(['B', 'C', 'A', 'D']);
    expect(rebase(KIND, [plan], [B, A]).plan).toEqual({ kind: KIND, steps: [] });
  });
});

/** A change of a generated list: entries are dropped, get fields, keys and names, and new ones come. */
const edits = fc.array(
  fc.record({
    at: fc.nat(5),
    edit: fc.constantFrom('remove', 'prefix', 'key', 'model', 'drop-keys', 'create'),
    id: fc.nat(1000),
  }),
  { minLength: 1, maxLength: 4 },
);

type Edits = typeof edits extends fc.Arbitrary<infer Value> ? Value : never;

function planOf(entries: readonly ProviderEntry[], wanted: Edits): Plan {
  const changed = new Map<number, ProviderEntry | undefined>();
  const created: ProviderEntry[] = [];
  for (const { at, edit, id } of wanted) {
    if (edit === 'create') created.push(relay(`New-${id}-${created.length}`, [`sk-n${id}`]));
    const entry = changed.has(at) ? changed.get(at) : entries[at];
    if (edit === 'create' || !entry) continue;
    changed.set(at, edit === 'remove' ? undefined : edited(entry, edit, id));
  }
  const steps = [...changed].map(([at, after]) => ({ at, before: entries[at], after }));
  return {
    kind: KIND,
    steps: [
      ...steps.map((step) => ({ ...step, reasons: ['edit' as const] })),
      ...created.map((after, at) => ({
        at: entries.length + at,
        after,
        reasons: ['create-provider' as const],
      })),
    ],
  };
}

function edited(entry: ProviderEntry, edit: string, id: number): ProviderEntry {
  const list = (field: string) => (Array.isArray(entry[field]) ? entry[field] : []);
  switch (edit) {
    case 'prefix':
      return { ...entry, prefix: `p${id}` };
    case 'key':
      return {
        ...entry,
        'api-key-entries': [...list('api-key-entries'), { 'api-key': `sk-e${id}` }],
      };
    case 'model':
      return { ...entry, models: [...list('models'), { name: `m${id}`, alias: `m${id}` }] };
    default:
      return { ...entry, 'api-key-entries': [] };
  }
}

/** Lists in which each entry can be told from the others, as a person's are. */
const distinct = providerList.map((entries) =>
  entries.map((entry, at) => ({
    ...entry,
    name: `P${at}`,
    'api-key-entries': keysApart(entry, at),
  })),
);

const keysApart = (entry: ProviderEntry, at: number) =>
  (Array.isArray(entry['api-key-entries']) ? entry['api-key-entries'] : []).map((_, key) => ({
    'api-key': `sk-${at}-${key}`,
  }));

describe('any plan', () => {
  it('is carried out on the list that it was made on as it was meant', () => {
    fc.assert(
      fc.property(distinct, edits, (entries, wanted) => {
        const plan = planOf(entries, wanted);
        expect(listAfter(plan, entries)).toEqual(applyPlan(entries, plan));
      }),
    );
  });

  it('has nothing left to do once it is there, whatever the list', () => {
    fc.assert(
      fc.property(distinct, edits, (entries, wanted) => {
        const plan = planOf(entries, wanted);
        const again = rebase(KIND, [plan], applyPlan(entries, plan));
        expect(again).toEqual({ plan: { kind: KIND, steps: [] }, conflicts: [] });
      }),
    );
  });

  it('is taken back by its inverse to the letter', () => {
    fc.assert(
      fc.property(distinct, edits, (entries, wanted) => {
        const plan = planOf(entries, wanted);
        const undone = listAfter(inverse(entries, plan), applyPlan(entries, plan));
        expect(undone.map(withoutEmpty)).toEqual(entries.map(asStored).map(withoutEmpty));
      }),
    );
  });

  it('leaves every provider that it does not name as it is, unless it reports a conflict', () => {
    fc.assert(
      fc.property(distinct, edits, edits, (entries, ours, theirs) => {
        const now = applyPlan(entries, planOf(entries, theirs));
        const { plan } = rebase(KIND, [planOf(entries, ours)], now);
        const untouched = now.filter((_, at) => !plan.steps.some((s) => s.before && s.at === at));
        const left = applyPlan(now, plan);
        for (const entry of untouched) expect(left).toContainEqual(entry);
        expect(entriesGone(KIND, untouched, left)).toEqual([]);
      }),
    );
  });
});

/** A server leaves out what is empty. */
const withoutEmpty = (entry: ProviderEntry): ProviderEntry =>
  Object.fromEntries(
    Object.entries(entry).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
