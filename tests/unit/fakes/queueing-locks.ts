import type { WorkerEdges } from '../../../lib/workflows/worker.ts';

/** Locks as the browser's: one holder of a name at a time, the others in the order in which they came. */
export function queueingLocks(): WorkerEdges['withLock'] {
  const queues = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const turn = (queues.get(name) ?? Promise.resolve()).then(work);
    queues.set(
      name,
      turn.catch(() => {}),
    );
    return turn;
  };
}
