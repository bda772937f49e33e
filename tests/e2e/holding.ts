import type { Front, Incoming } from './proxy.ts';

export const LIST = '/v0/management/openai-compatibility';

/** The nth request of a kind since the fault was armed. */
export interface Target {
  method: string;
  path: string;
  nth: number;
}

/** A front that holds one request back, before it arrives or with its answer. */
export function holding({ method, path, nth }: Target, isAnswered: boolean) {
  let left = Number.POSITIVE_INFINITY;
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<undefined>();
  const hold = () => {
    reached.resolve();
    return gate.promise;
  };
  const isHit = (request: Incoming) => request.method === method && request.path === path;
  const front: Front = {
    answers(request) {
      if (isHit(request)) left -= 1;
      return left === 0 && isHit(request) && !isAnswered ? hold() : undefined;
    },
    changes: (request) => (left === 0 && isHit(request) && isAnswered ? hold() : undefined),
  };
  return {
    front,
    reached: reached.promise,
    arm: () => {
      left = nth;
    },
    letGo: () => {
      left = Number.POSITIVE_INFINITY;
      gate.resolve(undefined);
    },
  };
}

/** The steps of an import at which whoever carries it out can be ended. */
export const STEPS: [step: string, target: Target, isAnswered: boolean][] = [
  ['before the list was read', { method: 'GET', path: LIST, nth: 1 }, false],
  ['before the write arrived', { method: 'PUT', path: LIST, nth: 1 }, false],
  ['after the write, before its answer', { method: 'PUT', path: LIST, nth: 1 }, true],
  ['before the read-back', { method: 'GET', path: LIST, nth: 2 }, false],
  ['before it was asked what is served', { method: 'GET', path: '/v1/models', nth: 1 }, false],
];
