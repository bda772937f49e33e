import { parse } from 'yaml';
import type { Clock } from '../stand-ins/clock.ts';
import { type Workbench, type WorkbenchOptions, workbenchOn } from '../unit/fakes/workbench.ts';
import { listOn, type ShownProvider } from './management.ts';

/** A key that is to come onto the server, to the provider of its base URL. */
export interface Order {
  provider: string;
  baseUrl: string;
  apiKey: string;
  model: string;
}

/** A way to bring keys onto a server. */
export interface Writer {
  /** Ends when the next key may come. */
  importKey(order: Order): Promise<void>;
  /** Ends when nothing is under way any more. Gives the keys that were reported as saved. */
  end(): Promise<ReadonlySet<string>>;
}

export interface BackToBackOptions {
  clock: Clock;
  /** The server: its version, its switches, its seed. */
  server: Pick<WorkbenchOptions, 'version' | 'switches' | 'seed'>;
  /** How many keys are imported, each as soon as the one before is reported. */
  count: number;
}

interface BackToBackReport {
  /** Keys that were reported as saved. */
  saved: number;
  /** Of those, the ones that are not on the list four seconds later, and not in the file. */
  lost: number;
  lostInFile: number;
  /** Providers of others that are not on the list any more. */
  othersGone: number;
  /** Keys that stand twice. */
  doubled: number;
  /** Management requests in all. */
  requests: number;
  /** From the start of each import until the next one could start, in milliseconds, in their order. */
  tookMs: readonly number[];
}

/** As long as the measurements waited before they looked (WRITING.md). */
const SILENCE_MS = 4000;
const PROVIDERS = 5;
const OTHERS = ['Other A', 'Other B', 'Other C'];

/** A run that is set up: what takes real time and no time of the clock is behind it. */
export interface BackToBack {
  run(): Promise<BackToBackReport>;
}

/**
 * Imports keys back to back into five providers on a server that holds three of others, and looks what is left of
 * them: the experiment of WRITING.md section 2, with one key in each import.
 */
export async function prepareBackToBack(
  openWriter: (bench: Workbench<Clock>, orders: readonly Order[]) => Writer | Promise<Writer>,
  { clock, server, count }: BackToBackOptions,
): Promise<BackToBack> {
  const bench = workbenchOn(clock, { ...server, config: configOf(OTHERS) });
  const orders = Array.from({ length: count }, (_, nth) => orderOf(nth));
  const writer = await openWriter(bench, orders);
  return {
    async run() {
      const tookMs: number[] = [];
      for (const order of orders) {
        const from = clock.now();
        await writer.importKey(order);
        tookMs.push(clock.now() - from);
      }
      const saved = await writer.end();
      await clock.sleep(SILENCE_MS);
      const requests = bench.server.log.filter(({ path }) => path.startsWith('/v0/')).length;
      return { ...leftOf(saved, await listOn(bench), bench), requests, tookMs };
    },
  };
}

function leftOf(
  saved: ReadonlySet<string>,
  list: readonly ShownProvider[],
  { server }: Workbench<Clock>,
) {
  const inFile: ShownProvider[] = parse(server.configText())['openai-compatibility'] ?? [];
  const [shown, written] = [keysIn(list), keysIn(inFile)];
  return {
    saved: saved.size,
    lost: [...saved].filter((key) => !shown.includes(key)).length,
    lostInFile: [...saved].filter((key) => !written.includes(key)).length,
    othersGone: OTHERS.filter((name) => !list.some((provider) => provider.name === name)).length,
    doubled: shown.length - new Set(shown).size,
  };
}

const keysIn = (list: readonly ShownProvider[]): string[] =>
  list.flatMap((provider) => provider['api-key-entries'] ?? []).map((entry) => entry['api-key']);

function orderOf(nth: number): Order {
  const at = nth % PROVIDERS;
  return {
    provider: `Relay ${at}`,
    baseUrl: `https://relay-${at}.example/v1`,
    apiKey: `sk-key-${String(nth).padStart(4, '0')}-of-the-bench`,
    model: `model-${nth}`,
  };
}

const configOf = (names: readonly string[]): string =>
  `openai-compatibility:\n${names
    .map((name, at) => `  - name: ${name}\n    base-url: https://other-${at}.example/v1\n`)
    .join('')}`;
