import { TrialButton, TrialOutcome } from '../../components/history/trial.tsx';
import type { HistoryEntry } from '../../lib/core/history.ts';
import { useTrial } from './use-trial.ts';

/** One tiny request to the first model of an import, from its notice. */
export function TryFirstModel({ entry }: { entry: HistoryEntry }) {
  const trial = useTrial(entry);
  if (!trial) return null;
  const { view, send } = trial;
  return (
    <>
      <TrialButton isRunning={view.isRunning} className="btn ghost sm" onTry={() => void send()} />
      <div className="order-last w-full ps-2 empty:hidden">
        <TrialOutcome view={view} server={entry.server.name} />
      </div>
    </>
  );
}
