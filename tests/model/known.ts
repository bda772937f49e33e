import type { Violation } from './findings.ts';

// Faults of the engine that this model has found, and that are reported and not mended yet. Whoever
// mends one takes it out here.

/** `MODEL_STRICT=1` shows them all. */
const isStrict = process.env.MODEL_STRICT !== undefined;

/** What no schedule does as long as it always ends in a known fault. */
export const LEFT_OUT = {
  /** A provider with neither name nor key is never found again in a list, and counts as gone. */
  namelessWithoutKeys: false,
  /** An undo of the last 30 seconds is composed with an import that brings the same back: written four times. */
  importsAfterUndo: false,
  /** Of an import and its undo that are both in the journal, a new worker finishes the one and then the other. */
  deathsBesideUndo: !isStrict,
};

/** What a run may show, each as narrow as its words allow. */
const KNOWN: readonly { words: RegExp; reason: string }[] = [
  {
    words: /^lost-providers: .* seen$/,
    reason: 'reads of verify, repair and watch-over are not remembered as seen',
  },
  {
    words: /^lost-providers: .* seen by an earlier worker$/,
    reason:
      'a list that was read and not written on leaves no backup: a new worker believes a torn one',
  },
  {
    words: /^stale-list: it was planned on #/,
    reason: 'a look of the popup slips in between the read and the write of a running import',
  },
  {
    words: /^stale-list: the last answer came \d+ ms before$/,
    reason:
      'config.yaml is read between the list and the write: where that hangs, the list is 15 seconds old',
  },
];

/** What is new among the violations of a run. */
export const unknownOf = (violations: readonly Violation[]): string[] =>
  violations
    .map(({ rule, words }) => `${rule}: ${words}`)
    .filter((violation) => isStrict || !KNOWN.some(({ words }) => words.test(violation)));
