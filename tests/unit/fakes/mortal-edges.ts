import type { WorkerEdges } from '../../../lib/workflows/worker.ts';

/** When a worker is ended: at its nth call of an edge, before the call has its effect or after. */
export interface Death {
  atCall: number;
  before: boolean;
}

export interface MortalEdges {
  edges: WorkerEdges;
  /** The call at which the worker was ended, by name. */
  died: Promise<string>;
  /** Calls until now. */
  calls(): number;
}

/**
 * The edges of a worker that the browser ends at some call: neither that call nor any
 * later one comes back, and no later one has an effect.
 */
export function mortalEdges(edges: WorkerEdges, death: Death): MortalEdges {
  let calls = 0;
  let tellDeath: (call: string) => void = () => {};
  const died = new Promise<string>((resolve) => {
    tellDeath = resolve;
  });
  const never = new Promise<never>(() => {});

  function mortal<Args extends unknown[], Value>(
    name: string,
    call: (...args: Args) => Promise<Value>,
  ): (...args: Args) => Promise<Value> {
    return async (...args) => {
      calls += 1;
      if (calls > death.atCall) return never;
      if (calls < death.atCall) return call(...args);
      if (!death.before) await call(...args);
      tellDeath(name);
      return never;
    };
  }

  /** All functions of an object; what is no function stays. */
  const allMortal = <Value extends object>(prefix: string, value: Value): Value =>
    Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        typeof member === 'function' ? mortal(`${prefix}.${name}`, member) : member,
      ]),
    ) as Value;

  return {
    died,
    calls: () => calls,
    edges: {
      ...edges,
      servers: allMortal('servers', edges.servers),
      keys: allMortal('keys', edges.keys),
      history: allMortal('history', edges.history),
      session: allMortal('session', edges.session),
      attempts: allMortal('attempts', edges.attempts),
      journal: allMortal('journal', edges.journal),
      backups: allMortal('backups', edges.backups),
      alarm: allMortal('alarm', edges.alarm),
      relays: { ...edges.relays, readModels: mortal('relays.readModels', edges.relays.readModels) },
      createApi: (access, note) => allMortal('api', edges.createApi(access, note)),
      announce: mortal('announce', edges.announce),
      toolbar: allMortal('toolbar', edges.toolbar),
    },
  };
}
