import type { SessionState, Stored } from '../core/stores.ts';
import type { Worker } from './worker.ts';

/** What is read, changed and stored as a whole. */
type Whole = 'keys' | 'servers' | 'attempts' | `session/${keyof SessionState}`;

/**
 * A change of something that is stored as a whole. Changes of the same thing wait for
 * each other: two at once would each store what the other has not seen.
 */
export const oneAtATime = <Value>(
  whole: Whole,
  { edges }: Worker,
  change: () => Promise<Value>,
): Promise<Value> => edges.withLock(`stored/${whole}`, change);

/** Changes a part of the session's state. */
export const changeSession = <Name extends keyof SessionState>(
  name: Name,
  worker: Worker,
  change: (state: SessionState[Name]) => SessionState[Name],
): Stored<void> =>
  oneAtATime(`session/${name}`, worker, async () => {
    const { session } = worker.edges;
    const state = await session.read(name);
    return state.ok ? session.write(name, change(state.value)) : state;
  });
