import type { ProviderKind } from '../../lib/core/changes/provider.ts';
import type { Findings } from './findings.ts';
import { type Entries, keysOf, sameText } from './lists.ts';
import type { ModelServer } from './model-server.ts';
import { differences } from './trace.ts';

/** A write of ours that a server carried out. */
export interface Applied {
  kind: ProviderKind;
  /** The list that it was planned on. */
  before: Entries;
  after: Entries;
  /** When it was sent. */
  at: number;
  /** The change of the server that it was planned on, by its place. */
  change: number;
}

/**
 * Where nobody else touched the list since an import, and we only for these keys, an undo leaves it
 * as it was, to the letter.
 */
export function judgeUndo(
  server: ModelServer,
  {
    apiKeys,
    writes,
    from,
  }: { apiKeys: readonly string[]; writes: readonly Applied[]; from: number },
  findings: Findings,
): void {
  const first = writes.findIndex(({ at, after }) => {
    const held = keysOf(after);
    return at >= from && apiKeys.some((key) => held.includes(key));
  });
  const begin = writes[first];
  if (!begin) return;
  const since = server.changes.slice(begin.change + 1);
  const isAlone = since.every(({ cause }) => cause === 'ours');
  const own = new Set(apiKeys);
  const isOnly = writes.slice(first).every(({ before, after }) => {
    const [was, is] = [new Set(keysOf(before)), new Set(keysOf(after))];
    return was.symmetricDifference(is).isSubsetOf(own);
  });
  if (!isAlone || !isOnly) return;
  findings.count('an undo that had to be exact');
  if (!sameText(server.lists()[begin.kind], begin.before)) {
    const left = differences(begin.before, server.lists()[begin.kind]);
    findings.violate('undo-not-exact', left.join('; '));
  }
}
