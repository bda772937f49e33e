import { say } from '../words/words.ts';
import type { ConfigFileFailure, InputFailure, StoreFailure } from './failure.ts';
import type { Catalogue } from './words-of.ts';

/** Words for what was entered, dropped or stored. */
export const inputWords: Catalogue<
  | InputFailure
  | StoreFailure
  | ConfigFileFailure
  | { code: 'worker/no-answer' }
  | { code: 'clipboard/refused' }
> = {
  'input/name': ({ problem }) =>
    problem === 'empty'
      ? { what: say('fail_name_empty'), next: say('fail_name_empty_next') }
      : { what: say('fail_name_taken'), next: say('fail_name_taken_next') },

  'input/address': ({ problem }) => addressWords[problem],
  'input/base-url': ({ problem }) => addressWords[problem],

  'input/secret': ({ problem }) => secretWords[problem],

  'input/header': ({ problem, header }) => {
    const what = {
      name: say('fail_header_name', { header }),
      value: say('fail_header_value', { header }),
      reserved: say('fail_header_reserved', { header }),
      twice: say('fail_header_twice', { header }),
    }[problem];
    return { what, next: say('fail_header_next') };
  },

  'input/plain-http': ({ host }) => ({
    what: say('fail_plain_http', { host }),
    why: say('fail_plain_http_why'),
    next: say('fail_plain_http_next'),
    actions: ['insist'],
  }),

  'input/duplicate-key': ({ name }) => ({
    what: say('fail_duplicate_key', { name }),
    next: say('fail_duplicate_key_next'),
  }),

  'input/is-management-key': ({ server }) => ({
    what: say('fail_is_management_key', { server }),
    why: say('fail_is_management_key_why'),
    next: say('fail_is_management_key_next'),
  }),

  'input/anthropic-style': () => ({
    what: say('fail_anthropic_style'),
    why: say('fail_anthropic_style_why'),
    next: say('fail_anthropic_style_next'),
  }),

  'vault/locked': () => ({ what: say('fail_locked'), next: say('fail_locked_next') }),
  'vault/unavailable': () => ({
    what: say('fail_vault_unavailable'),
    why: say('fail_vault_unavailable_why'),
    next: say('fail_vault_unavailable_next'),
  }),
  'storage/full': () => ({ what: say('fail_storage_full'), next: say('fail_storage_full_next') }),
  'storage/unreadable': ({ what }) => ({
    what: say('fail_storage_unreadable', { what }),
    why: say('fail_storage_unreadable_why'),
    next: say('fail_storage_unreadable_next'),
  }),
  'storage/gone': ({ what }) => ({
    what: {
      key: say('fail_gone_key'),
      server: say('fail_gone_server'),
      entry: say('fail_gone_entry'),
    }[what],
    next: say('fail_gone_next'),
    actions: ['reload'],
  }),

  'config/not-yaml': ({ line, column }) => ({
    what: say('fail_config_not_yaml', { line, column }),
    next: say('fail_config_not_yaml_next'),
  }),
  'config/not-cliproxyapi': () => ({
    what: say('fail_config_foreign'),
    next: say('fail_config_foreign_next'),
  }),

  'worker/no-answer': () => ({
    what: say('fail_worker'),
    next: say('fail_worker_next'),
    actions: ['reload'],
  }),

  'clipboard/refused': () => ({ what: say('fail_clipboard'), next: say('fail_clipboard_next') }),
};

const addressWords = {
  empty: { what: say('fail_address_empty'), next: say('fail_address_empty_next') },
  'not-an-address': { what: say('fail_address_odd'), next: say('fail_address_odd_next') },
  'other-scheme': { what: say('fail_address_scheme'), next: say('fail_address_scheme_next') },
  credentials: {
    what: say('fail_address_credentials'),
    next: say('fail_address_credentials_next'),
  },
};

const secretWords = {
  empty: { what: say('fail_secret_empty'), next: say('fail_secret_empty_next') },
  masked: {
    what: say('fail_secret_masked'),
    why: say('fail_secret_masked_why'),
    next: say('fail_secret_masked_next'),
  },
  placeholder: {
    what: say('fail_secret_placeholder'),
    next: say('fail_secret_placeholder_next'),
  },
  hash: {
    what: say('fail_secret_hash'),
    why: say('fail_secret_hash_why'),
    next: say('fail_secret_hash_next'),
  },
  unsendable: { what: say('fail_secret_odd'), next: say('fail_secret_odd_next') },
};
