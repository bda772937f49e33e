import type { Findings } from './findings.ts';
import type { Death } from './schedule.ts';

/** One worker, from its start until the browser ends it. */
export interface Life {
  number: number;
  isOver(): boolean;
  /** Resolves when it is over. */
  over: Promise<'over'>;
  end(why: string): void;
  /** Makes a call to the world. From a worker that is over none goes out, and to it none comes back. */
  pass<Value>(sort: Sort, name: string, call: () => Promise<Value>): Promise<Value>;
}

type Sort = Death['at'] | 'sleep' | 'other';

/** A new one each time: one for all would keep everybody who ever waited for it. */
const never = () => new Promise<never>(() => {});

export function createLife(number: number, death: Death | undefined, findings: Findings): Life {
  let isOver = false;
  let calls = 0;
  let tell: (over: 'over') => void = () => {};
  const over = new Promise<'over'>((resolve) => {
    tell = resolve;
  });

  function end(why: string) {
    findings.trace(() => `worker ${number} ends: ${why}`);
    findings.count(`trouble: death at ${death?.at}`);
    isOver = true;
    tell('over');
  }

  function isFatal(sort: Sort): boolean {
    if (!death || (death.at !== 'any' && death.at !== sort)) return false;
    calls += 1;
    return calls === death.nth;
  }

  return {
    number,
    over,
    end,
    isOver: () => isOver,
    async pass(sort, name, call) {
      if (isOver) return never();
      const dies = isFatal(sort);
      if (dies && death?.before) {
        end(`before ${name}`);
        return never();
      }
      const work = call();
      // A request that was sent arrives, whatever becomes of who sent it.
      if (dies && sort === 'request') end(`after ${name} was sent`);
      try {
        return await work;
      } finally {
        if (dies && !isOver) end(`after ${name}`);
        if (isOver) await never();
      }
    },
  };
}
