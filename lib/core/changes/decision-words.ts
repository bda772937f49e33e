import { say, type Words } from '../words/words.ts';
import type { Decision } from './import.ts';

/** What has to be decided, in one line. */
export function decisionWords(decision: Decision): Words {
  switch (decision.code) {
    case 'same-name':
      return say('decide_same_name', { provider: decision.candidate.name });
    case 'several-providers':
      return say('decide_several', { count: decision.candidates.length });
    case 'key-elsewhere':
      return say('decide_elsewhere', {
        provider: decision.holders.map(({ label }) => label).join(', '),
      });
    case 'provider-disabled':
      return say('decide_disabled', { provider: decision.provider });
    case 'no-models':
      return say('decide_no_models');
    case 'alias-taken':
      return say('decide_alias', { count: decision.conflicts.length });
  }
}
