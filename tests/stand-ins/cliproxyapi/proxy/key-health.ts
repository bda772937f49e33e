import type { Clock } from '../../clock.ts';
import type { Features } from '../versions.ts';
import type { RelayOutcome } from './request-fault.ts';

/** Which keys are left alone for which models, after what their relays answered. */
export interface KeyHealth {
  /** Undefined if the key may be used for the model. */
  pauseOf: (keyId: string, model: string) => Pause | undefined;
  /** Whether the list of models counts the key out for that model. */
  isHidden: (keyId: string, model: string) => boolean;
  noteSuccess: (keyId: string, model: string) => void;
  noteFailure: (keyId: string, model: string, outcome: RelayOutcome) => void;
  /** Forgets all other keys. */
  keepOnly: (keyIds: ReadonlySet<string>) => void;
}

interface Pause {
  leftMs: number;
  isQuota: boolean;
}

interface State {
  until: number;
  isQuota: boolean;
  isHidden: boolean;
  /** How many 429 came in a row. */
  quotaFailures: number;
}

const MINUTE_MS = 60_000;

/** Recorded in all versions, scenarios e2e-401, e2e-429, e2e-403-500, e2e-repair; lengths from the history. */
export function createKeyHealth(clock: Clock, features: Features): KeyHealth {
  const states = new Map<string, Map<string, State>>();
  const stateOf = (keyId: string, model: string) => states.get(keyId)?.get(model);
  return {
    pauseOf(keyId, model) {
      const state = stateOf(keyId, model);
      const leftMs = (state?.until ?? 0) - clock.now();
      return state && leftMs > 0 ? { leftMs, isQuota: state.isQuota } : undefined;
    },
    isHidden: (keyId, model) => stateOf(keyId, model)?.isHidden ?? false,
    noteSuccess: (keyId, model) => states.get(keyId)?.delete(model),
    noteFailure(keyId, model, { status }) {
      const old = stateOf(keyId, model);
      const quotaFailures = old?.quotaFailures ?? 0;
      const isQuota = status === 429;
      const models = states.get(keyId) ?? new Map<string, State>();
      states.set(keyId, models);
      models.set(model, {
        until: clock.now() + (isQuota ? quotaPauseMs(quotaFailures) : pauseMs(status, features)),
        isQuota,
        isHidden: (old?.isHidden ?? false) || HIDING.includes(status),
        quotaFailures: isQuota ? quotaFailures + 1 : quotaFailures,
      });
    },
    keepOnly(keyIds) {
      for (const keyId of states.keys()) if (!keyIds.has(keyId)) states.delete(keyId);
    },
  };
}

const HIDING = [401, 402, 403, 404];
const PASSING = [408, 500, 502, 503, 504];

function pauseMs(status: number, features: Features): number {
  if (status === 404) return 12 * 60 * MINUTE_MS;
  if (HIDING.includes(status)) return 30 * MINUTE_MS;
  return PASSING.includes(status) || features.has('any-failure-pauses') ? MINUTE_MS : 0;
}

/** A second, and each time twice as long. */
function quotaPauseMs(failures: number): number {
  return Math.min(1000 * 2 ** failures, 30 * MINUTE_MS);
}
