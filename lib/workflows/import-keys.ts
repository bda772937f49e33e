import type { ImportForm } from '../core/import-view.ts';
import { type ImportItem, type Job, keyIdsOf } from '../core/jobs.ts';
import { ok } from '../core/result.ts';
import { announceStates } from './cards.ts';
import { loadKey } from './manage-keys.ts';
import { storedServer } from './open-server.ts';
import { runJobs } from './run-jobs.ts';
import type { Done, Worker } from './worker.ts';

/**
 * Imports relay keys with one click: at once where nothing needs a decision. A single key
 * for a single server that does goes by way of the dialog. Ends when the results are told; what is under way
 * already is only shown again.
 */
export async function startImport(
  keyIds: readonly string[],
  serverIds: readonly string[],
  worker: Worker,
): Done {
  const { newId, clock } = worker.edges;
  const runId = newId();
  const isBatch = keyIds.length > 1 || serverIds.length > 1;
  const jobs = serverIds.map((serverId): Job => {
    const items = keyIds.filter((keyId) => !isRunning(keyId, serverId, worker)).map(toItem);
    const work = { cause: 'import', items, isBatch } as const;
    return { id: newId(), runId, at: clock.now(), serverId, kind: 'openai-compatibility', work };
  });
  return begin(jobs, keyIds, worker);
}

/** Imports a key as the dialog says. */
export async function runImport(
  keyId: string,
  serverId: string,
  form: ImportForm,
  worker: Worker,
): Done {
  const { newId, clock } = worker.edges;
  const isFree = !isRunning(keyId, serverId, worker);
  const items: ImportItem[] = isFree ? [{ keyId, form }] : [];
  const work = { cause: 'import', items } as const;
  const job = { id: newId(), runId: newId(), at: clock.now(), serverId, kind: form.kind, work };
  return begin([job], [keyId], worker);
}

const toItem = (keyId: string): ImportItem => ({ keyId });

const isRunning = (keyId: string, serverId: string, { state }: Worker): boolean =>
  [...state.jobs.values()].some(
    ({ job, keyIds }) => job.serverId === serverId && keyIds.has(keyId),
  );

async function begin(jobs: readonly Job[], keyIds: readonly string[], worker: Worker): Done {
  const free = jobs.filter((job) => keyIdsOf(job).length > 0);
  if (free.length < jobs.length) {
    for (const { serverId } of jobs) await announceStates(serverId, worker, new Set(keyIds));
  }
  const [job] = free;
  if (!job) return ok(undefined);
  return runJobs(free, worker, { mayBegin: () => mayBegin(free, worker) });
}

/** What was clicked must be there: of several keys, each is told of for itself later. */
async function mayBegin(jobs: readonly Job[], worker: Worker): Done {
  for (const job of jobs) {
    const [keyId, ...more] = keyIdsOf(job);
    const key = more.length === 0 ? await loadKey(keyId ?? '', worker) : ok(undefined);
    if (!key.ok) return key;
    const server = await storedServer(job.serverId, worker);
    if (!server.ok) return server;
  }
  await worker.edges.session.write('dialog', null);
  return ok(undefined);
}
