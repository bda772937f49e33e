import type { ServingCounts } from '../models/serving.ts';
import { say, type Words } from '../words/words.ts';
import { type CardState, type Holding, IMPORT_STAGES, type ImportStage } from './relay-key.ts';

export type CardTone = 'good' | 'warn' | 'bad' | 'accent' | 'muted' | 'subtle';

/** How a card's state is drawn and said. */
export interface CardWords {
  glyph: 'new' | 'run' | 'ok' | 'part' | 'off' | 'fail' | 'idle';
  tone: CardTone;
  words: Words;
}

const STAGE_WORDS: Record<ImportStage, Words> = {
  models: say('stage_models'),
  reading: say('stage_reading'),
  writing: say('stage_writing'),
  verifying: say('stage_verifying'),
  serving: say('stage_serving'),
};

export const stageWords = (stage: ImportStage): Words => STAGE_WORDS[stage];

/** How far a running import is: the step, counted from 1, of so many. */
export const stageStep = (stage: ImportStage): { step: number; of: number } => ({
  step: IMPORT_STAGES.indexOf(stage) + 1,
  of: IMPORT_STAGES.length,
});

/** A card's state as a shape, a colour and words; each alone would do. */
export function cardWords(state: CardState): CardWords {
  switch (state.phase) {
    case 'unknown':
      return { glyph: 'idle', tone: 'subtle', words: say('card_unknown') };
    case 'absent':
      return { glyph: 'new', tone: 'muted', words: say('card_absent') };
    case 'running':
      return { glyph: 'run', tone: 'accent', words: stageWords(state.stage) };
    case 'failed':
      return { glyph: 'fail', tone: 'bad', words: say('card_failed') };
    case 'held':
      return heldWords(state.holding, state.serving);
  }
}

function heldWords(holding: Holding, serving: ServingCounts | undefined): CardWords {
  const { provider } = holding;
  if (holding.disabled)
    return { glyph: 'off', tone: 'subtle', words: say('card_disabled', { provider }) };
  if (!holding.hasModels)
    return { glyph: 'part', tone: 'warn', words: say('card_no_models', { provider }) };
  if (!serving) return { glyph: 'ok', tone: 'good', words: say('card_held', { provider }) };
  const words = servingWords(serving);
  const isPart = serving.missing > 0;
  return isPart ? { glyph: 'part', tone: 'warn', words } : { glyph: 'ok', tone: 'good', words };
}

/** What clients get, in one line. It never says more than was seen. */
export function servingWords(counts: ServingCounts): Words {
  const { serving, pooled, unsure, missing } = counts;
  const total = serving + pooled + unsure + missing;
  if (missing > 0) return say('serving_missing', { missing, total });
  if (pooled === total) {
    const others = [...counts.others, ...(counts.andMore ? ['…'] : [])].join(', ');
    return say('serving_pooled', { count: total, others });
  }
  if (pooled > 0) return say('serving_some_pooled', { count: total - pooled, pooled });
  return unsure > 0
    ? say('serving_listed', { count: total })
    : say('serving_all', { count: total });
}
