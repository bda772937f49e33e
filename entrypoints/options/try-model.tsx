import { Trial } from '../../components/history/trial.tsx';
import type { HistoryEntry } from '../../lib/core/history.ts';
import { useTrial } from '../pages/use-trial.ts';

/** One tiny request to a model of an import, which the person chooses. */
export function TryModel({ entry }: { entry: HistoryEntry }) {
  const trial = useTrial(entry);
  if (!trial) return null;
  const { view, choose, send } = trial;
  return (
    <Trial view={view} server={entry.server.name} onChoose={choose} onTry={() => void send()} />
  );
}
