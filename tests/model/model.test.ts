import { afterAll, describe, expect, it } from 'vitest';
import { scheduleOf } from './generate.ts';
import { unknownOf } from './known.ts';
import { run } from './run.ts';

/** `MODEL_SCHEDULES=100000` runs more; `MODEL_SEED=4711` runs that one and prints its trace. */
const SEED = process.env.MODEL_SEED === undefined ? undefined : Number(process.env.MODEL_SEED);
const SCHEDULES = Number(process.env.MODEL_SCHEDULES ?? 10_000);
const AT_ONCE = 1000;
/** For one part of them, on a machine that does other things as well. */
const TIMEOUT_MS = 120_000;
/** Of the failures of one part; the others are only named. */
const TRACES = 2;

const parts =
  SEED === undefined
    ? Array.from({ length: Math.ceil(SCHEDULES / AT_ONCE) }, (_, part) => ({
        from: part * AT_ONCE + 1,
        to: Math.min((part + 1) * AT_ONCE, SCHEDULES),
      }))
    : [{ from: SEED, to: SEED }];

/** What happened in all of them together. */
const counts = new Map<string, number>();

/** Runs a schedule once more, to tell how it went. */
async function traceOf(seed: number): Promise<string> {
  const lines: string[] = [];
  await run(scheduleOf(seed), { lines });
  const { servers, keys, deaths, fullAt } = scheduleOf(seed);
  const kinds = servers.map(({ generation, latencyMs }) => ({ ...generation, latencyMs }));
  return [`MODEL_SEED=${seed}`, JSON.stringify({ kinds, keys, deaths, fullAt }), ...lines].join(
    '\n',
  );
}

describe('the import engine, with everything going wrong that can', () => {
  it.each(parts)(
    'keeps its promises in schedules $from to $to',
    async ({ from, to }) => {
      const broken: string[] = [];
      for (let seed = from; seed <= to; seed += 1) {
        const { violations, counts: own } = await run(scheduleOf(seed));
        for (const [name, count] of own) counts.set(name, (counts.get(name) ?? 0) + count);
        const unknown = unknownOf(violations);
        if (unknown.length === 0) continue;
        if (broken.length < TRACES) console.log(await traceOf(seed));
        broken.push(`MODEL_SEED=${seed} ${unknown.join('; ')}`);
      }
      if (SEED !== undefined && broken.length === 0) console.log(await traceOf(SEED));
      expect(broken).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it.runIf(SEED === undefined && SCHEDULES >= AT_ONCE)('has met every kind of trouble', () => {
    const met = [...counts.keys()].filter((name) => name.startsWith('trouble: '));
    expect(met.toSorted()).toEqual(TROUBLES.map((trouble) => `trouble: ${trouble}`));
  });

  afterAll(() => {
    const lines = [...counts].toSorted(([one], [other]) => (one < other ? -1 : 1));
    for (const [name, count] of lines) console.log(`${String(count).padStart(7)}  ${name}`);
  });
});

const TROUBLES = [
  'apply-late',
  'ban',
  'change-key',
  'cut-json',
  'death at any',
  'death at request',
  'death at save',
  'edit by client',
  'edit by hand',
  'empty-object',
  'error-500',
  'hang',
  'hang-body',
  'html',
  'lose-answer',
  'refuse',
  'restart',
  'storage full',
  'tear',
];
