import type { Failure } from '../failures/failure.ts';
import type { Serving, ServingCounts } from '../models/serving.ts';
import { comparableBaseUrl } from '../relay/base-url.ts';

/** A relay key as the list of cards knows it. The key itself is kept apart. */
export interface RelayKey {
  id: string;
  name: string;
  /** As the person entered it; what becomes of it is said when it is imported. */
  baseUrl: string;
  /** What stands for the key in lists. */
  mask: string;
  /** Tells whether two keys are the same without opening either. */
  fingerprint: string;
  /** Epoch ms. */
  addedAt: number;
  /** How the last import went, by server. */
  results: Readonly<Record<string, KeyResult>>;
}

/** How an import of one key to one server went. */
export type ImportResult = ResultWith<Serving>;

/** The same, as the list of all keys keeps it: that is read and sealed as a whole. */
export type KeyResult = ResultWith<ServingCounts>;

type ResultWith<Served> = { at: number } & (
  | { outcome: 'failed'; failure: Failure }
  | {
      outcome: 'created' | 'added' | 'already-there';
      provider: string;
      /** The provider is switched off. */
      disabled: boolean;
      /** Saved, but the server had not loaded it when we stopped looking. */
      loading: boolean;
      serving?: Served | undefined;
    }
);

/** Where a server holds a key. */
export interface Holding {
  provider: string;
  baseUrl: string;
  disabled: boolean;
  /** Whether it serves anything by itself. */
  hasModels: boolean;
}

/**
 * Where a key is said to be if several providers hold it: at the relay of its own base
 * URL before any other, and where it serves before where it is switched off.
 */
export function chooseHolding(held: readonly Holding[], baseUrl: string): Holding | undefined {
  const url = comparableBaseUrl(baseUrl);
  const rank = ({ baseUrl: there, disabled }: Holding) =>
    (comparableBaseUrl(there) === url ? 0 : 2) + (disabled ? 1 : 0);
  return held.toSorted((one, other) => rank(one) - rank(other))[0];
}

/** What a card says about its key on the chosen server. */
export type CardState =
  /** The server was not read, or could not be. */
  | { phase: 'unknown' }
  | { phase: 'absent' }
  | { phase: 'running'; stage: ImportStage }
  | { phase: 'failed'; failure: Failure }
  | { phase: 'held'; holding: Holding; serving?: ServingCounts | undefined };

/** The steps of an import, in their order. */
export const IMPORT_STAGES = ['models', 'reading', 'writing', 'verifying', 'serving'] as const;
export type ImportStage = (typeof IMPORT_STAGES)[number];

/**
 * What a card says, from what is known. What the server shows outweighs what an import
 * reported: someone may have changed it since. A failure stands until the key is there.
 */
export function cardState(
  running: ImportStage | undefined,
  holding: Holding | 'absent' | undefined,
  result: KeyResult | undefined,
): CardState {
  if (running) return { phase: 'running', stage: running };
  if (holding && holding !== 'absent') {
    const isImported =
      result && result.outcome !== 'failed' && result.provider === holding.provider;
    const serving = isImported ? result.serving : undefined;
    return { phase: 'held', holding, ...(serving && { serving }) };
  }
  if (result?.outcome === 'failed') return { phase: 'failed', failure: result.failure };
  return { phase: holding === 'absent' ? 'absent' : 'unknown' };
}

/** What a card shows; nothing in it is secret. */
export interface KeyCard {
  id: string;
  name: string;
  host: string;
  mask: string;
  state: CardState;
}
