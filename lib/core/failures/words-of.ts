import type { Words } from '../words/words.ts';
import type { Failure } from './failure.ts';

/** What a person can do about a failure with one click; the interface has a button for each. */
export type FailureAction =
  | 'decide'
  | 'compare'
  | 'open-settings'
  | 'test-again'
  | 'use-other-scheme'
  | 'grant-server-access'
  | 'grant-relay-access'
  | 'change-key'
  | 'insist'
  | 'retry'
  | 'reload';

/** A step of a remedy that is done elsewhere, with the line to copy where there is one. */
export interface FixStep {
  words: Words;
  code?: string;
}

/** A failure in words: what happened, what it means, what to do about it. */
export interface FailureWords {
  what: Words;
  why?: Words;
  next: Words;
  fix?: readonly FixStep[];
  actions?: readonly FailureAction[];
}

/** What the words name beside the failure's own facts. Unnamed things are called by what they are. */
export interface FailureContext {
  /** The name of the server. */
  server: string;
  /** Its host, port and prefix. */
  place: string;
  /** The host of the relay. */
  relay: string;
}

/** Words for each failure of an area. One without words does not compile. */
export type Catalogue<Area extends Failure> = {
  [Code in Area['code']]: (
    failure: Extract<Area, { code: Code }>,
    context: FailureContext,
  ) => FailureWords;
};
