import type { HistoryEntry } from '../core/history.ts';
import type { RelayKey } from '../core/keys/relay-key.ts';
import type { Server } from '../core/server/server.ts';
import { serverLock } from './carry-out-import.ts';
import { rememberHoldings } from './look-at-server.ts';
import { openServer } from './open-server.ts';
import { readList } from './read-list.ts';
import { reportImport } from './report-import.ts';
import type { Planner } from './server-memory.ts';
import type { Worker } from './worker.ts';
import { writeChange } from './write-change.ts';

/** The one check that catches a server whose memory falls back behind its file (`docs/writing.md`). */
const LATER_MS = 2000;

/**
 * Looks once more, two seconds after an import was told, and writes again what the
 * server has dropped since. The receipt is then corrected.
 */
export async function watchOver(
  entry: HistoryEntry,
  planner: Planner,
  run: { key: RelayKey; server: Server },
  worker: Worker,
): Promise<void> {
  if (entry.write === undefined) return;
  const { clock, withLock } = worker.edges;
  await clock.sleep(LATER_MS);
  const opened = await openServer(run.server.id, 'itself', worker);
  if (!opened.ok) return;
  const { server, api, memory } = opened.value;
  await withLock(serverLock(server), async () => {
    const read = await readList('openai-compatibility', { api, memory, clock });
    if (!read.ok) return;
    await rememberHoldings(run.server.id, read.value, worker);
    const left = planner(read.value, memory.traits);
    const isHeld = worker.state.holdings.get(run.server.id)?.has(run.key.fingerprint);
    if (left ? left.steps.length === 0 : isHeld) return;
    const change = { kind: 'openai-compatibility' as const, planOn: planner };
    const again = await writeChange(change, { api, clock, memory, onStage: () => {} });
    if (again.ok && again.value.status === 'written') {
      await rememberHoldings(run.server.id, again.value.after, worker);
    }
    const corrected = { ...entry, ...correctionOf(again, entry, clock.now()) };
    await reportImport(run.key, run.server, corrected, worker);
  });
}

function correctionOf(
  again: Awaited<ReturnType<typeof writeChange>>,
  { repeats }: HistoryEntry,
  at: number,
): Partial<HistoryEntry> {
  if (again.ok && again.value.status === 'written') {
    return { repeats: repeats + again.value.repeats + (again.value.outcome === 'nothing' ? 0 : 1) };
  }
  // Nothing was written because somebody has to decide: what was told as saved is not there.
  const undecided = { code: 'import/not-saved', missing: 1, written: 0 } as const;
  const failure = again.ok ? undecided : again.failure;
  return { repeats: repeats + 1, result: { at, outcome: 'failed', failure } };
}
