import type { HistoryEntry } from '../../lib/core/history.ts';
import { createVirtualClock, type VirtualClock } from '../stand-ins/clock.ts';
import { claimsOf, tellsLoss } from './actions.ts';
import { type Claims, createClaims } from './claims.ts';
import { createFindings, type Findings } from './findings.ts';
import { happen } from './happen.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type { Life } from './life.ts';
import { createModelServer, type ModelServer } from './model-server.ts';
import { createModelStorage, fillStorage, keyIdOf, serverIdOf } from './model-storage.ts';
import { createNetwork } from './network.ts';
import { live } from './person.ts';
import { randomFrom } from './random.ts';
import type { Schedule } from './schedule.ts';
import { useVirtualTimeouts } from './virtual-timeouts.ts';

/** More than all imports of a run may take; one that is not over by then is stuck. */
const LIMIT_MS = 60 * 60_000;
/** Until every reload is over, and every request that may still arrive has arrived. */
const REST_MS = 20_000;

/**
 * Lets everything of a schedule happen, and tells what that showed; `lines` get the trace. An engine
 * that is `hasty` waits for nothing: the model has to notice.
 */
export async function run(
  schedule: Schedule,
  { lines, isHasty = false }: { lines?: string[]; isHasty?: boolean } = {},
): Promise<Findings> {
  const clock = createVirtualClock();
  const putBack = useVirtualTimeouts(clock);
  const findings = createFindings(clock, lines);
  try {
    await runOn(clock, { schedule, findings, isHasty });
  } catch (thrown) {
    findings.violate('crashed', thrown instanceof Error ? (thrown.stack ?? '') : String(thrown));
  } finally {
    putBack();
  }
  return findings;
}

interface RunParts {
  schedule: Schedule;
  findings: Findings;
  isHasty: boolean;
}

async function runOn(
  clock: VirtualClock,
  { schedule, findings, isHasty }: RunParts,
): Promise<void> {
  const random = randomFrom(schedule.seed ^ 0x5bd1e995);
  const onCrash = () => findings.count('a server crashed over a shrinking list');
  const servers = schedule.servers.map((setup, at) =>
    createModelServer({ ...setup, at }, { clock, random, onCrash }),
  );
  const claims = createClaims({ clock, findings });
  const ledger = createLedger(servers, { clock, findings, claims });
  const lives: Life[] = [];
  const around = { clock, findings, keys: schedule.keys };
  const network = createNetwork({
    clock,
    random,
    findings,
    ledger,
    servers,
    schedule,
    lives,
    happen(trouble, server) {
      ledger.unsettle(server);
      happen(trouble, server, around);
    },
  });
  const storage = createModelStorage(schedule, {
    refusalsSaved: () => ledger.refusalsSaved(),
    historySaved: (entry) =>
      hearEntry(entry, { schedule, servers, claims, ledger, findings, lives }),
  });
  await fillStorage(storage, servers, schedule.keys);
  const { fetchAs } = network;
  const world = { clock, findings, ledger, claims, servers, schedule };
  let ids = 0;
  // Sorted as they were given: History keeps its entries by them.
  const newId = () => `id-${String(ids++).padStart(4, '0')}`;
  const parts = { ...world, storage, fetchAs, lives, isHasty, newId };
  const end = await clock.runUntil(
    Promise.race([live(parts).then(() => 'over'), clock.sleep(LIMIT_MS)]),
  );
  if (end !== 'over') findings.violate('stuck', 'the run is not over after an hour');
  await clock.advance(REST_MS);
  claims.judge({ isWhole: lives.length === 1, canStore: !storage.wasFull() });
}

interface Hearers {
  schedule: Schedule;
  servers: readonly ModelServer[];
  claims: Claims;
  ledger: Ledger;
  findings: Findings;
  lives: readonly Life[];
}

/** An entry of History was stored: what it says is held against what was read. */
function hearEntry(
  entry: HistoryEntry,
  { schedule, servers, claims, ledger, findings, lives }: Hearers,
) {
  const server = servers.find((_, at) => serverIdOf(at) === entry.server.id);
  if (!server) return;
  const own = claimsOf(entry).flatMap(({ keyId, ...claim }) => {
    const key = schedule.keys.find((_, at) => keyIdOf(at) === keyId);
    if (!key) return [];
    const { apiKey } = key;
    // Where theirs was to stay, part of it may be there.
    const isPart = claim.says === 'gone' && !ledger.ordersOf(server).isTakenWhole(apiKey);
    return [
      {
        ...claim,
        ...(isPart && { says: 'open' as const }),
        apiKey,
        server,
        life: lives.length - 1,
      },
    ];
  });
  findings.trace(
    () =>
      `History: ${describe(entry)} ${own.map(({ apiKey, words }) => `${apiKey} ${words}`).join()}`,
  );
  for (const claim of own) claims.made(claim);
  if (entry.undo === 'done') {
    const gone = own.filter(({ says }) => says === 'gone');
    ledger.tookBack(
      server,
      gone.map(({ apiKey }) => apiKey),
      entry.at - entry.tookMs,
    );
  }
  if (own.length === 0 || own.some(({ says }) => says !== 'there')) ledger.unsettle(server);
  if (tellsLoss(entry)) {
    ledger.told(server);
    claims.lossTold(server);
  }
  ledger.claimed();
}

const describe = ({ id, cause, failure, gone, repeats }: HistoryEntry) =>
  JSON.stringify({ id, cause, failure, gone, repeats });
