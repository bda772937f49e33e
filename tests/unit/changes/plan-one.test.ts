import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportAnswers, ImportDraft } from '../../../lib/core/changes/import.ts';
import { applyPlan } from '../../../lib/core/changes/plan.ts';
import {
  apiKeysOf,
  asStored,
  baseUrlOf,
  comparableName,
  nameOf,
  type ProviderEntry,
  refOf,
} from '../../../lib/core/changes/provider.ts';
import { comparableBaseUrl } from '../../../lib/core/relay/base-url.ts';
import { type OnePlan, planOne } from '../fakes/plan-one.ts';
import { importDraft, providerList } from './arbitraries.ts';

const SERVER = { takesOverCodex: false };
const DECIDED: ImportAnswers = { withoutModels: true, sharedAliases: true };

const draft = (over: Partial<ImportDraft> = {}): ImportDraft => ({
  apiKey: 'sk-new',
  name: 'Relay A',
  baseUrl: 'https://relay.example/v1',
  models: [{ upstream: 'gpt-5', alias: 'gpt-5' }],
  ...over,
});

const provider = (over: ProviderEntry = {}): ProviderEntry => ({
  name: 'Relay A',
  'base-url': 'https://relay.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-old', weight: 3, 'proxy-url': 'socks5://10.0.0.1' }],
  models: [{ name: 'gpt-5', alias: 'gpt-5' }],
  ...over,
});

const plan = (entries: ProviderEntry[], drafts: ImportDraft[], answers: ImportAnswers = {}) =>
  planOne(entries, drafts, answers, SERVER);

/** Runs `check` on every generated case for which a plan comes out without a question. */
function forEveryPlan(
  check: (given: {
    before: ProviderEntry[];
    after: readonly ProviderEntry[];
    drafts: ImportDraft[];
    ready: Extract<OnePlan, { status: 'ready' }>;
  }) => void,
) {
  const drafts = fc.array(importDraft, { minLength: 1, maxLength: 6 });
  let plans = 0;
  fc.assert(
    fc.property(providerList, drafts, fc.boolean(), (before, wanted, addModels) => {
      const ready = plan(before, wanted, { ...DECIDED, addModels });
      if (ready.status !== 'ready') return;
      plans += 1;
      check({ before, after: applyPlan(before, ready.plan), drafts: wanted, ready });
    }),
    { numRuns: 400 },
  );
  expect(plans).toBeGreaterThan(50);
}

describe('a plan for keys', () => {
  it('[I-03] leaves nothing to do once it has been carried out', () => {
    forEveryPlan(({ after, drafts }) => {
      expect(plan([...after], drafts, DECIDED)).toMatchObject({ plan: { steps: [] } });
    });
  });

  it('leaves nothing to do either where the person chose the provider, or a new one', () => {
    const chosen = fc.option(fc.constantFrom('new' as const, 0, 1, 2), { nil: undefined });
    let plans = 0;
    fc.assert(
      fc.property(
        providerList,
        importDraft,
        chosen,
        fc.boolean(),
        (before, wanted, at, addModels) => {
          const entry = typeof at === 'number' ? before[at] : undefined;
          const provider = entry ? refOf(entry) : at === 'new' ? at : undefined;
          const answers = { ...DECIDED, addModels, provider };
          const ready = plan(before, [wanted], answers);
          if (ready.status !== 'ready') return;
          plans += 1;
          const after = applyPlan(before, ready.plan);
          expect(plan([...after], [wanted], answers)).toMatchObject({ plan: { steps: [] } });
        },
      ),
      { numRuns: 400 },
    );
    expect(plans).toBeGreaterThan(50);
  });

  it('puts every key where its base URL is, once', () => {
    forEveryPlan(({ before, after, drafts }) => {
      const holders = (list: readonly ProviderEntry[], { apiKey, baseUrl }: ImportDraft) =>
        list
          .filter((e) => comparableBaseUrl(baseUrlOf(e)) === comparableBaseUrl(baseUrl))
          .flatMap((e) => apiKeysOf(e).filter((key) => key === apiKey));
      for (const wanted of drafts) {
        expect(holders(after, wanted).length).toBe(Math.max(1, holders(before, wanted).length));
      }
    });
  });

  it('[I-07] touches nothing but the key and model lists, and there it only appends', () => {
    forEveryPlan(({ before, after }) => {
      for (const [at, entry] of before.map(asStored).entries()) {
        const { 'api-key-entries': keysBefore, models: modelsBefore, ...rest } = entry;
        const { 'api-key-entries': keysAfter, models: modelsAfter, ...restAfter } = after[at] ?? {};
        expect(restAfter).toEqual(rest);
        for (const [was, is] of [
          [keysBefore, keysAfter],
          [modelsBefore, modelsAfter],
        ]) {
          const [listBefore, listAfter] = [was, is].map((list) =>
            Array.isArray(list) ? list : [],
          );
          expect(listAfter?.slice(0, listBefore?.length)).toEqual(listBefore);
        }
      }
    });
  });

  it('never gives a new provider an empty name or one that is in use, whatever its case', () => {
    forEveryPlan(({ before, after }) => {
      const created = after.slice(before.length).map((e) => comparableName(nameOf(e)));
      const others = after.slice(0, before.length).map((e) => comparableName(nameOf(e)));
      expect(created.filter((name) => name === '' || others.includes(name))).toEqual([]);
      expect(new Set(created).size).toBe(created.length);
    });
  });

  it('does not depend on the order of the keys', () => {
    const gist = (list: readonly ProviderEntry[]) =>
      list.map((e) => [nameOf(e), e['base-url'], apiKeysOf(e).sort()]);
    forEveryPlan(({ before, after, drafts, ready }) => {
      const addModels = ready.plan.steps.some(({ reasons }) => reasons.includes('add-models'));
      const turned = plan(before, drafts.toReversed(), { ...DECIDED, addModels });
      if (turned.status !== 'ready') throw new Error(turned.status);
      expect(gist(applyPlan(before, turned.plan))).toEqual(gist(after));
    });
  });

  it('[I-04] creates a provider with the key, its base URL and its models when none fits', () => {
    const ready = plan([], [draft()]);
    expect(ready).toMatchObject({
      status: 'ready',
      placements: [{ outcome: 'created', provider: { name: 'Relay A' }, aliases: ['gpt-5'] }],
    });
    expect(ready.status === 'ready' && applyPlan([], ready.plan)).toEqual([
      {
        name: 'Relay A',
        'base-url': 'https://relay.example/v1',
        'api-key-entries': [{ 'api-key': 'sk-new' }],
        models: [{ name: 'gpt-5', alias: 'gpt-5' }],
      },
    ]);
  });

  it('adds the key to the provider of the same base URL, however that is written', () => {
    const stored = provider({ name: 'Mine', 'base-url': 'https://RELAY.example/' });
    expect(plan([stored], [draft({ models: undefined })])).toMatchObject({
      plan: {
        steps: [{ at: 0, reasons: ['add-keys'], after: { 'base-url': stored['base-url'] } }],
      },
      placements: [{ outcome: 'added', provider: { name: 'Mine' } }],
    });
  });

  it('[I-31] leaves a key that stands already alone', () => {
    expect(plan([provider()], [draft({ apiKey: 'sk-old' })])).toMatchObject({
      plan: { steps: [] },
      placements: [{ outcome: 'already-there' }],
    });
  });

  it('takes the one of two providers that holds the key, and asks where none does', () => {
    const twins = [
      provider(),
      provider({ name: 'backup', 'api-key-entries': [{ 'api-key': 'x' }] }),
    ];
    expect(plan(twins, [draft({ apiKey: 'x' })])).toMatchObject({
      placements: [{ provider: { name: 'backup' }, outcome: 'already-there' }],
    });
    expect(plan(twins, [draft()])).toMatchObject({
      status: 'needs-decision',
      decisions: [
        {
          code: 'several-providers',
          candidates: [{ name: 'Relay A', keys: 1 }, { name: 'backup' }],
          freeName: 'Relay A 2',
        },
      ],
    });
    const chosen = { name: 'backup', baseUrl: 'https://relay.example/v1' };
    expect(plan(twins, [draft()], { provider: chosen })).toMatchObject({
      plan: { steps: [{ at: 1 }] },
    });
  });

  it('asks before a key goes to another host under the same name', () => {
    const namesake = provider({ name: 'RELAY a ', 'base-url': 'https://other.example/v1' });
    expect(plan([namesake], [draft()])).toMatchObject({
      decisions: [{ code: 'same-name', candidate: { baseUrl: 'https://other.example/v1' } }],
    });
    expect(plan([namesake], [draft()], { provider: 'new' })).toMatchObject({
      placements: [{ provider: { name: 'Relay A 2' }, outcome: 'created' }],
    });
    const there = { name: 'RELAY a ', baseUrl: 'https://other.example/v1' };
    expect(plan([namesake], [draft()], { provider: there })).toMatchObject({
      plan: { steps: [{ after: { 'base-url': 'https://other.example/v1' } }] },
    });
  });

  it('asks again when the chosen provider is gone', () => {
    const gone = { name: 'gone', baseUrl: 'https://relay.example/v1' };
    const twins = [provider(), provider({ name: 'backup' })];
    expect(plan(twins, [draft()], { provider: gone })).toMatchObject({
      decisions: [{ code: 'several-providers' }],
    });
  });

  it('[X-07] says that nothing would be served before it creates a provider without models', () => {
    expect(plan([], [draft({ models: [] })])).toMatchObject({
      decisions: [{ code: 'no-models', provider: 'Relay A', exists: false }],
    });
    expect(plan([], [draft({ models: [] })], { withoutModels: true })).toMatchObject({
      status: 'ready',
    });
  });

  it('asks whether a provider that has no models gets them, and adds them only then', () => {
    const bare = provider({ models: null });
    expect(plan([bare], [draft({ models: undefined })])).toEqual({ status: 'needs-models' });
    expect(plan([bare], [draft()])).toMatchObject({
      decisions: [{ code: 'no-models', exists: true }],
    });
    expect(plan([bare], [draft()], { addModels: true })).toMatchObject({
      plan: { steps: [{ reasons: ['add-keys', 'add-models'] }] },
    });
    expect(plan([bare], [draft()], { addModels: false })).toMatchObject({
      plan: { steps: [{ reasons: ['add-keys'] }] },
    });
  });

  it('adds ticked models as a union by name and alias', () => {
    const models = [
      { upstream: 'gpt-5', alias: 'gpt-5' },
      { upstream: 'gpt-5', alias: 'best' },
    ];
    expect(plan([provider()], [draft({ models })], { addModels: true })).toMatchObject({
      plan: {
        steps: [{ after: { models: [{ alias: 'gpt-5' }, { name: 'gpt-5', alias: 'best' }] } }],
      },
    });
  });

  it('makes a pool of one upstream model without a word, and asks when an alias means another', () => {
    const other = provider({
      name: 'Other',
      'base-url': 'https://other.example/v1',
      models: [{ name: 'openai/gpt-5', alias: 'gpt-5' }],
    });
    const pool = provider({ name: 'Pool', 'base-url': 'https://pool.example/v1' });
    expect(plan([pool], [draft()])).toMatchObject({ status: 'ready' });
    expect(plan([other], [draft()])).toMatchObject({
      decisions: [
        {
          code: 'alias-taken',
          conflicts: [
            { alias: 'gpt-5', wanted: 'gpt-5', provider: 'Other', upstream: 'openai/gpt-5' },
          ],
        },
      ],
    });
    expect(plan([{ ...other, disabled: true }], [draft()])).toMatchObject({ status: 'ready' });
  });

  it('keeps away from the name codex where the server would serve it by its own channel', () => {
    const codex = planOne([], [draft({ name: 'Codex' })], {}, { takesOverCodex: true });
    expect(codex).toMatchObject({ placements: [{ provider: { name: 'Codex 2' } }] });
    expect(plan([], [draft({ name: 'codex' })])).toMatchObject({
      placements: [{ provider: { name: 'codex' } }],
    });
  });

  it('says of a disabled provider that it is', () => {
    expect(plan([provider({ disabled: true })], [draft()])).toMatchObject({
      placements: [{ outcome: 'added', disabled: true }],
    });
  });
});
