import { say } from '../words/words.ts';
import type { ImportFailure } from './failure.ts';
import type { Catalogue } from './words-of.ts';

/** Words for what becomes of a write. */
export const importWords: Catalogue<ImportFailure> = {
  'import/not-saved': ({ missing }, { server }) => ({
    what: say('fail_not_saved', { server, count: missing }),
    why: say('fail_not_saved_why'),
    next: say('fail_not_saved_next'),
    actions: ['retry'],
  }),
  'import/server-changed': ({ gone }, { server }) => ({
    what: say('fail_server_changed', { server, count: gone.length, names: gone.join(', ') }),
    why: say('fail_server_changed_why'),
    next: say('fail_server_changed_next'),
    actions: ['retry'],
  }),
  'import/list-lost': ({ gone }, { server }) => ({
    what: say('fail_list_lost', { server, count: gone.length, names: gone.join(', ') }),
    why: say('fail_list_lost_why'),
    next: say('fail_list_lost_next'),
    actions: ['retry'],
  }),
  'import/unknown-outcome': (_, { server }) => ({
    what: say('fail_unknown_outcome', { server }),
    why: say('fail_unknown_outcome_why'),
    next: say('fail_unknown_outcome_next'),
    actions: ['retry'],
  }),
  'import/interrupted': (_, { server }) => ({
    what: say('fail_interrupted', { server }),
    next: say('fail_interrupted_next'),
    actions: ['retry'],
  }),
};
