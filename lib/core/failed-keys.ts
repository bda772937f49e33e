import type { DialogCall } from './dialog-reason.ts';
import { describeFailure } from './failures/catalogue.ts';
import type { Failure } from './failures/failure.ts';
import { failedKeys, type HistoryEntry, type KeyOutcome } from './history.ts';

/** Keys of one import that failed for the same reason. */
export interface FailureGroup {
  failure: Failure;
  keys: readonly KeyOutcome[];
}

/** The keys of an entry that were not imported, by what is said of them, the largest group first. */
export function failureGroups(entry: HistoryEntry): readonly FailureGroup[] {
  const groups = Map.groupBy(failedKeys(entry), (key) => JSON.stringify(reasonOf(entry, key)));
  return [...groups.values()]
    .map((keys) => ({ failure: failureOf(keys[0]), keys }))
    .sort((one, other) => other.keys.length - one.keys.length);
}

/** The failed keys for which the same import may come to something another time. */
export const keysToRetry = (entry: HistoryEntry): readonly string[] =>
  failedKeys(entry).flatMap((key) => (mayRetry(failureOf(key)) ? [key.id] : []));

/** The failed keys that wait for a person, as the dialogs in which they are decided. */
export const keysToDecide = (entry: HistoryEntry): readonly DialogCall[] =>
  failedKeys(entry).flatMap((key) => {
    const failure = failureOf(key);
    if (failure.code !== 'import/needs-decision') return [];
    return [{ keyId: key.id, serverId: entry.server.id, reason: failure.reason }];
  });

function reasonOf(entry: HistoryEntry, key: KeyOutcome): unknown {
  const context = { server: entry.server.name, relay: key.host };
  const { what, next } = describeFailure(failureOf(key), context);
  return [what, next];
}

function failureOf(key: KeyOutcome | undefined): Failure {
  if (key?.result.outcome !== 'failed') throw new Error('Only failed keys have a failure');
  return key.result.failure;
}

/** What is the key's own fault, or waits for an answer, would only fail again. */
function mayRetry(failure: Failure): boolean {
  if (failure.code === 'import/needs-decision') return RELAY_REASONS.has(failure.reason);
  return !failure.code.startsWith('input/') && failure.code !== 'storage/gone';
}

/** The relay may answer the next time. */
const RELAY_REASONS: ReadonlySet<string> = new Set(['models-unavailable', 'no-models']);
