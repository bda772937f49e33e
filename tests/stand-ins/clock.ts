/** Time as a stand-in sees it, so that a test can run thousands of rounds without waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once in `ms` milliseconds. The result cancels it. */
  setTimeout(task: () => void, ms: number): () => void;
  /** Resolves in `ms` milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** The clock on the wall. */
export const realClock: Clock = {
  now: () => Date.now(),
  setTimeout(task, ms) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** A clock that only moves when it is told to. */
export interface VirtualClock extends Clock {
  /** Moves on by `ms` milliseconds and runs what is due, in order. */
  advance(ms: number): Promise<void>;
  /** Moves on from one due task to the next until `work` is settled, and gives its result. */
  runUntil<Result>(work: Promise<Result>): Promise<Result>;
}

interface Task {
  at: number;
  run: () => void;
}

/** A virtual clock that starts at `startsAt` (milliseconds since 1970, by default some day in 2026). */
export function createVirtualClock(startsAt = Date.UTC(2026, 0, 2)): VirtualClock {
  let time = startsAt;
  let tasks: Task[] = [];

  const nextTask = () => tasks.reduce<Task | undefined>(earlier, undefined);
  const runTask = async (task: Task) => {
    tasks = tasks.filter((other) => other !== task);
    time = Math.max(time, task.at);
    task.run();
    await allSettled();
  };

  const setTask = (run: () => void, ms: number) => {
    const task = { at: time + ms, run };
    tasks.push(task);
    return () => {
      tasks = tasks.filter((other) => other !== task);
    };
  };

  return {
    now: () => time,
    setTimeout: setTask,
    sleep: (ms) =>
      new Promise((resolve) => {
        setTask(resolve, ms);
      }),
    async advance(ms) {
      const end = time + ms;
      await allSettled();
      for (let task = nextTask(); task && task.at <= end; task = nextTask()) await runTask(task);
      time = end;
    },
    async runUntil(work) {
      let done = false;
      const finished = () => {
        done = true;
      };
      work.then(finished, finished);
      await allSettled();
      for (let task = nextTask(); task && !done; task = nextTask()) await runTask(task);
      return work;
    },
  };
}

/** The first of two tasks; of two that are due at once the one that was set first. */
function earlier(first: Task | undefined, second: Task): Task {
  return first && first.at <= second.at ? first : second;
}

/** Resolves when all promises that can go on without time passing have done so. */
function allSettled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
