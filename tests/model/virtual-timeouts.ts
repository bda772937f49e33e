import type { VirtualClock } from '../stand-ins/clock.ts';

/** As much of a signal as the HTTP edge and the model's network need of it. */
export interface VirtualSignal {
  readonly aborted: boolean;
  /** Tells when the time is over. The result stops it. */
  onExpired(tell: (reason: DOMException) => void): () => void;
}

/**
 * Puts the time limits of requests on the model's clock: `AbortSignal.timeout` is the one clock of
 * the edges that is not passed in. Gives what puts the real one back.
 */
export function useVirtualTimeouts(clock: VirtualClock): () => void {
  const real = AbortSignal.timeout;
  AbortSignal.timeout = (ms) => timeoutOn(clock, ms) as unknown as AbortSignal;
  return () => {
    AbortSignal.timeout = real;
  };
}

function timeoutOn(clock: VirtualClock, ms: number): VirtualSignal {
  const until = clock.now() + ms;
  return {
    get aborted() {
      return clock.now() >= until;
    },
    onExpired: (tell) =>
      clock.setTimeout(
        () => tell(new DOMException('too late', 'TimeoutError')),
        until - clock.now(),
      ),
  };
}
