import type { VirtualClock } from '../stand-ins/clock.ts';

/** The promises of the write protocol, one name each. */
type Rule =
  /** Our write would change more of the list that it was planned on than was asked for. */
  | 'intent'
  /** A key was written that nobody has asked for (any more). */
  | 'unwanted'
  /** A write went out on a list that was not read just before. */
  | 'stale-list'
  /** A write went out on a list that lacks providers which an earlier look showed. */
  | 'lost-providers'
  | 'empty-list'
  | 'early-shrink'
  | 'too-close'
  | 'two-at-once'
  | 'after-refusal'
  | 'too-many-requests'
  /** A key stands twice after a write of ours. */
  | 'doubled'
  | 'key-lost'
  | 'untrue-success'
  | 'untrue-failure'
  /** A key of an import that was taken back stands there, through us. */
  | 'untrue-undo'
  /** After an undo the list is not what it was before the import, although nobody else touched it. */
  | 'undo-not-exact'
  /** A later read showed that a reported key is gone, and the receipt was not corrected. */
  | 'unsaid-loss'
  | 'no-receipt'
  | 'stuck'
  | 'crashed';

export interface Violation {
  rule: Rule;
  words: string;
}

/** What one run has shown. */
export interface Findings {
  violations: Violation[];
  /** What nobody can avoid, and how much was done, by name. */
  counts: Map<string, number>;
  violate(rule: Rule, words: string): void;
  count(name: string): void;
  /** A line of the readable trace. The words are only made if somebody reads them. */
  trace(line: () => string): void;
}

/** Keeps what a run shows; with `lines` also its trace. */
export function createFindings(clock: VirtualClock, lines?: string[]): Findings {
  const from = clock.now();
  const findings: Findings = {
    violations: [],
    counts: new Map(),
    violate(rule, words) {
      findings.violations.push({ rule, words });
      findings.trace(() => `!! ${rule}: ${words}`);
    },
    count(name) {
      findings.counts.set(name, (findings.counts.get(name) ?? 0) + 1);
      findings.trace(() => `-- ${name}`);
    },
    trace(line) {
      lines?.push(`${String(clock.now() - from).padStart(7)} ms  ${line()}`);
    },
  };
  return findings;
}
