import type { Failure } from './failure.ts';
import { importWords } from './import-words.ts';
import { inputWords } from './input-words.ts';
import { relayWords } from './relay-words.ts';
import { serverWords } from './server-words.ts';
import type { Catalogue, FailureContext, FailureWords } from './words-of.ts';

/** The one catalogue. Every failure that a person can meet has its own words in it. */
const catalogue: Catalogue<Failure> = {
  ...inputWords,
  ...serverWords,
  ...relayWords,
  ...importWords,
};

/** A failure in words. The context names what it is about. */
export function describeFailure(
  failure: Failure,
  { server = '', place = '', relay = '' }: Partial<FailureContext> = {},
): FailureWords {
  const wordsOf = catalogue[failure.code] as (
    failure: Failure,
    context: FailureContext,
  ) => FailureWords;
  return wordsOf(failure, { server: server || place, place: place || server, relay });
}
