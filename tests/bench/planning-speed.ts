import { changeLines, planDiff } from '../../lib/core/changes/describe.ts';
import type { ImportWish } from '../../lib/core/changes/import.ts';
import { applyPlan, type Plan } from '../../lib/core/changes/plan.ts';
import { planImport } from '../../lib/core/changes/plan-import.ts';
import type { ModelAlias, ProviderEntry } from '../../lib/core/changes/provider.ts';
import { readBack } from '../../lib/core/changes/read-back.ts';
import { rebase } from '../../lib/core/changes/rebase.ts';
import { median, type Report, type Row, round } from './report.ts';

const KIND = 'openai-compatibility';
const SIZES = [
  { keys: 5_000, providers: 500 },
  { keys: 10_000, providers: 1_000 },
  { keys: 20_000, providers: 2_000 },
] as const;
const ROUNDS = 9;

/** How long it takes to decide what an import of many keys writes, and to see whether it is there. */
export async function planningSpeed(): Promise<Report> {
  const spread = SIZES.map((size) => measure(size, 'spread'));
  const oneSite = SIZES.map((size) => measure(size, 'one'));
  const planned = spread.find(({ size }) => size.keys === 10_000)?.times.planImport ?? [];
  return {
    tables: [
      {
        title: `Keys over all providers and a tenth as many new relays, ms (median of ${ROUNDS})`,
        rows: spread.map(rowOf),
      },
      {
        title: `All keys into one provider of these, ms (median of ${ROUNDS})`,
        rows: oneSite.map(rowOf),
      },
      {
        title: `Growth where everything doubles, of the fastest of ${ROUNDS}: 2 is linear`,
        rows: [...growthOf('all', spread), ...growthOf('one', oneSite)],
      },
    ],
    targets: [
      {
        what: 'planImport, 10,000 keys against 1,000 providers, ms',
        found: round(median(planned)),
        most: 150,
      },
    ],
  };
}

const STEPS = ['planImport', 'applyPlan', 'rebase', 'readBack', 'planAgain', 'describe'] as const;
type Step = (typeof STEPS)[number];
type Size = (typeof SIZES)[number];

interface Measured {
  size: Size;
  /** All rounds, in ms. */
  times: Readonly<Record<Step, readonly number[]>>;
}

/** The steps of an import that work through the whole list, in their order. */
function measure(size: Size, shape: 'spread' | 'one'): Measured {
  const entries = Array.from({ length: size.providers }, (_, at) => providerAt(at));
  const wishes = Array.from({ length: size.keys }, (_, at) => wishAt(at, size.providers, shape));
  const planOn = (list: readonly ProviderEntry[]): Plan => {
    const [plan] = planImport({ [KIND]: list }, wishes, { takesOverCodex: false }).plans;
    return plan ?? { kind: KIND, steps: [] };
  };
  const plan = planOn(entries);
  const after = applyPlan(entries, plan).map(shownLoaded);
  const times = {
    planImport: timesOf(() => planOn(entries)),
    applyPlan: timesOf(() => applyPlan(entries, plan)),
    rebase: timesOf(() => rebase(KIND, [plan], entries)),
    readBack: timesOf(() => readBack(after, { before: entries, plan })),
    planAgain: timesOf(() => planOn(after)),
    describe: timesOf(() => [changeLines(entries, plan), planDiff(plan)]),
  };
  return { size, times };
}

/** In ms, the compiler having seen it before. */
function timesOf(work: () => unknown): number[] {
  work();
  return Array.from({ length: ROUNDS }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  });
}

const inColumns = (cell: (step: Step) => number): Row =>
  Object.fromEntries(STEPS.map((step) => [step, round(cell(step))]));

const rowOf = ({ size, times }: Measured): Row => ({
  ...size,
  ...inColumns((step) => median(times[step])),
});

const growthOf = (shape: string, measured: readonly Measured[]): Row[] =>
  measured.slice(1).map((larger, at) => {
    const smaller = measured[at] ?? larger;
    const factor = (step: Step) =>
      Math.min(...larger.times[step]) / Math.min(...smaller.times[step]);
    return { keys: shape, from: smaller.size.keys, to: larger.size.keys, ...inColumns(factor) };
  });

const MODELS: readonly ModelAlias[] = Array.from({ length: 20 }, (_, at) => ({
  upstream: `vendor/model-${at}`,
  alias: `vendor/model-${at}`,
}));

/** Two keys and twenty models, as a server shows them. */
function providerAt(at: number): ProviderEntry {
  return {
    name: `Relay ${at}`,
    'base-url': `https://relay-${at}.example/v1`,
    'api-key-entries': [0, 1].map((nth) => ({
      'api-key': `sk-there-${at}-${nth}-0123456789abcdef0123456789`,
      'auth-index': `${at}${nth}`,
    })),
    models: MODELS.map(({ upstream, alias }) => ({ name: upstream, alias })),
    disabled: false,
  };
}

function wishAt(at: number, providers: number, shape: 'spread' | 'one'): ImportWish {
  const relay = shape === 'one' ? 0 : at % Math.round(providers * 1.1);
  return {
    id: `wish-${at}`,
    kind: KIND,
    apiKey: `sk-new-${at}-0123456789abcdef0123456789abcdef`,
    name: `Relay ${relay}`,
    baseUrl: `https://relay-${relay}.example/v1`,
    models: MODELS,
    answers: {},
  };
}

/** As a server shows an entry once its reload has taken it. */
const shownLoaded = (entry: ProviderEntry): ProviderEntry => ({
  ...entry,
  'api-key-entries': (entry['api-key-entries'] as readonly ProviderEntry[]).map((keyEntry) => ({
    ...keyEntry,
    'auth-index': 'loaded',
  })),
});
