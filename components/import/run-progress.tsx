import type { RunningJob } from '../../lib/core/protocol.ts';
import type { RunView } from '../../lib/core/run-view.ts';
import { runningStage } from '../../lib/core/running-words.ts';
import { say, type Words } from '../../lib/core/words/words.ts';
import { Say, T, useLanguage } from '../ui/language.tsx';

/** What is under way: how many keys, to which servers, and how far each is. */
export function RunProgress({ runs }: { runs: readonly RunView[] }) {
  return (
    <section className="grid flex-none gap-3 px-3 pt-1 pb-3">
      {runs.map((run) => (
        <Run key={run.runId} run={run} />
      ))}
    </section>
  );
}

function Run({ run }: { run: RunView }) {
  const { text } = useLanguage();
  const { jobs, step, of } = run;
  const title = titleOf(run);
  const [job] = jobs;
  return (
    <div className="grid gap-2">
      <h2 className="text-md font-semibold">
        <Say words={title} />
      </h2>
      <div
        className="bar"
        role="progressbar"
        aria-label={text(title)}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={step}
      >
        <i style={{ width: `${(100 * step) / of}%` }} />
      </div>
      {jobs.length === 1 && job ? (
        <p className="xs text-muted">
          <Stage job={job} />
        </p>
      ) : (
        <ul className="xs grid gap-1 text-muted">
          {jobs.map((each) => (
            <li key={each.jobId}>
              <b className="font-semibold text-text">{each.server.name}</b> <Stage job={each} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Stage({ job }: { job: RunningJob }) {
  const { words, step, of } = runningStage(job);
  if (job.isStopping) return <T k="run_stopping" />;
  return (
    <>
      <Say words={words} />
      <T k="stage_step" step={step} of={of} />
    </>
  );
}

function titleOf({ cause, keys, servers }: RunView): Words {
  const [server = ''] = servers;
  if (cause === 'undo') return say('run_undo', { server });
  if (cause === 'restore') return say('run_restore', { server });
  return servers.length > 1
    ? say('run_import_many', { count: keys, servers: servers.length })
    : say('run_import', { count: keys, server });
}
