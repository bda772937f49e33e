import type { DialogReason } from '../dialog-reason.ts';
import type { Erasure } from '../server/erasures.ts';
import { say, type Words } from '../words/words.ts';
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
  'import/still-loading': (_, { server }) => ({
    what: say('fail_still_loading', { server }),
    why: say('fail_still_loading_why'),
    next: say('fail_still_loading_next'),
    actions: ['retry'],
  }),
  'import/needs-decision': ({ reason }) => ({
    what: DECISION_WORDS[reason],
    next: say('fail_needs_decision_next'),
    actions: ['decide'],
  }),
  'change/conflict': ({ conflicts }, { server }) => ({
    what: say('fail_conflict', { server, count: conflicts.length }),
    why: say('fail_conflict_why'),
    next: say('fail_conflict_next'),
    actions: ['compare'],
  }),
  'change/erases': ({ erasures }, { server }) => ({
    what: say('fail_erases', { server, names: erasures.map(erasureText).join('; ') }),
    why: say('fail_erases_why'),
    next: say('fail_erases_next'),
    actions: ['retry'],
  }),
  'change/list-changed': (_, { server }) => ({
    what: say('fail_list_changed', { server }),
    why: say('fail_list_changed_why'),
    next: say('fail_list_changed_next'),
  }),
  'change/cancelled': () => ({
    what: say('fail_change_cancelled'),
    next: say('fail_change_cancelled_next'),
    actions: ['retry'],
  }),
};

/** What a key waits for. */
const DECISION_WORDS: Record<DialogReason, Words> = {
  asked: say('fail_needs_decision'),
  decision: say('fail_needs_decision'),
  'models-unavailable': say('fail_needs_models'),
  'no-models': say('fail_has_no_models'),
  'many-models': say('fail_many_models'),
  'anthropic-style': say('fail_waits_anthropic'),
};

/** An entry, and what would go: masks of keys in the old form, fields by name. */
const erasureText = ({ entry, legacyKeys, fields }: Erasure): string =>
  `${entry}: ${[...legacyKeys, ...fields].join(', ')}`;
