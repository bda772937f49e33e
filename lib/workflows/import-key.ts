import { baseUrlOf, modelsOf, type ProviderEntry } from '../core/changes/provider.ts';
import type { DialogReason, ImportForm } from '../core/import-view.ts';
import { aliasesFor, isMany } from '../core/models/alias-rules.ts';
import { comparableBaseUrl, normaliseBaseUrl } from '../core/relay/base-url.ts';
import { fail, type Result } from '../core/result.ts';
import {
  type CarriedOut,
  carryOutImport,
  type ImportFault,
  type ImportOrder,
} from './carry-out-import.ts';
import { draftOf } from './import-draft.ts';
import { type Ending, type Run, withRun } from './import-run.ts';
import { memoryOf, openServer } from './open-server.ts';
import { readModels } from './read-models.ts';
import type { Done, Worker } from './worker.ts';

/**
 * Imports a key with one click: at once where nothing needs a decision, else by way of
 * the dialog. Ends when the result is told; a second call for a running import only
 * shows it again.
 */
export function startImport(keyId: string, serverId: string, worker: Worker): Done {
  return withRun(keyId, serverId, worker, async (run) => {
    const { oneClick } = await worker.edges.preferences.read();
    if (oneClick === 'ask') return 'asked';
    const base = normaliseBaseUrl(run.key.baseUrl);
    if (!base.ok) return fail({ failure: base.failure, requests: [] });
    if (base.value.style === 'anthropic') return 'anthropic-style';
    return importAtOnce(base.value.baseUrl, run, worker);
  });
}

/** Imports a key as the dialog says. */
export function runImport(keyId: string, serverId: string, form: ImportForm, worker: Worker): Done {
  return withRun(keyId, serverId, worker, async (run) => {
    const draft = await draftOf(form, run, worker);
    if (!draft.ok) return fail({ failure: draft.failure, requests: [] });
    const order = { serverId, draft: draft.value, answers: form.answers };
    return orDecision(await carryOutImport(order, run.onStage, worker));
  });
}

async function importAtOnce(baseUrl: string, run: Run, worker: Worker): Promise<Ending> {
  const { key, apiKey, server } = run;
  const order: ImportOrder = {
    serverId: server.id,
    answers: {},
    draft: { apiKey, name: key.name, baseUrl, models: undefined },
  };
  // A provider that has models needs none, and its relay need not be asked.
  const seen = memoryOf(server.managementBaseUrl, worker).seen.get('openai-compatibility') ?? [];
  if (hasModelsAt(seen, baseUrl)) {
    const done = await carryOutImport(order, run.onStage, worker);
    const needsModels =
      done.ok && done.value.status === 'undecided' && done.value.plan.status === 'needs-models';
    if (!needsModels) return orDecision(done);
  }
  const models = await modelsFor(run, worker);
  if (typeof models === 'string') return models;
  const draft = { ...order.draft, baseUrl: models.baseUrl, models: aliasesFor(models.upstream) };
  return orDecision(await carryOutImport({ ...order, draft }, run.onStage, worker));
}

const orDecision = (done: Result<CarriedOut, ImportFault>): Ending =>
  done.ok && done.value.status === 'undecided' ? 'decision' : (done as Ending);

function hasModelsAt(entries: readonly ProviderEntry[], baseUrl: string): boolean {
  const url = comparableBaseUrl(baseUrl);
  return entries.some(
    (entry) => comparableBaseUrl(baseUrlOf(entry)) === url && modelsOf(entry).length > 0,
  );
}

/** The relay's models, or why the dialog has to be asked instead. */
async function modelsFor(
  { key, apiKey, server }: Run,
  worker: Worker,
): Promise<{ upstream: readonly string[]; baseUrl: string } | DialogReason> {
  const opened = await openServer(server.id, 'itself', worker);
  const api = opened.ok ? opened.value.api : undefined;
  const question = { key, apiKey, baseUrl: key.baseUrl, api, refresh: false };
  const models = await readModels(question, worker);
  if (models.state === 'failed') {
    const isEmpty = models.failure.tries.some(({ failure }) => failure.code === 'relay/no-models');
    return isEmpty ? 'no-models' : 'models-unavailable';
  }
  return isMany(models.upstream) ? 'many-models' : models;
}
