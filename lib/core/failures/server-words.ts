import { say } from '../words/words.ts';
import type { ServerFailure } from './failure.ts';
import type { Catalogue, FixStep } from './words-of.ts';

/** How a person switches something on in the server's own file. */
const inConfig = (code: string): FixStep => ({ words: say('fix_in_config'), code });
const restart: FixStep = { words: say('fix_restart') };
const byPassword: FixStep = { words: say('fix_password'), code: 'MANAGEMENT_PASSWORD=…' };

/** Words for what a server answers, or does not. Facts: recorded replies of v6.4.1 to v7.2.140. */
export const serverWords: Catalogue<ServerFailure> = {
  'server/not-configured': () => ({
    what: say('fail_not_configured'),
    next: say('fail_not_configured_next'),
    actions: ['open-settings'],
  }),

  'server/unreachable': ({ otherScheme }, { server, place }) => ({
    what: say('fail_unreachable', { server }),
    why: otherScheme
      ? say('fail_unreachable_other', { address: otherScheme })
      : say('fail_unreachable_why', { place }),
    next: otherScheme ? say('fail_unreachable_other_next') : say('fail_unreachable_next'),
    actions: otherScheme ? ['use-other-scheme', 'test-again'] : ['test-again'],
  }),

  'server/unreadable': ({ otherScheme }, { place }) => ({
    what: say('fail_unreadable', { place }),
    why: otherScheme
      ? say('fail_unreachable_other', { address: otherScheme })
      : say('fail_unreadable_why'),
    next: otherScheme ? say('fail_unreachable_other_next') : say('fail_unreadable_next', { place }),
    actions: otherScheme ? ['use-other-scheme'] : ['grant-server-access'],
  }),

  'server/timeout': ({ seconds }, { server }) => ({
    what: say('fail_timeout', { server, seconds }),
    why: say('fail_timeout_why'),
    next: say('fail_timeout_next'),
    actions: ['test-again'],
  }),

  'server/cancelled': () => ({
    what: say('fail_cancelled'),
    next: say('fail_cancelled_next'),
    actions: ['test-again'],
  }),

  'server/redirect': (_, { place }) => ({
    what: say('fail_redirect', { place }),
    why: say('fail_redirect_why'),
    next: say('fail_redirect_next'),
  }),

  'server/not-cliproxyapi': ({ found, status }, { place }) => ({
    what: say('fail_foreign', { place }),
    why: {
      html: say('fail_foreign_html', { status }),
      json: say('fail_foreign_json', { status }),
      other: say('fail_foreign_other', { status }),
    }[found],
    next: say('fail_foreign_next'),
  }),

  'server/management-off': (_, { server }) => ({
    what: say('fail_management_off', { server }),
    why: say('fail_management_off_why'),
    next: say('fail_management_off_next'),
    fix: [
      inConfig('remote-management:\n  secret-key: "…"'),
      byPassword,
      restart,
      { words: say('fix_home_mode') },
      { words: say('fix_template_keys') },
    ],
    actions: ['test-again'],
  }),

  'server/management-key-unset': (_, { server }) => ({
    what: say('fail_key_unset', { server }),
    why: say('fail_key_unset_why'),
    next: say('fail_key_unset_next'),
    fix: [inConfig('remote-management:\n  secret-key: "…"'), restart],
    actions: ['test-again'],
  }),

  'server/wrong-management-key': (_, { server }) => ({
    what: say('fail_wrong_key', { server }),
    why: say('fail_wrong_key_why'),
    next: say('fail_wrong_key_next'),
    actions: ['change-key'],
  }),

  'server/is-client-key': (_, { server }) => ({
    what: say('fail_is_client_key', { server }),
    why: say('fail_is_client_key_why'),
    next: say('fail_is_client_key_next'),
    actions: ['change-key'],
  }),

  'server/banned': (_, { server }) => ({
    what: say('fail_banned', { server }),
    why: say('fail_banned_why'),
    next: say('fail_banned_next'),
    actions: ['change-key', 'insist'],
  }),

  'server/remote-management-off': () => ({
    what: say('fail_remote_off'),
    why: say('fail_remote_off_why'),
    next: say('fail_remote_off_next'),
    fix: [
      inConfig('remote-management:\n  allow-remote: true'),
      restart,
      byPassword,
      { words: say('fix_tunnel'), code: 'ssh -N -L 8317:127.0.0.1:8317 <host>' },
    ],
    actions: ['test-again'],
  }),

  'server/forbidden': ({ status }, { place }) => ({
    what: say('fail_forbidden', { place, status }),
    why: say('fail_forbidden_why'),
    next: say('fail_forbidden_next'),
    actions: ['test-again'],
  }),

  'server/error': ({ status }, { server }) => ({
    what: say('fail_server_error', { server, status }),
    why: say('fail_server_error_why'),
    next: say('fail_server_error_next'),
    actions: ['test-again'],
  }),

  'server/not-in-file': (_, { server }) => ({
    what: say('fail_not_in_file', { server }),
    why: say('fail_not_in_file_why'),
    next: say('fail_not_in_file_next'),
    actions: ['retry'],
  }),

  'server/refused-write': ({ status, said }, { server }) => ({
    what: say('fail_refused_write', { server, status }),
    why: said ? say('fail_refused_write_why', { said }) : say('fail_refused_write_silent'),
    next: say('fail_refused_write_next'),
  }),

  'server/not-found': ({ method, path }, { server }) => ({
    what: say('fail_not_found', { server, method, path }),
    why: say('fail_not_found_why'),
    next: say('fail_not_found_next'),
  }),

  'server/item-gone': (_, { server }) => ({
    what: say('fail_item_gone', { server }),
    next: say('fail_item_gone_next'),
    actions: ['retry'],
  }),

  'server/unexpected-reply': ({ status, at }, { server }) => ({
    what: say('fail_unexpected', { server, status }),
    why: say('fail_unexpected_why', { at }),
    next: say('fail_unexpected_next'),
  }),

  'server/held': (_, { server }) => ({
    what: say('fail_held', { server }),
    why: say('fail_held_why'),
    next: say('fail_held_next'),
    actions: ['open-settings'],
  }),

  'server/few-tries': ({ triesLeft }) => ({
    what: say('fail_few_tries', { count: triesLeft }),
    why: say('fail_few_tries_why'),
    next: say('fail_few_tries_next'),
    actions: ['insist'],
  }),

  'server/last-try': (_, { server }) => ({
    what: say('fail_last_try', { server }),
    why: say('fail_last_try_why'),
    next: say('fail_last_try_next'),
    actions: ['insist'],
  }),

  'server/safe-mode': (_, { server }) => ({
    what: say('fail_safe_mode', { server }),
    why: say('fail_safe_mode_why'),
    next: say('fail_safe_mode_next'),
  }),
};
