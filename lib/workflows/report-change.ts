import { changeLines, planDiff } from '../core/changes/describe.ts';
import { findPlacements } from '../core/changes/find-placements.ts';
import type { Placement } from '../core/changes/import.ts';
import { inverse, type Plan } from '../core/changes/plan.ts';
import { isProvider, type ProviderEntry } from '../core/changes/provider.ts';
import { needsPatch } from '../core/changes/write-form.ts';
import type { DialogCall } from '../core/dialog-reason.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { HistoryEntry, KeyOutcome, RequestNote } from '../core/history.ts';
import { type Job, keyIdsOf } from '../core/jobs.ts';
import type { ImportResult, KeyResult } from '../core/keys/relay-key.ts';
import { countServing, type Serving } from '../core/models/serving.ts';
import type { Result } from '../core/result.ts';
import type { UndoRecord } from '../core/stores.ts';
import { announceStates, relayHost } from './cards.ts';
import { checkServing } from './check-serving.ts';
import { changeSession, oneAtATime } from './one-at-a-time.ts';
import { type OpenServer, storedServer } from './open-server.ts';
import { showToolbar } from './toolbar.ts';
import type { Worker } from './worker.ts';
import type { Written } from './write-change.ts';

/** A key of which nothing was written, and why. */
export interface LeftKey {
  keyId: string;
  failure: Failure;
}

/** What a job came to. */
export interface Ending {
  written: Result<Written, Failure>;
  left: readonly LeftKey[];
  requests: readonly RequestNote[];
  /** Where the planner put each key; found out from the list where a worker was ended meanwhile. */
  placements?: readonly Placement[];
}

/** Keeps what became of a job and tells it: to who looks, else by the badge until someone does. */
export async function reportChange(
  job: Job,
  ending: Ending,
  opened: OpenServer | undefined,
  worker: Worker,
): Promise<HistoryEntry | undefined> {
  const entry = await entryOf(job, ending, opened, worker);
  // From here on it is a result, and nothing under way any more.
  worker.state.jobs.delete(job.id);
  if (!entry) return undefined;
  // Before it is told: whoever reads History on hearing of it sees both.
  if (ending.written.ok && job.work.cause === 'undo') await markUndone(job.work.of, worker);
  await keepEntry(entry, undoOf(job, ending), worker);
  return entry;
}

/** Keeps an entry, new or corrected, and tells it. */
export async function keepEntry(
  entry: HistoryEntry,
  undo: UndoRecord | undefined,
  worker: Worker,
): Promise<void> {
  const { edges } = worker;
  await edges.history.save(entry, undo);
  await keepResults(entry, worker);
  const keyIds = new Set(entry.keys.map(({ id }) => id));
  // An undo changes what the cards of keys say that it does not name.
  await announceStates(entry.server.id, worker, keyIds.size > 0 ? keyIds : undefined);
  const seen = await edges.announce({ event: 'result', entry });
  if (!seen) await keepUnseen(entry, worker);
  await showToolbar(worker);
}

async function entryOf(
  job: Job,
  ending: Ending,
  opened: OpenServer | undefined,
  worker: Worker,
): Promise<HistoryEntry | undefined> {
  const { clock } = worker.edges;
  const server = await storedServer(job.serverId, worker);
  const { written } = ending;
  const keys = await outcomesOf(job, ending, opened, worker);
  const isWritten = written.ok && hasSteps(written.value.plan);
  const failure = !written.ok && keys.length === 0 ? written.failure : undefined;
  return {
    id: job.id,
    runId: job.runId,
    at: clock.now(),
    cause: job.work.cause,
    ...(job.work.cause === 'undo' && { of: job.work.of }),
    kind: job.kind,
    server: { id: job.serverId, name: server.ok ? server.value.name : '' },
    keys,
    ...(failure && { failure }),
    lines: written.ok ? linesOf(job, written.value) : [],
    diff: written.ok ? planDiff(written.value.plan) : [],
    ...(isWritten && { write: writeMethod(written.value) }),
    requests: ending.requests,
    repeats: written.ok ? written.value.repeats : 0,
    gone: written.ok ? written.value.gone : [],
    tookMs: clock.now() - job.at,
    ...(isWritten && { undo: 'possible' as const }),
  };
}

const hasSteps = ({ steps, order }: Plan): boolean => steps.length > 0 || order !== undefined;

/** An import is told by the names of its keys and providers; any other change has no other name. */
const linesOf = ({ work }: Job, { before, plan }: Written) =>
  changeLines(before, plan, { isNamed: work.cause !== 'import' });

const writeMethod = ({ before, plan }: Written) => (needsPatch(before, plan) ? 'PATCH' : 'PUT');

function undoOf(job: Job, { written }: Ending): UndoRecord | undefined {
  if (!written.ok || !hasSteps(written.value.plan)) return undefined;
  return { serverId: job.serverId, plan: inverse(written.value.before, written.value.plan) };
}

/** What became of each key of an import. */
async function outcomesOf(
  job: Job,
  ending: Ending,
  opened: OpenServer | undefined,
  worker: Worker,
): Promise<KeyOutcome[]> {
  const keyIds = keyIdsOf(job);
  const cards = await worker.edges.keys.list();
  const byId = new Map((cards.ok ? cards.value : []).map((key) => [key.id, key]));
  const placed = await placementsOf(job, ending, opened, worker);
  const at = worker.edges.clock.now();
  const isLoading = ending.written.ok && ending.written.value.outcome === 'loading';
  const failures = new Map(ending.left.map(({ keyId, failure }) => [keyId, failure]));
  const rest: Failure = ending.written.ok ? { code: 'import/interrupted' } : ending.written.failure;
  return keyIds.flatMap((id) => {
    const key = byId.get(id);
    if (!key) return [];
    const found = placed.get(id);
    const result: ImportResult = found
      ? {
          at,
          outcome: found.placement.outcome,
          provider: found.placement.label,
          disabled: found.placement.disabled,
          loading: isLoading,
          ...(found.serving && { serving: found.serving }),
        }
      : { at, outcome: 'failed', failure: failures.get(id) ?? rest };
    const { name, mask } = key;
    return [{ id, name, mask, host: relayHost(key.baseUrl), result }];
  });
}

interface Placed {
  placement: Placement;
  serving?: Serving | undefined;
}

async function placementsOf(
  job: Job,
  ending: Ending,
  opened: OpenServer | undefined,
  worker: Worker,
): Promise<ReadonlyMap<string, Placed>> {
  const { written } = ending;
  const after = written.ok ? written.value.after : partlySaved(written.failure, job, opened);
  if (!after) return new Map();
  const plan = written.ok ? written.value.plan : job.write?.plan;
  const known = written.ok ? ending.placements : undefined;
  const placements = known ?? (plan ? await soughtPlacements(job, plan, after, worker) : []);
  const servings = await servingsOf(written.ok ? placements : [], after, opened, worker);
  return new Map(
    placements.map((placement) => [placement.id, { placement, serving: servings.get(placement) }]),
  );
}

/** Of a write that a server kept in part: what it shows. */
const partlySaved = (failure: Failure, { kind }: Job, opened: OpenServer | undefined) =>
  failure.code === 'import/not-saved' ? opened?.memory.seen.get(kind) : undefined;

async function soughtPlacements(
  job: Job,
  plan: Plan,
  after: readonly ProviderEntry[],
  { edges }: Worker,
): Promise<Placement[]> {
  const cards = await edges.keys.list();
  const items = job.work.cause === 'import' ? job.work.items : [];
  const sought = await Promise.all(
    items.map(async ({ keyId, form }) => {
      const apiKey = await edges.keys.apiKey(keyId);
      const card = cards.ok ? cards.value.find(({ id }) => id === keyId) : undefined;
      const baseUrl = form?.baseUrl ?? card?.baseUrl ?? '';
      return apiKey.ok && apiKey.value ? [{ id: keyId, apiKey: apiKey.value, baseUrl }] : [];
    }),
  );
  return findPlacements(plan, after, sought.flat());
}

/** What clients get, asked once for all providers. A kind without models of its own serves a built-in catalogue. */
async function servingsOf(
  placements: readonly Placement[],
  after: readonly ProviderEntry[],
  opened: OpenServer | undefined,
  { edges }: Worker,
): Promise<ReadonlyMap<Placement, Serving | undefined>> {
  if (!opened) return new Map();
  const isServing = ({ kind, disabled, aliases }: Placement) =>
    kind === 'openai-compatibility' && !disabled && aliases.length > 0;
  const byProvider = Map.groupBy(placements.filter(isServing), ({ provider }) =>
    JSON.stringify([provider.name, provider.baseUrl]),
  );
  const groups = [...byProvider.values()];
  const questions = groups.flatMap(([first]) =>
    first ? [{ ...first, entry: after.find((e) => isProvider(e, first.provider)) ?? {} }] : [],
  );
  const servings = await checkServing(questions, { api: opened.api, clock: edges.clock });
  return new Map(
    groups.flatMap((of, at) => of.map((placement) => [placement, servings[at]] as const)),
  );
}

function keepResults(entry: HistoryEntry, worker: Worker): Promise<void> {
  return oneAtATime('keys', worker, async () => {
    if (entry.keys.length === 0) return;
    const keys = await worker.edges.keys.list();
    if (!keys.ok) return;
    const results = new Map(entry.keys.map(({ id, result }) => [id, shortResult(result)]));
    const changed = keys.value.map((key) => {
      const result = results.get(key.id);
      return result ? { ...key, results: { ...key.results, [entry.server.id]: result } } : key;
    });
    await worker.edges.keys.save(changed);
  });
}

/** Of thousands of models their number is kept with the key; History has their names. */
function shortResult(result: ImportResult): KeyResult {
  if (result.outcome === 'failed') return result;
  const { serving, ...rest } = result;
  return { ...rest, ...(serving && { serving: countServing(serving) }) };
}

const keepUnseen = (entry: HistoryEntry, worker: Worker) =>
  changeSession('unseen', worker, (unseen) => [
    ...unseen.filter(({ id }) => id !== entry.id),
    entry,
  ]);

/** What was taken back cannot be taken back again. */
async function markUndone(entryId: string, { edges }: Worker): Promise<void> {
  const entry = await edges.history.read(entryId);
  if (entry.ok && entry.value) await edges.history.save({ ...entry.value, undo: 'done' });
}

/** Shows the import dialog where somebody looks, and otherwise in the next popup. */
export async function askInDialog(dialog: DialogCall, worker: Worker): Promise<void> {
  await worker.edges.session.write('dialog', dialog);
  await showToolbar(worker);
  await worker.edges.announce({ event: 'dialog', ...dialog });
}
