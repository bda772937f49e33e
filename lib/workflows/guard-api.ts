import type { Failure, ServerFailure } from '../core/failures/failure.ts';
import type { Answer, Clock, ManagementApi } from '../core/ports.ts';
import { fail, type Result } from '../core/result.ts';
import {
  type Asker,
  type Attempts,
  afterBan,
  afterRefusal,
  afterSuccess,
  maySend,
  NO_ATTEMPTS,
  type Permission,
} from '../core/server/attempts.ts';

/** What one server counts against this address, and whose turn it is there. */
export interface Gate {
  attempts: Attempts;
  /** Keeps what was counted over restarts. */
  save(attempts: Attempts): Promise<unknown>;
  /** Ends when the request before has ended. */
  turn: Promise<unknown>;
}

/**
 * The same API, but ban-aware: one request at a time, none after a refusal or within a
 * ban, and every refusal counted. `/v1` and the keyless look count for no ban and pass.
 */
export function guardApi(
  api: ManagementApi,
  gate: Gate,
  asker: Asker,
  clock: Clock,
): ManagementApi {
  const guarded =
    <Args extends unknown[], Value>(call: (...args: Args) => Answer<Value>) =>
    (...args: Args): Answer<Value> => {
      const turn = gate.turn.then(() => sendGuarded(() => call(...args), gate, asker, clock));
      // Whatever becomes of this one, the next has its turn.
      gate.turn = turn.catch(() => {});
      return turn;
    };
  return {
    findService: (signal) => api.findService(signal),
    readServedModels: (clientKey, signal) => api.readServedModels(clientKey, signal),
    tryModel: (clientKey, model) => api.tryModel(clientKey, model),
    checkKey: guarded((signal) => api.checkKey(signal)),
    readProviders: guarded((kind, signal) => api.readProviders(kind, signal)),
    replaceProviders: guarded((kind, items) => api.replaceProviders(kind, items)),
    patchProvider: guarded((kind, name, value) => api.patchProvider(kind, name, value)),
    probePatch: guarded(() => api.probePatch()),
    readClientKeys: guarded((signal) => api.readClientKeys(signal)),
    readConfigFile: guarded(() => api.readConfigFile()),
    readOffers: guarded(() => api.readOffers()),
    askUpstream: guarded((url, apiKey, signal) => api.askUpstream(url, apiKey, signal)),
  };
}

async function sendGuarded<Value>(
  call: () => Answer<Value>,
  gate: Gate,
  asker: Asker,
  clock: Clock,
): Answer<Value> {
  const refusal = refusalOf(maySend(gate.attempts, clock.now(), asker));
  if (refusal) return fail(refusal);
  const answer = await call();
  const attempts = attemptsAfter(answer, gate.attempts, clock.now());
  if (attempts !== gate.attempts) {
    gate.attempts = attempts;
    await gate.save(attempts);
  }
  return answer;
}

/** Why nothing is sent, as a failure; nothing if it may be sent. */
export function refusalOf(permission: Permission): ServerFailure | undefined {
  if (permission.may === 'send') return undefined;
  if (permission.may === 'ask')
    return { code: 'server/few-tries', triesLeft: permission.triesLeft };
  if (permission.because === 'held') return { code: 'server/held' };
  const code = permission.because === 'banned' ? 'server/banned' : 'server/last-try';
  return { code, until: permission.until };
}

function attemptsAfter(
  answer: Result<unknown, Failure>,
  attempts: Attempts,
  now: number,
): Attempts {
  if (!answer.ok) {
    if (answer.failure.code === 'server/wrong-management-key') return afterRefusal(attempts, now);
    if (answer.failure.code === 'server/banned') return afterBan(attempts, answer.failure.until);
    return attempts;
  }
  return attempts === NO_ATTEMPTS ? attempts : afterSuccess();
}
