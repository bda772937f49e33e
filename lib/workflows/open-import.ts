import { aliasOffers } from '../core/changes/aliases.ts';
import { changeLines, planDiff } from '../core/changes/describe.ts';
import type { Decision, ImportAnswers, ImportPlan } from '../core/changes/import.ts';
import {
  baseUrlOf,
  isDisabled,
  modelsOf,
  nameOf,
  type ProviderEntry,
  refOf,
} from '../core/changes/provider.ts';
import { needsPatch } from '../core/changes/write-form.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { ImportDialog, ImportForm, ImportPreview } from '../core/import-view.ts';
import { choicesInAdvance } from '../core/models/alias-rules.ts';
import { comparableBaseUrl, normaliseBaseUrl } from '../core/relay/base-url.ts';
import { ok, type Result } from '../core/result.ts';
import { planOrder } from './carry-out-import.ts';
import { draftOf } from './import-draft.ts';
import { loadKey } from './manage-keys.ts';
import { type OpenServer, openServer } from './open-server.ts';
import { lookTwice } from './read-list.ts';
import { knownModels } from './read-models.ts';
import { showToolbar } from './report-import.ts';
import type { Worker } from './worker.ts';

/** The import dialog for a key, prefilled from the key, the server's list and what the relay listed already. */
export async function openImport(
  keyId: string,
  serverId: string,
  worker: Worker,
): Promise<Result<ImportDialog, Failure>> {
  await worker.edges.session.write('dialog', null);
  await showToolbar(worker);
  const loaded = await loadKey(keyId, worker);
  if (!loaded.ok) return loaded;
  const { key } = loaded.value;
  const base = normaliseBaseUrl(key.baseUrl);
  if (!base.ok) return base;
  const server = await openServer(serverId, 'itself', worker);
  if (!server.ok) return server;

  const read = await readNow(server.value, worker);
  const entries = read.ok ? read.value : [];
  const insteadOf = base.value.style === 'anthropic' ? base.value.baseUrl : undefined;
  const baseUrl = base.value.openaiBaseUrl ?? base.value.baseUrl;
  const models = await knownModels(key, baseUrl, worker);
  const same = entries.filter(
    (entry) => comparableBaseUrl(baseUrlOf(entry)) === comparableBaseUrl(baseUrl),
  );
  const existing = same.length === 1 ? same[0] : undefined;
  return ok({
    keyId,
    keyName: key.name,
    mask: key.mask,
    server: { id: serverId, name: server.value.server.name },
    form: {
      name: existing ? nameOf(existing) : key.name,
      baseUrl: models?.baseUrl ?? baseUrl,
      models:
        existing && modelsOf(existing).length > 0 ? [] : choicesInAdvance(models?.upstream ?? []),
      answers: {},
    },
    ...(existing && { existing: existingView(existing) }),
    baseUrlNotes: base.value.notes,
    ...(insteadOf !== undefined && { insteadOf }),
    // An Anthropic-style address has no list in the form that is asked for here.
    models: models ?? { state: insteadOf === baseUrl ? 'unasked' : 'reading' },
    pools: poolsOf(entries),
    ...(!read.ok && { serverFailure: read.failure }),
  });
}

async function readNow(
  { api, memory }: OpenServer,
  { edges }: Worker,
): Promise<Result<readonly ProviderEntry[], Failure>> {
  const look = await lookTwice('openai-compatibility', { api, memory, clock: edges.clock });
  return look.ok ? ok(look.value.entries) : look;
}

const existingView = (entry: ProviderEntry) => ({
  ...refOf(entry),
  models: modelsOf(entry).length,
  disabled: isDisabled(entry),
});

const poolsOf = (entries: readonly ProviderEntry[]): Record<string, readonly string[]> =>
  Object.fromEntries(
    [...aliasOffers(entries)].map(([alias, offers]) => [
      alias,
      [...new Set(offers.map(({ provider }) => provider))],
    ]),
  );

/** What an import would do to the server as it was last seen; it is asked only if it was not seen yet. */
export async function previewImport(
  keyId: string,
  serverId: string,
  form: ImportForm,
  worker: Worker,
): Promise<Result<ImportPreview, Failure>> {
  const loaded = await loadKey(keyId, worker);
  if (!loaded.ok) return loaded;
  const opened = await openServer(serverId, 'itself', worker);
  if (!opened.ok) return opened;
  const draft = await draftOf(form, loaded.value, worker);
  if (!draft.ok) return draft;
  const { memory } = opened.value;
  const seen = memory.seen.get('openai-compatibility');
  const read = seen ? ok(seen) : await readNow(opened.value, worker);
  if (!read.ok) return read;
  const entries = read.value;
  const { name, answers } = form;
  const planWith = (given: ImportAnswers) =>
    planOrder({ serverId, draft: draft.value, answers: given }, entries, memory.traits);
  const planned = planWith(answers);
  const preview = {
    // Where the key goes is asked first; what follows from that shows only with its answer.
    decisions: joinDecisions([planWith({}), planWith({ provider: answers.provider }), planned]),
    isOpen: planned.status !== 'ready',
    provider: name,
  };
  if (planned.status !== 'ready') return ok({ ...preview, lines: [], diff: [] });
  const { plan, placements } = planned;
  return ok({
    ...preview,
    provider: placements[0]?.provider.name ?? name,
    lines: changeLines(entries, plan),
    diff: planDiff(plan),
    ...(plan.steps.length > 0 && { write: needsPatch(entries, plan) ? 'PATCH' : 'PUT' }),
  });
}

/** The decisions of several plans, each kind once. */
function joinDecisions(plans: readonly ImportPlan[]): Decision[] {
  const decisions = plans.flatMap((plan) =>
    plan.status === 'needs-decision' ? plan.decisions : [],
  );
  return [...new Map(decisions.map((decision) => [decision.code, decision])).values()];
}
