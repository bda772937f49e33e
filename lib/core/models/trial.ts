import type { HistoryEntry } from '../history.ts';
import type { ModelTrial } from '../ports.ts';
import { say, type Words } from '../words/words.ts';

/** More than this nobody chooses from; as many are imported without being chosen. */
const MOST_CHOICES = 300;

/**
 * The models of an import that one tiny request can be sent to, those that are served first.
 * None where nothing is known to be there: switched off, not imported, taken back.
 */
export function modelsToTry({ keys, undo }: HistoryEntry): readonly string[] {
  if (undo === 'done') return [];
  const found = keys.flatMap(({ result }) =>
    result.outcome !== 'failed' && result.serving ? [result.serving] : [],
  );
  const ids = [
    ...found.flatMap(({ serving }) => serving),
    ...found.flatMap(({ pooled }) => pooled.map(({ id }) => id)),
    ...found.flatMap(({ unsure }) => unsure),
    ...found.flatMap(({ missing }) => missing),
  ];
  return [...new Set(ids)].slice(0, MOST_CHOICES);
}

/** What came of a tiny request, in words. */
export interface TrialWords {
  glyph: 'ok' | 'fail';
  title: Words;
  why: Words;
}

export function trialWords(model: string, trial: ModelTrial): TrialWords {
  if (trial.isAnswer)
    return { glyph: 'ok', title: say('trial_answered', { model }), why: say('trial_pool') };
  const { status } = trial;
  return { glyph: 'fail', title: say('trial_failed', { model, status }), why: whyOf(trial) };
}

/** What the server's own errors mean, and the relay's, which it passes on (`contract/FACTS.md` section 5). */
function whyOf({ status, said }: ModelTrial): Words {
  if (/unknown provider for model/.test(said)) return say('trial_unknown_model');
  if (/auth_unavailable|auth_not_found/.test(said)) return say('trial_parked');
  if (/^(Invalid|Missing) API key$/.test(said)) return say('trial_client_key');
  if (/\b(dial|lookup)\b|connection refused/.test(said)) return say('trial_relay_unreachable');
  if (status === 429 || status === 402) return say('trial_limited');
  if (status === 401 || status === 403) return say('trial_relay_refused');
  if (status === 404) return say('trial_not_found');
  return status < 400 ? say('trial_no_completion') : say('trial_relay_error');
}
