import { stageStep, stageWords } from './keys/card-words.ts';
import type { RunningJob } from './protocol.ts';
import { say, type Words } from './words/words.ts';

/** A change that is under way, by what it does and to how many keys. */
export function runningWords({ cause, keys, keyName }: RunningJob): Words {
  if (cause === 'undo') return say('running_undo');
  if (cause === 'restore') return say('running_restore');
  return keyName === ''
    ? say('running_keys', { count: keys })
    : say('running_key', { key: keyName });
}

/** The stages of a change that is about no key: it reads no models, and nobody asks what is served. */
const REWRITE_STAGES = ['reading', 'writing', 'verifying'] as const;

/** How far a change is, in words and as the step, counted from 1, of so many. */
export function runningStage({ cause, stage }: Pick<RunningJob, 'cause' | 'stage'>) {
  if (cause === 'import') return { words: stageWords(stage), ...stageStep(stage) };
  const known = stage === 'serving' ? 'verifying' : stage === 'models' ? 'reading' : stage;
  const step = REWRITE_STAGES.indexOf(known) + 1;
  return { words: stageWords(known), step, of: REWRITE_STAGES.length };
}

/** Whether a change has not come to its write yet; what is written stays. */
export const canBeStopped = ({ stage, isStopping }: Pick<RunningJob, 'stage' | 'isStopping'>) =>
  !isStopping && (stage === 'models' || stage === 'reading');
