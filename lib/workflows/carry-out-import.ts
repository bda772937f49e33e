import { changeLines, planDiff } from '../core/changes/describe.ts';
import type { ImportAnswers, ImportDraft, ImportPlan, Placement } from '../core/changes/import.ts';
import { planImport } from '../core/changes/plan-import.ts';
import { isProvider, type ProviderEntry } from '../core/changes/provider.ts';
import { needsPatch } from '../core/changes/write-form.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { HistoryEntry, RequestNote } from '../core/history.ts';
import type { ImportResult, ImportStage } from '../core/keys/relay-key.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Server } from '../core/server/server.ts';
import { type ServerTraits, takesOverCodex } from '../core/server/traits.ts';
import { checkServing } from './check-serving.ts';
import { rememberHoldings } from './look-at-server.ts';
import { type OpenServer, openServer } from './open-server.ts';
import type { Planner } from './server-memory.ts';
import type { Worker } from './worker.ts';
import { type Written, writeChange } from './write-change.ts';

/** One key on its way to one server. */
export interface ImportOrder {
  serverId: string;
  draft: ImportDraft;
  answers: ImportAnswers;
}

/** What an import came to, without what only the caller knows (which key, since when). */
export type Receipt = Pick<
  HistoryEntry,
  'result' | 'lines' | 'diff' | 'write' | 'requests' | 'repeats' | 'gone'
>;

export type CarriedOut =
  | { status: 'done'; receipt: Receipt; planner: Planner }
  /** On the list as it is, something is left to be asked first. Nothing was written. */
  | { status: 'undecided'; plan: Exclude<ImportPlan, { status: 'ready' }> };

/** Why an import ended without a receipt, and what had been asked until then. */
export interface ImportFault {
  failure: Failure;
  requests: readonly RequestNote[];
}

/** Changes to one server wait for each other, from whichever window they come. */
export const serverLock = ({ managementBaseUrl }: Server): string => `server/${managementBaseUrl}`;

/** Plans an import on a list as the server has it. */
export const planOrder = (
  { draft, answers }: ImportOrder,
  entries: readonly ProviderEntry[],
  traits: ServerTraits,
): ImportPlan => planImport(entries, [draft], answers, { takesOverCodex: takesOverCodex(traits) });

/** The planner of an order, for the write protocol: it has a plan only where nothing is left to ask. */
const plannerOf =
  (order: ImportOrder): Planner =>
  (entries, traits) => {
    const planned = planOrder(order, entries, traits);
    return planned.status === 'ready' ? planned.plan : undefined;
  };

/**
 * Writes one key to a server, proves it, and asks what clients get of it. One change at
 * a time per server. A failure carries the requests that were made until then.
 */
export async function carryOutImport(
  order: ImportOrder,
  onStage: (stage: ImportStage) => void,
  worker: Worker,
): Promise<Result<CarriedOut, ImportFault>> {
  const opened = await openServer(order.serverId, 'itself', worker);
  if (!opened.ok) return fail({ failure: opened.failure, requests: [] });
  const { server, api, memory, requests } = opened.value;
  const { clock } = worker.edges;
  const planner = plannerOf(order);
  return worker.edges.withLock(serverLock(server), async () => {
    const change = { kind: 'openai-compatibility' as const, planOn: planner };
    const written = await writeChange(change, { api, clock, memory, onStage });
    if (!written.ok) return fail({ failure: written.failure, requests });
    if (written.value.status === 'undecided')
      return undecided(order, written.value.entries, opened.value);
    await rememberHoldings(order.serverId, written.value.after, worker);
    onStage('serving');
    const receipt = await receiptOf(order, written.value, opened.value, worker);
    return ok({ status: 'done', receipt, planner });
  });
}

function undecided(
  order: ImportOrder,
  entries: readonly ProviderEntry[],
  { memory, requests }: OpenServer,
): Result<CarriedOut, ImportFault> {
  const plan = planOrder(order, entries, memory.traits);
  if (plan.status !== 'ready') return ok({ status: 'undecided', plan });
  return fail({ failure: { code: 'import/unknown-outcome' }, requests });
}

async function receiptOf(
  order: ImportOrder,
  written: Written,
  { api, memory, requests }: OpenServer,
  { edges }: Worker,
): Promise<Receipt> {
  const { before, plan, after, outcome } = written;
  const planned = planOrder(order, before, memory.traits);
  const placement = planned.status === 'ready' ? planned.placements[0] : undefined;
  const serving =
    placement && !placement.disabled && placement.aliases.length > 0
      ? await checkServing(entryOf(placement, after), placement, { api, clock: edges.clock })
      : undefined;
  const result: ImportResult = {
    at: edges.clock.now(),
    outcome: placement?.outcome ?? 'already-there',
    provider: placement?.provider.name ?? '',
    disabled: placement?.disabled ?? false,
    loading: outcome === 'loading',
    ...(serving && { serving }),
  };
  const isWritten = plan.steps.length > 0;
  return {
    result,
    lines: changeLines(before, plan),
    diff: planDiff(plan),
    ...(isWritten && { write: needsPatch(before, plan) ? 'PATCH' : 'PUT' }),
    requests,
    repeats: written.repeats,
    gone: written.gone.map(({ name }) => name),
  };
}

const entryOf = ({ provider }: Placement, after: readonly ProviderEntry[]): ProviderEntry =>
  after.find((entry) => isProvider(entry, provider)) ?? {};
