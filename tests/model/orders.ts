import type { Asked, Wanted } from './write-rules.ts';

/** What the person has asked of one server: keys that are to be there, and keys whose import is taken back. */
export interface Orders {
  want(wanted: Wanted): void;
  /** The import is over: where it was the only one, nobody wants the key any more from then on. */
  unwant(apiKey: string, from: number): void;
  /** `isWhole`: unless all of it can be taken back, nothing is. */
  takeBack(apiKey: string, isWhole: boolean): void;
  /** Whether all that is taken back has to be gone. */
  isTakenWhole(apiKey: string): boolean;
  /** It was taken back, or could not be. */
  endTakeBack(apiKey: string, from: number): void;
  /** What may be written at a moment. */
  at(ms: number): Asked;
  /** Every key that was ever asked for. */
  ours(): ReadonlySet<string>;
}

interface Order extends Wanted {
  /** How many imports of it are under way. */
  open: number;
  until: number;
}

const FOREVER = Number.POSITIVE_INFINITY;

export function createOrders(): Orders {
  const wanted = new Map<string, Order>();
  const removed = new Map<string, { open: number; until: number; isWhole: boolean }>();
  const ours = new Set<string>();
  const isOn = (ms: number) => (order: { until: number }) => order.until >= ms;

  return {
    want(order) {
      ours.add(order.apiKey);
      const open = (wanted.get(order.apiKey)?.open ?? 0) + 1;
      wanted.set(order.apiKey, { ...order, open, until: FOREVER });
    },
    unwant(apiKey, from) {
      const order = wanted.get(apiKey);
      if (!order) return;
      order.open = Math.max(0, order.open - 1);
      if (order.open === 0) order.until = from;
    },
    takeBack(apiKey, isWhole) {
      const open = (removed.get(apiKey)?.open ?? 0) + 1;
      removed.set(apiKey, { open, until: FOREVER, isWhole });
    },
    isTakenWhole: (apiKey) => removed.get(apiKey)?.isWhole ?? false,
    endTakeBack(apiKey, from) {
      const order = removed.get(apiKey);
      if (!order) return;
      order.open -= 1;
      if (order.open === 0) order.until = from;
    },
    at: (ms) => ({
      add: wanted.values().filter(isOn(ms)).toArray(),
      remove: new Set(
        removed
          .entries()
          .filter(([, order]) => isOn(ms)(order))
          .map(([apiKey]) => apiKey),
      ),
    }),
    ours: () => ours,
  };
}
