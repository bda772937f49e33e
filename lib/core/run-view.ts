import type { RunningJob } from './protocol.ts';
import { canBeStopped, runningStage } from './running-words.ts';

/** One run that is under way, over all its servers and lists. */
export interface RunView {
  runId: string;
  cause: RunningJob['cause'];
  jobs: readonly RunningJob[];
  keys: number;
  servers: readonly string[];
  /** Steps reached, of so many, over all jobs. */
  step: number;
  of: number;
  /** Whether a part of it can still be stopped: one that has not begun to write. */
  canStop: boolean;
}

/** The runs that are more than the import of one key to one server: that one shows on its card. */
export const batchRuns = (running: readonly RunningJob[]): readonly RunView[] =>
  [...Map.groupBy(running, ({ runId }) => runId)]
    .filter(([, jobs]) => isBatch(jobs))
    .map(([runId, jobs]) => runView(runId, jobs));

const isBatch = (jobs: readonly RunningJob[]): boolean =>
  jobs.length > 1 || jobs.some(({ cause, keys }) => cause !== 'import' || keys > 1);

function runView(runId: string, jobs: readonly RunningJob[]): RunView {
  const steps = jobs.map(runningStage);
  return {
    runId,
    cause: jobs[0]?.cause ?? 'import',
    jobs,
    keys: Math.max(...jobs.map(({ keys }) => keys)),
    servers: [...new Set(jobs.map(({ server }) => server.name))],
    step: sum(steps.map(({ step }) => step)),
    of: sum(steps.map(({ of }) => of)),
    canStop: jobs.some(canBeStopped),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
