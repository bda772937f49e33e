import { useState } from 'react';
import type { TrialView } from '../../components/history/trial.tsx';
import type { HistoryEntry } from '../../lib/core/history.ts';
import { modelsToTry } from '../../lib/core/models/trial.ts';
import { ask } from '../../lib/edges/messages.ts';

/** One tiny request to a model of an import; absent where there is none to try. */
export function useTrial(entry: HistoryEntry) {
  const models = modelsToTry(entry);
  const [chosen, setChosen] = useState<string>();
  const [state, setState] = useState<Pick<TrialView, 'isRunning' | 'outcome'>>({
    isRunning: false,
  });
  const model = chosen ?? models[0];
  if (model === undefined) return undefined;
  const view: TrialView = { models, model, ...state };
  return {
    view,
    choose(id: string) {
      setChosen(id);
      setState({ isRunning: false });
    },
    async send() {
      setState({ isRunning: true });
      const reply = await ask('tryModel', { serverId: entry.server.id, model });
      setState({ isRunning: false, outcome: { model, reply } });
    },
  };
}
