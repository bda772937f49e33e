import type { ShownConflict } from '../changes/show-conflict.ts';
import type { DialogReason } from '../dialog-reason.ts';
import type { TypedUrlProblem } from '../net/typed-url.ts';
import type { SecretFault } from '../secrets.ts';
import type { Erasure } from '../server/erasures.ts';

/**
 * Everything that can go wrong and that a person can meet. A failure is a fact: its
 * words are in `catalogue.ts`, and it never carries a secret.
 */
export type Failure =
  | InputFailure
  | StoreFailure
  | ServerFailure
  | RelayFailure
  | ModelsFailure
  | ImportFailure
  | ConfigFileFailure
  | { code: 'worker/no-answer' }
  /** The browser lets a page write to the clipboard only while it has the focus. */
  | { code: 'clipboard/refused' };

/** What a person entered cannot be used; nothing was stored or sent. */
export type InputFailure =
  | { code: 'input/name'; problem: 'empty' | 'taken' }
  | { code: 'input/address'; problem: TypedUrlProblem }
  | { code: 'input/base-url'; problem: TypedUrlProblem }
  | { code: 'input/secret'; problem: SecretFault }
  | { code: 'input/header'; problem: 'name' | 'value' | 'reserved' | 'twice'; header: string }
  /** A secret would travel readable to a public host. */
  | { code: 'input/plain-http'; host: string }
  | { code: 'input/duplicate-key'; name: string }
  /** The key is the management key of a server of ours. */
  | { code: 'input/is-management-key'; server: string }
  /** The address is for Anthropic-style clients, and no OpenAI-style one of the same vendor is known. */
  | { code: 'input/anthropic-style' };

export type StoreFailure =
  | { code: 'vault/locked' }
  /** The browser refuses to keep a key in this profile. */
  | { code: 'vault/unavailable' }
  | { code: 'storage/full' }
  | { code: 'storage/unreadable'; what: string }
  /** What was asked for is not stored (any more). */
  | { code: 'storage/gone'; what: 'key' | 'server' | 'entry' };

/** What came, or did not come, from a server. */
export type ServerFailure =
  | { code: 'server/not-configured' }
  /** Nothing at that address answers, not even to a request whose answer may not be read. */
  | { code: 'server/unreachable'; otherScheme?: string }
  /** Something answers, and the browser may not read it: CORS headers stripped, a redirect, a foreign page. */
  | { code: 'server/unreadable'; otherScheme?: string }
  | { code: 'server/timeout'; seconds: number }
  | { code: 'server/cancelled' }
  | { code: 'server/redirect' }
  | { code: 'server/not-cliproxyapi'; found: 'html' | 'json' | 'other'; status: number }
  | { code: 'server/management-off' }
  | { code: 'server/management-key-unset' }
  | { code: 'server/wrong-management-key' }
  | { code: 'server/is-client-key' }
  | { code: 'server/banned'; until: number }
  | { code: 'server/remote-management-off' }
  | { code: 'server/forbidden'; status: number }
  | { code: 'server/error'; status: number }
  /** It applied a write, and could not save its file: at its next start the change is gone. */
  | { code: 'server/not-in-file' }
  | { code: 'server/refused-write'; status: number; said: string }
  | { code: 'server/not-found'; method: string; path: string }
  /** What a write by name meant is not in the list (any more). */
  | { code: 'server/item-gone' }
  | { code: 'server/unexpected-reply'; status: number; at: string }
  /** Nothing was sent: the last key was refused, or the last tries are left to the person. */
  | { code: 'server/held' }
  | { code: 'server/last-try'; until: number }
  | { code: 'server/few-tries'; triesLeft: number }
  /** Template client keys: the server answers no client until they are replaced. */
  | { code: 'server/safe-mode' };

/** The same server under the other scheme, where a failure found it there. */
export const otherAddressOf = (failure: Failure | undefined): string | undefined =>
  failure && 'otherScheme' in failure ? failure.otherScheme : undefined;

/** Why a relay did not give its model list. */
export type RelayFailure =
  /** The browser hides which: nobody there, or no CORS headers. */
  | { code: 'relay/unreadable' }
  | { code: 'relay/unreachable' }
  | { code: 'relay/timeout'; seconds: number }
  | { code: 'relay/wrong-key' }
  | { code: 'relay/forbidden' }
  | { code: 'relay/not-found' }
  | { code: 'relay/html' }
  | { code: 'relay/rate-limited' }
  | { code: 'relay/error'; status: number }
  | { code: 'relay/redirect' }
  | { code: 'relay/unexpected-reply' }
  | { code: 'relay/no-models' };

/** The ways to a relay's model list, in the order in which they are tried. */
export type ModelsWay = 'direct' | 'server' | 'access';

export interface ModelsTry {
  way: ModelsWay;
  failure: RelayFailure | ServerFailure;
}

export type ModelsFailure = { code: 'models/unavailable'; tries: readonly ModelsTry[] };

export type ImportFailure =
  /** Keys that are not on the server after every repeat. Others of the same import may be. */
  | { code: 'import/not-saved'; missing: number; written: number }
  /** Providers that the last look showed are gone, or the list came short: nothing was written. */
  | { code: 'import/server-changed'; gone: readonly string[] }
  /** After our write the list came without others' providers, and stayed so: nothing more was written. */
  | { code: 'import/list-lost'; gone: readonly string[] }
  /** Whether the write arrived could not be learnt. */
  | { code: 'import/unknown-outcome' }
  | { code: 'import/interrupted' }
  /** Something was to be taken out, and the server did not show for ten seconds that it is at rest. */
  | { code: 'import/still-loading' }
  /** Somebody has to say something before this key can be imported. */
  | { code: 'import/needs-decision'; reason: DialogReason }
  /** Between the plan and the write somebody changed what it writes or stands on: nothing was written. */
  | { code: 'change/conflict'; conflicts: readonly ShownConflict[] }
  /** The list is not the one any more that the person saw: nothing was written. */
  | { code: 'change/list-changed' }
  | { code: 'change/cancelled' }
  /** What any write over the API takes out of the server's file, told before the first one. */
  | { code: 'change/erases'; erasures: readonly Erasure[] };

export type ConfigFileFailure =
  | { code: 'config/not-yaml'; line: number; column: number }
  | { code: 'config/not-cliproxyapi' };
