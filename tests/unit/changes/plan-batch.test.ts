import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportPlan, ImportWish } from '../../../lib/core/changes/import.ts';
import { hasManyKeys, keysOf } from '../../../lib/core/changes/kinds.ts';
import { applyPlan } from '../../../lib/core/changes/plan.ts';
import { planImport } from '../../../lib/core/changes/plan-import.ts';
import {
  asStored,
  baseUrlOf,
  comparableName,
  isProvider,
  nameOf,
  PROVIDER_KINDS,
  type ProviderEntry,
  type ProviderKind,
  type ProviderLists,
} from '../../../lib/core/changes/provider.ts';
import { comparableBaseUrlOf } from '../../../lib/core/relay/kind-base-url.ts';
import { batch } from './arbitraries.ts';

const SERVER = { takesOverCodex: true };

type Lists = Required<ProviderLists>;

const plan = (lists: Lists, wishes: readonly ImportWish[]) => planImport(lists, wishes, SERVER);

function carriedOut(lists: Lists, { plans }: ImportPlan): Lists {
  const after = plans.map((one) => [one.kind, applyPlan(lists[one.kind], one)] as const);
  return { ...lists, ...Object.fromEntries(after) };
}

interface Case {
  lists: Lists;
  wishes: ImportWish[];
  planned: ImportPlan;
  after: Lists;
}

/** Runs `check` on generated batches, and sees to it that enough of them come to something. */
function forEveryBatch(check: (given: Case) => void) {
  const seen = { steps: 0, open: 0 };
  fc.assert(
    fc.property(batch, ({ lists, wishes }) => {
      const planned = plan(lists, wishes);
      if (planned.plans.length > 0) seen.steps += 1;
      if (planned.open.length > 0) seen.open += 1;
      check({ lists, wishes, planned, after: carriedOut(lists, planned) });
    }),
    { numRuns: 400 },
  );
  expect(seen.steps).toBeGreaterThan(100);
  expect(seen.open).toBeGreaterThan(100);
}

/** How often a key stands at a base URL of a kind. */
const standing = (list: readonly ProviderEntry[], { kind, baseUrl, apiKey }: ImportWish): number =>
  list
    .filter((e) => comparableBaseUrlOf(kind, baseUrlOf(e)) === comparableBaseUrlOf(kind, baseUrl))
    .flatMap((e) => keysOf(kind, e).filter((key) => key === apiKey)).length;

function countBy(keys: readonly string[]): Map<string, number> {
  const groups = Map.groupBy(keys, (key) => key);
  return new Map([...groups].map(([key, all]) => [key, all.length]));
}

const siteOf = (kind: ProviderKind, url: string) => `${kind} ${comparableBaseUrlOf(kind, url)}`;

/** The base URLs at which a wish may come to stand. */
function sitesOf({ kind, baseUrl, answers }: ImportWish): Set<string> {
  const sent = typeof answers.provider === 'object' ? [answers.provider.baseUrl] : [];
  return new Set([baseUrl, ...sent].map((url) => siteOf(kind, url)));
}

const sitesAt = (wish: ImportWish): string[] => [...sitesOf(wish)];

/** The wishes that may go to one provider with `first`, or with one of these. */
function atOnce(wishes: readonly ImportWish[], first: ImportWish): Set<ImportWish> {
  const found = new Set([first]);
  // What is added to a set while it is walked through is walked through as well.
  for (const wish of found) {
    for (const other of wishes) {
      if (!sitesOf(other).isDisjointFrom(sitesOf(wish))) found.add(other);
    }
  }
  return found;
}

/** The person chose the provider, whatever its base URL. */
const isSentAway = ({ answers }: ImportWish): boolean => typeof answers.provider === 'object';

/** Fields that an import may change. */
const ASIDE = { disabled: null, models: null, 'api-key-entries': null };

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const outcomes = ({ placements, open }: ImportPlan) =>
  new Map([...placements, ...open].map((outcome) => [outcome.id, outcome]));

describe('a plan for a batch', () => {
  it('places every wish or leaves it open, in the order of the wishes', () => {
    forEveryBatch(({ wishes, planned: { placements, open } }) => {
      const isOpen = new Set(open.map(({ id }) => id));
      const ids = wishes.map(({ id }) => id);
      expect(placements.map(({ id }) => id)).toEqual(ids.filter((id) => !isOpen.has(id)));
      expect(open.map(({ id }) => id)).toEqual(ids.filter((id) => isOpen.has(id)));
    });
  });

  it('leaves nothing to do once it has been carried out, and every placed key there', () => {
    forEveryBatch(({ wishes, planned, after }) => {
      const again = plan(after, wishes);
      expect(again.plans).toEqual([]);
      const outcome = outcomes(again);
      const placed = new Set(planned.placements.map(({ id }) => id));
      // Who asked for models too may be asked about those of a key that stands elsewhere by now.
      const ticked = new Set(
        wishes.filter(({ answers }) => answers.addModels).map(({ apiKey }) => apiKey),
      );
      for (const { id } of wishes.filter((wish) => !ticked.has(wish.apiKey))) {
        if (!placed.has(id)) continue;
        expect(outcome.get(id)).toMatchObject({ outcome: 'already-there' });
      }
    });
  });

  it('does not depend on the order of the wishes', () => {
    forEveryBatch(({ lists, wishes, planned }) => {
      const turned = plan(lists, wishes.toReversed());
      expect(turned.plans).toEqual(planned.plans);
      expect(outcomes(turned)).toEqual(outcomes(planned));
    });
  });

  it('loses no key: it stands where its placement says, and at its own base URL unless a person sent it elsewhere', () => {
    forEveryBatch(({ wishes, planned, after }) => {
      const placed = outcomes(planned);
      const isLeftThere = ({ answers }: ImportWish) => answers.keyElsewhere === 'leave';
      const left = new Set(wishes.filter(isLeftThere).map(({ apiKey }) => apiKey));
      for (const wish of wishes) {
        const placement = placed.get(wish.id);
        if (!placement || 'needs' in placement) continue;
        const { kind, provider, outcome } = placement;
        const isLeft = outcome === 'already-there' && left.has(wish.apiKey);
        const holds = (e: ProviderEntry) =>
          isProvider(e, provider) && keysOf(kind, e).includes(wish.apiKey);
        expect(after[kind].some(holds)).toBe(true);
        const isSent = wishes.some((w) => isSentAway(w) && w.apiKey === wish.apiKey);
        const isAtHome = standing(after[wish.kind], wish) > 0;
        expect(isAtHome || isSent || isLeft).toBe(true);
      }
    });
  });

  it('[I-31] puts no key twice: not into an entry, and not to a base URL unless a person sent it there', () => {
    forEveryBatch(({ lists, wishes, after }) => {
      for (const kind of PROVIDER_KINDS) {
        for (const [at, entry] of after[kind].entries()) {
          const was = countBy(keysOf(kind, lists[kind][at] ?? {}));
          for (const [key, count] of countBy(keysOf(kind, entry))) {
            expect(count).toBe(was.get(key) ?? 1);
          }
        }
      }
      const sent = new Set(wishes.filter(isSentAway).map(({ apiKey }) => apiKey));
      for (const wish of wishes.filter(({ apiKey }) => !sent.has(apiKey))) {
        const was = standing(lists[wish.kind], wish);
        expect(standing(after[wish.kind], wish)).toBeLessThanOrEqual(Math.max(1, was));
      }
    });
  });

  it('[I-07] [I-26] changes nothing of what is there but that it appends keys and models, and switches on what was agreed', () => {
    forEveryBatch(({ lists, wishes, after }) => {
      const agreed = wishes.filter((wish) => wish.answers.disabledProvider === 'switch-on');
      const sites = new Set(agreed.flatMap((wish) => [...atOnce(wishes, wish)].flatMap(sitesAt)));
      for (const kind of PROVIDER_KINDS) {
        for (const [at, was] of lists[kind].map(asStored).entries()) {
          const is = asStored(after[kind][at] ?? {});
          const isAgreed = sites.has(siteOf(kind, baseUrlOf(was)));
          expect([was.disabled, isAgreed ? false : was.disabled]).toContain(is.disabled);
          expect({ ...is, ...ASIDE }).toEqual({ ...was, ...ASIDE });
          for (const field of ['api-key-entries', 'models']) {
            const before = listOf(was[field]);
            expect(listOf(is[field]).slice(0, before.length)).toEqual(before);
          }
        }
      }
    });
  });

  it('stops no wish because of an open one that goes to another provider', () => {
    forEveryBatch(({ lists, wishes: given }) => {
      // Nobody lends anybody models: who is there only for those of another goes with it.
      const wishes = given.map((wish) => ({ ...wish, models: wish.models ?? [] }));
      const placed = outcomes(plan(lists, wishes));
      const open = wishes.filter(({ id }) => 'needs' in (placed.get(id) ?? {}));
      for (const one of open) {
        const together = atOnce(open, one);
        const others = wishes.filter((wish) => !together.has(wish));
        for (const { id } of plan(lists, others).placements) {
          expect(placed.get(id)).toHaveProperty('outcome');
        }
      }
    });
  });

  it('gives a new provider a name that nobody has, whatever its case, and not the one that the server takes over', () => {
    forEveryBatch(({ lists, after }) => {
      const names = after['openai-compatibility'].map((e) => comparableName(nameOf(e)));
      const created = names.slice(lists['openai-compatibility'].length);
      for (const name of created) {
        expect(['', 'codex']).not.toContain(name);
        expect(names.filter((other) => other === name)).toHaveLength(1);
      }
    });
  });

  it('keeps one key an entry where a kind has no others', () => {
    forEveryBatch(({ lists, after }) => {
      for (const kind of PROVIDER_KINDS.filter((one) => !hasManyKeys(one))) {
        for (const entry of after[kind].slice(lists[kind].length)) {
          expect(entry).not.toHaveProperty('api-key-entries');
          expect(keysOf(kind, entry)).toHaveLength(1);
        }
      }
    });
  });
});
