import { changeLines, planDiff } from '../core/changes/describe.ts';
import type { ImportPlan, Placement } from '../core/changes/import.ts';
import { needsPatch } from '../core/changes/write-form.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { BatchPreview, WaitingKey } from '../core/import-view.ts';
import { comparableBaseUrl } from '../core/relay/base-url.ts';
import { ok, type Result } from '../core/result.ts';
import { relayHost } from './cards.ts';
import {
  giveModels,
  type Loaded,
  loadItems,
  planWishes,
  sitesWithModels,
  unreadOf,
} from './import-items.ts';
import { type OpenServer, openServer, storedServer } from './open-server.ts';
import { lookTwice } from './read-list.ts';
import type { Worker } from './worker.ts';

/**
 * What an import of several keys would do to each server, as it stands now: the same plan
 * that the import makes. A server that cannot be read keeps no other from being told.
 */
export async function previewBatch(
  keyIds: readonly string[],
  serverIds: readonly string[],
  worker: Worker,
): Promise<Result<readonly BatchPreview[], Failure>> {
  const previews: BatchPreview[] = [];
  // One after the other: what a relay told for the first server is known for the next.
  for (const serverId of serverIds) previews.push(await previewOn(serverId, keyIds, worker));
  return ok(previews);
}

async function previewOn(
  serverId: string,
  keyIds: readonly string[],
  worker: Worker,
): Promise<BatchPreview> {
  const stored = await storedServer(serverId, worker);
  const server = { id: serverId, name: stored.ok ? stored.value.name : '' };
  const unread = (failure: Failure): BatchPreview => ({ ...untold(server), failure });
  const opened = await openServer(serverId, 'itself', worker);
  if (!opened.ok) return unread(opened.failure);
  const { api, memory } = opened.value;
  const kind = 'openai-compatibility';
  const look = await lookTwice(kind, { api, memory, clock: worker.edges.clock });
  if (!look.ok) return unread(look.failure);
  const { entries } = look.value;

  const items = keyIds.map((keyId) => ({ keyId }));
  const loaded = await loadItems(items, worker);
  const planned = await planWithModels(
    loaded,
    () => planWishes({ kind }, loaded.wishes, entries, opened.value),
    opened.value,
    worker,
  );
  return {
    server,
    counts: countsOf(planned.placements),
    lists: planned.plans.map((plan) => {
      const list = memory.seen.get(plan.kind) ?? [];
      return {
        kind: plan.kind,
        lines: changeLines(list, plan),
        diff: planDiff(plan),
        write: needsPatch(list, plan) ? 'PATCH' : 'PUT',
      };
    }),
    waiting: waitingOf(keyIds, loaded, planned),
  };
}

const untold = (server: BatchPreview['server']) => ({
  server,
  counts: { created: 0, added: 0, there: 0 },
  lists: [],
  waiting: [],
});

/** Asks the relays for the models that the plan needs, and for no others. */
async function planWithModels(
  loaded: Loaded,
  plan: () => ImportPlan,
  opened: OpenServer,
  worker: Worker,
): Promise<ImportPlan> {
  const served = sitesWithModels(opened.memory.seen.get('openai-compatibility') ?? []);
  const isNew = ({ baseUrl }: { baseUrl: string }) => !served.has(comparableBaseUrl(baseUrl));
  await giveModels(loaded.wishes.filter(isNew), loaded, opened, worker);
  const first = plan();
  const unread = unreadOf(first, loaded.wishes);
  if (unread.length === 0) return first;
  await giveModels(unread, loaded, opened, worker);
  return plan();
}

function countsOf(placements: readonly Placement[]): BatchPreview['counts'] {
  const count = (wanted: Placement['outcome']) =>
    placements.filter(({ outcome }) => outcome === wanted).length;
  return { created: count('created'), added: count('added'), there: count('already-there') };
}

/** The keys that wait, in the order in which they were selected. */
function waitingOf(
  keyIds: readonly string[],
  { left, keys }: Loaded,
  { open }: ImportPlan,
): WaitingKey[] {
  const failures = new Map(left.map(({ keyId, failure }) => [keyId, failure]));
  const opens = new Map(open.map((wish) => [wish.id, wish]));
  const undecided = { code: 'import/needs-decision', reason: 'decision' } as const;
  return keyIds.flatMap((id) => {
    const wish = opens.get(id);
    const failure = failures.get(id) ?? (wish && undecided);
    if (!failure) return [];
    const key = keys.get(id)?.key;
    const decisions = wish?.needs === 'decision' ? wish.decisions : [];
    const host = key ? relayHost(key.baseUrl) : '';
    return [{ id, name: key?.name ?? '', host, failure, decisions }];
  });
}
