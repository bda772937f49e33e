import { aliasOffers } from '../core/changes/aliases.ts';
import { changeLines, planDiff } from '../core/changes/describe.ts';
import type { Decision, ImportAnswers, ImportPlan } from '../core/changes/import.ts';
import { hasManyKeys, isDisabled } from '../core/changes/kinds.ts';
import { planImport } from '../core/changes/plan-import.ts';
import {
  baseUrlOf,
  modelsOf,
  nameOf,
  type ProviderEntry,
  type ProviderKind,
  refOf,
} from '../core/changes/provider.ts';
import { needsPatch } from '../core/changes/write-form.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { ImportDialog, ImportForm, ImportPreview } from '../core/import-view.ts';
import type { RelayKey } from '../core/keys/relay-key.ts';
import { choicesInAdvance } from '../core/models/alias-rules.ts';
import { comparableBaseUrl, normaliseBaseUrl } from '../core/relay/base-url.ts';
import { baseUrlForKind } from '../core/relay/kind-base-url.ts';
import { proposeKind } from '../core/relay/propose-kind.ts';
import { ok, type Result } from '../core/result.ts';
import { takesOverCodex } from '../core/server/traits.ts';
import { draftOf } from './import-draft.ts';
import { loadKey } from './manage-keys.ts';
import { type OpenServer, openServer } from './open-server.ts';
import { lookTwice } from './read-list.ts';
import { knownModels } from './read-models.ts';
import { showToolbar } from './toolbar.ts';
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
  const { key, apiKey } = loaded.value;
  const base = normaliseBaseUrl(key.baseUrl);
  if (!base.ok) return base;
  const server = await openServer(serverId, 'itself', worker);
  if (!server.ok) return server;

  const read = await readNow('openai-compatibility', server.value, worker);
  const entries = read.ok ? read.value : [];
  const insteadOf = base.value.style === 'anthropic' ? base.value.baseUrl : undefined;
  const baseUrl = base.value.openaiBaseUrl ?? base.value.baseUrl;
  const models = await knownModels(key, baseUrl, worker);
  const baseUrls = baseUrlsOf(key, models?.baseUrl ?? baseUrl);
  const same = entries.filter(
    (entry) => comparableBaseUrl(baseUrlOf(entry)) === comparableBaseUrl(baseUrl),
  );
  const existing = same.length === 1 ? same[0] : undefined;
  const isOpenai = existing !== undefined || base.value.openaiBaseUrl !== undefined;
  const kind = isOpenai ? 'openai-compatibility' : proposeKind({ ...key, apiKey }).kind;
  const isFilled = existing !== undefined && modelsOf(existing).length > 0;
  const isAsked = hasManyKeys(kind) && insteadOf !== baseUrl;
  return ok({
    keyId,
    keyName: key.name,
    mask: key.mask,
    server: { id: serverId, name: server.value.server.name },
    form: {
      kind,
      name: existing ? nameOf(existing) : key.name,
      baseUrl: baseUrls[kind],
      models: isFilled || !hasManyKeys(kind) ? [] : choicesInAdvance(models?.upstream ?? []),
      answers: {},
    },
    ...(existing && { existing: existingView(existing) }),
    baseUrls,
    baseUrlNotes: base.value.notes,
    ...(insteadOf !== undefined && { insteadOf }),
    // An Anthropic-style address has no list in the form that is asked for here, and a single key needs none.
    models: models ?? { state: isAsked ? 'reading' : 'unasked' },
    pools: poolsOf(entries),
    canSwitchOff: server.value.memory.traits.knowsDisabled === true,
    ...(!read.ok && { serverFailure: read.failure }),
  });
}

/** What the key's address becomes in each list. */
function baseUrlsOf(key: RelayKey, openaiBaseUrl: string): ImportDialog['baseUrls'] {
  const inList = (kind: ProviderKind) => {
    const base = baseUrlForKind(kind, key.baseUrl);
    return base.ok ? base.value : key.baseUrl;
  };
  return {
    'openai-compatibility': openaiBaseUrl,
    'claude-api-key': inList('claude-api-key'),
    'gemini-api-key': inList('gemini-api-key'),
    'codex-api-key': inList('codex-api-key'),
  };
}

async function readNow(
  kind: ProviderKind,
  { api, memory }: OpenServer,
  { edges }: Worker,
): Promise<Result<readonly ProviderEntry[], Failure>> {
  const look = await lookTwice(kind, { api, memory, clock: edges.clock });
  return look.ok ? ok(look.value.entries) : look;
}

const existingView = (entry: ProviderEntry) => ({
  ...refOf(entry),
  models: modelsOf(entry).length,
  disabled: isDisabled('openai-compatibility', entry),
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
  const { kind, name, answers } = form;
  const seen = memory.seen.get(kind);
  const read = seen ? ok(seen) : await readNow(kind, opened.value, worker);
  if (!read.ok) return read;
  const entries = read.value;
  const lists = { ...Object.fromEntries(memory.seen), [kind]: entries };
  const server = { takesOverCodex: takesOverCodex(memory.traits) };
  const planWith = (given: ImportAnswers) =>
    planImport(lists, [{ ...draft.value, id: keyId, kind, answers: given }], server);
  const planned = planWith(answers);
  const { keyElsewhere, provider } = answers;
  const isOpen = planned.open.length > 0;
  const preview = {
    // Whether and where the key goes is asked first; what follows from that shows only with its answer.
    decisions: joinDecisions([
      planWith({}),
      planWith({ keyElsewhere }),
      planWith({ keyElsewhere, provider }),
      planned,
    ]),
    isOpen,
    provider: name,
  };
  if (isOpen) return ok({ ...preview, lines: [], diff: [] });
  const plan = planned.plans.find((each) => each.kind === kind) ?? { kind, steps: [] };
  return ok({
    ...preview,
    provider: planned.placements[0]?.label ?? name,
    lines: changeLines(entries, plan),
    diff: planDiff(plan),
    ...(plan.steps.length > 0 && { write: needsPatch(entries, plan) ? 'PATCH' : 'PUT' }),
  });
}

/** The decisions of several plans, each kind once. */
function joinDecisions(plans: readonly ImportPlan[]): Decision[] {
  const decisions = plans.flatMap(({ open }) =>
    open.flatMap((wish) => (wish.needs === 'decision' ? wish.decisions : [])),
  );
  return [...new Map(decisions.map((decision) => [decision.code, decision])).values()];
}
