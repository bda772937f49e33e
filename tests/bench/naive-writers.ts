import type { Clock } from '../stand-ins/clock.ts';
import type { Workbench } from '../unit/fakes/workbench.ts';
import type { Order, Writer } from './back-to-back.ts';
import { ask, listOn, Refused, type ShownProvider } from './management.ts';

// The ways to write that WRITING.md sections 2 and 3 reject. They stand here to prove the stand-in: it must lose what
// they write, as the real servers do.

/** When a key that was written counts as saved; false: it is written again. */
type Confirm = (order: Order, bench: Workbench<Clock>) => Promise<boolean>;

const MAX_REPEATS = 3;
const POLL_MS = 10;
const PATIENCE_MS = 300;

/** The 200 is believed. */
export const trustTheAnswer: Confirm = async () => true;

/** One read, `ms` after the answer. */
export const readBackAfter =
  (ms: number): Confirm =>
  async ({ apiKey }, bench) => {
    await bench.clock.sleep(ms);
    return holds(await listOn(bench), apiKey);
  };

/** Waits until clients are offered the new model, and goes on in any case, as the measured writer did. */
export const untilModelIsServed: Confirm = async ({ model }, bench) => {
  await until(async () => (await ask(bench, 'GET', '/v1/models')).includes(`"${model}"`), bench);
  return true;
};

/** Waits until config.yaml has the key. */
export const untilFileHasKey: Confirm = ({ apiKey }, bench) =>
  until(
    async () => (await ask(bench, 'GET', '/v0/management/config.yaml')).includes(apiKey),
    bench,
  );

/** A writer that reads the list, writes at once, and goes on when `confirm` says so. */
export const naiveWriter =
  (confirm: Confirm) =>
  (bench: Workbench<Clock>): Writer => {
    const saved = new Set<string>();
    return {
      async importKey(order) {
        for (let repeats = 0; repeats <= MAX_REPEATS; repeats += 1) {
          const isAnswered = await write(order, await listOn(bench), bench);
          if (isAnswered && (await confirm(order, bench))) return void saved.add(order.apiKey);
        }
      },
      end: async () => saved,
    };
  };

/** A PATCH if the provider is there, else a PUT of the whole list. False: refused, as the provider has gone meanwhile. */
async function write(
  order: Order,
  list: readonly ShownProvider[],
  bench: Workbench<Clock>,
): Promise<boolean> {
  const there = list.find((provider) => provider['base-url'] === order.baseUrl);
  const others = there?.['api-key-entries']?.filter((entry) => entry['api-key'] !== order.apiKey);
  const value = {
    'api-key-entries': [...(others ?? []), { 'api-key': order.apiKey }],
    models: [...(there?.models ?? []), { name: order.model, alias: order.model }],
  };
  const created = { name: order.provider, 'base-url': order.baseUrl, ...value };
  const sent = there
    ? ask(bench, 'PATCH', undefined, { name: there.name, value })
    : ask(bench, 'PUT', undefined, [...list, created]);
  return sent.then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refused) return false;
      throw error;
    },
  );
}

async function until(isDone: () => Promise<boolean>, { clock }: Workbench<Clock>) {
  const end = clock.now() + PATIENCE_MS;
  while (clock.now() < end) {
    if (await isDone()) return true;
    await clock.sleep(POLL_MS);
  }
  return false;
}

const holds = (list: readonly ShownProvider[], apiKey: string): boolean =>
  list.some((provider) =>
    provider['api-key-entries']?.some((entry) => entry['api-key'] === apiKey),
  );
