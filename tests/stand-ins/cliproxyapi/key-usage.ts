import type { Clock } from '../clock.ts';

/** How often each key was used, and with what success. */
export interface KeyUsage {
  count: (keyId: string, isSuccess: boolean) => void;
  of: (keyId: string) => Usage;
  /** Forgets all other keys. */
  keepOnly: (keyIds: ReadonlySet<string>) => void;
}

interface Usage {
  success: number;
  failed: number;
  recent_requests: readonly { time: string; success: number; failed: number }[];
}

const PERIOD_MS = 10 * 60_000;
const PERIODS = 20;

/** Counts since the start, and in the last 20 periods of ten minutes. Recorded v7.2.140, scenario e2e-401. */
export function createKeyUsage(clock: Clock): KeyUsage {
  const uses = new Map<string, { period: number; isSuccess: boolean }[]>();
  const periodNow = () => Math.floor(clock.now() / PERIOD_MS);
  return {
    count(keyId, isSuccess) {
      const own = uses.get(keyId) ?? [];
      own.push({ period: periodNow(), isSuccess });
      uses.set(keyId, own);
    },
    of(keyId) {
      const all = uses.get(keyId) ?? [];
      const first = periodNow() - PERIODS + 1;
      const periods = Array.from({ length: PERIODS }, (_empty, at) => first + at);
      const recent_requests = periods.map((period) => ({
        time: `${timeOf(period)}-${timeOf(period + 1)}`,
        ...sum(all.filter((use) => use.period === period)),
      }));
      return { ...sum(all), recent_requests };
    },
    keepOnly(keyIds) {
      for (const keyId of uses.keys()) if (!keyIds.has(keyId)) uses.delete(keyId);
    },
  };
}

function sum(uses: readonly { isSuccess: boolean }[]) {
  const success = uses.filter(({ isSuccess }) => isSuccess).length;
  return { success, failed: uses.length - success };
}

/** When a period begins, as the clock on the wall shows it. */
function timeOf(period: number): string {
  return new Date(period * PERIOD_MS).toTimeString().slice(0, 5);
}
