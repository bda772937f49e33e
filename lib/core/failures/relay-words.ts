import { say } from '../words/words.ts';
import type { ModelsFailure, RelayFailure } from './failure.ts';
import type { Catalogue } from './words-of.ts';

/** Words for why a relay's model list could not be had. */
export const relayWords: Catalogue<RelayFailure | ModelsFailure> = {
  'relay/unreadable': (_, { relay }) => ({
    what: say('fail_relay_unreadable', { relay }),
    why: say('fail_relay_unreadable_why'),
    next: say('fail_relay_unreadable_next', { relay }),
    actions: ['grant-relay-access'],
  }),
  'relay/unreachable': (_, { relay }) => ({
    what: say('fail_relay_unreachable', { relay }),
    why: say('fail_relay_unreachable_why'),
    next: say('fail_relay_unreachable_next'),
    actions: ['retry'],
  }),
  'relay/timeout': ({ seconds }, { relay }) => ({
    what: say('fail_relay_timeout', { relay, seconds }),
    next: say('fail_relay_unreachable_next'),
    actions: ['retry'],
  }),
  'relay/wrong-key': (_, { relay }) => ({
    what: say('fail_relay_key', { relay }),
    why: say('fail_relay_key_why'),
    next: say('fail_relay_key_next'),
  }),
  'relay/forbidden': (_, { relay }) => ({
    what: say('fail_relay_forbidden', { relay }),
    why: say('fail_relay_forbidden_why'),
    next: say('fail_relay_forbidden_next'),
  }),
  'relay/not-found': (_, { relay }) => ({
    what: say('fail_relay_not_found', { relay }),
    why: say('fail_relay_not_found_why'),
    next: say('fail_relay_not_found_next'),
  }),
  'relay/html': (_, { relay }) => ({
    what: say('fail_relay_html', { relay }),
    why: say('fail_relay_html_why'),
    next: say('fail_relay_html_next'),
    actions: ['retry'],
  }),
  'relay/rate-limited': (_, { relay }) => ({
    what: say('fail_relay_rate', { relay }),
    next: say('fail_relay_rate_next'),
    actions: ['retry'],
  }),
  'relay/error': ({ status }, { relay }) => ({
    what: say('fail_relay_error', { relay, status }),
    next: say('fail_relay_error_next'),
    actions: ['retry'],
  }),
  'relay/redirect': (_, { relay }) => ({
    what: say('fail_relay_redirect', { relay }),
    next: say('fail_relay_redirect_next'),
  }),
  'relay/unexpected-reply': (_, { relay }) => ({
    what: say('fail_relay_unexpected', { relay }),
    next: say('fail_relay_unexpected_next'),
  }),
  'relay/no-models': (_, { relay }) => ({
    what: say('fail_relay_empty', { relay }),
    why: say('fail_relay_empty_why'),
    next: say('fail_relay_empty_next'),
  }),
  'models/unavailable': (_, { relay }) => ({
    what: say('fail_models', { relay }),
    next: say('fail_models_next'),
    actions: ['grant-relay-access', 'retry'],
  }),
};
