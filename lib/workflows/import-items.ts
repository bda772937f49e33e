import type { ImportPlan, ImportWish, OpenWish } from '../core/changes/import.ts';
import type { Plan } from '../core/changes/plan.ts';
import { planImport } from '../core/changes/plan-import.ts';
import { baseUrlOf, modelsOf, type ProviderEntry } from '../core/changes/provider.ts';
import type { DialogReason } from '../core/dialog-reason.ts';
import type { Failure } from '../core/failures/failure.ts';
import type { ImportItem, Job } from '../core/jobs.ts';
import { aliasesFor, isMany } from '../core/models/alias-rules.ts';
import { comparableBaseUrl, normaliseBaseUrl } from '../core/relay/base-url.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { takesOverCodex } from '../core/server/traits.ts';
import { draftOf } from './import-draft.ts';
import { type LoadedKey, loadKeys } from './manage-keys.ts';
import type { OpenServer } from './open-server.ts';
import { knownLists, readModels } from './read-models.ts';
import type { Ending, LeftKey } from './report-change.ts';
import type { Worker } from './worker.ts';
import { writeLocked } from './write-locked.ts';

/** Relay keys as they are to be imported, and those of which nothing can be made. */
interface Wishes {
  wishes: ImportWish[];
  left: LeftKey[];
}

/**
 * Imports relay keys with one write to one list. A key that waits for a decision stops no
 * other; for a single one that was clicked, the dialog is asked instead.
 */
export async function importItems(
  job: Job,
  items: readonly ImportItem[],
  opened: OpenServer,
  worker: Worker,
): Promise<Ending | DialogReason> {
  const isSingle = items.length === 1 && !(job.work.cause === 'import' && job.work.isBatch);
  const { oneClick } = await worker.edges.preferences.read();
  if (isSingle && !items[0]?.form && oneClick === 'ask') return 'asked';
  const loaded = await loadItems(items, worker);
  const { left } = loaded;
  const seen = opened.memory.seen.get(job.kind) ?? [];
  const isServed = sitesWithModels(seen);
  await giveModels(
    loaded.wishes.filter((wish) => !isServed.has(comparableBaseUrl(wish.baseUrl))),
    loaded,
    opened,
    worker,
  );
  if (isSingle && left[0]?.failure.code === 'import/needs-decision') return left[0].failure.reason;

  let planned = planWishes(job, loaded.wishes, seen, opened);
  const write = () =>
    writeLocked(
      job,
      {
        planOn: (entries) => {
          planned = planWishes(job, loaded.wishes, entries, opened);
          return unreadOf(planned, loaded.wishes).length > 0 ? undefined : planOf(job, planned);
        },
      },
      opened,
      worker,
    );
  let written: Awaited<ReturnType<typeof write>> =
    loaded.wishes.length > 0
      ? await write()
      : fail(left[0]?.failure ?? { code: 'import/interrupted' });
  if (written.ok && written.value.status === 'undecided') {
    // What was remembered of the list is no more: these go to a provider that has no models.
    await giveModels(unreadOf(planned, loaded.wishes), loaded, opened, worker);
    if (isSingle && left[0]?.failure.code === 'import/needs-decision')
      return left[0].failure.reason;
    written = loaded.wishes.length > 0 ? await write() : written;
  }
  if (isSingle && planned.open.length > 0 && written.ok) return 'decision';
  const { requests } = opened;
  const undecided = { code: 'import/needs-decision', reason: 'decision' } as const;
  const open = planned.open.map(({ id }): LeftKey => ({ keyId: id, failure: undecided }));
  if (!written.ok) return { written, left: [...left, ...open], requests };
  if (written.value.status === 'undecided')
    return { written: fail(undecided), left: [...left, ...open], requests };
  return {
    written: ok(written.value),
    left: [...left, ...open],
    requests,
    placements: planned.placements,
  };
}

export function planWishes(
  { kind }: Pick<Job, 'kind'>,
  wishes: readonly ImportWish[],
  entries: readonly ProviderEntry[],
  { memory }: OpenServer,
): ImportPlan {
  const lists = { ...Object.fromEntries(memory.seen), [kind]: entries };
  return planImport(lists, wishes, { takesOverCodex: takesOverCodex(memory.traits) });
}

const planOf = ({ kind }: Job, { plans }: ImportPlan): Plan =>
  plans.find((plan) => plan.kind === kind) ?? { kind, steps: [] };

/** The wishes that wait for a model list which nobody has asked for yet. */
export function unreadOf({ open }: ImportPlan, wishes: readonly ImportWish[]): ImportWish[] {
  const waiting = new Set(open.filter(needsModels).map(({ id }) => id));
  return wishes.filter(({ id, models }) => waiting.has(id) && models === undefined);
}

const needsModels = ({ needs }: OpenWish): boolean => needs === 'models';

export const sitesWithModels = (entries: readonly ProviderEntry[]): ReadonlySet<string> =>
  new Set(
    entries
      .filter((entry) => modelsOf(entry).length > 0)
      .map((entry) => comparableBaseUrl(baseUrlOf(entry))),
  );

export interface Loaded extends Wishes {
  keys: Map<string, LoadedKey>;
}

export async function loadItems(items: readonly ImportItem[], worker: Worker): Promise<Loaded> {
  const loaded: Loaded = { wishes: [], left: [], keys: new Map() };
  const keyIds = items.map(({ keyId }) => keyId);
  const keys = await loadKeys(keyIds, worker);
  for (const { keyId, form } of items) {
    const key = keys.get(keyId);
    if (!key?.ok) {
      if (key) loaded.left.push({ keyId, failure: key.failure });
      continue;
    }
    loaded.keys.set(keyId, key.value);
    const wish = form
      ? await wishOfForm(keyId, form, key.value, worker)
      : wishOfClick(keyId, key.value);
    if (wish.ok) loaded.wishes.push(wish.value);
    else loaded.left.push({ keyId, failure: wish.failure });
  }
  return loaded;
}

async function wishOfForm(
  id: string,
  form: NonNullable<ImportItem['form']>,
  key: LoadedKey,
  worker: Worker,
): Promise<Result<ImportWish, Failure>> {
  const draft = await draftOf(form, key, worker);
  return draft.ok ? ok({ ...draft.value, id, kind: form.kind, answers: form.answers }) : draft;
}

/** What one click means: the name on the card, the relay's base URL, all that it lists. */
function wishOfClick(id: string, { key, apiKey }: LoadedKey): Result<ImportWish, Failure> {
  const base = normaliseBaseUrl(key.baseUrl);
  if (!base.ok) return base;
  if (base.value.style === 'anthropic') {
    return fail({ code: 'import/needs-decision', reason: 'anthropic-style' });
  }
  const { baseUrl } = base.value;
  const kind = 'openai-compatibility';
  return ok({ id, kind, apiKey, name: key.name, baseUrl, models: undefined, answers: {} });
}

/**
 * Reads the models of those wishes that come without: once per base URL, with the first key
 * that its relay answers. The wishes of a relay that gives none are left.
 */
export async function giveModels(
  wishes: readonly ImportWish[],
  loaded: Loaded,
  { api }: OpenServer,
  worker: Worker,
): Promise<void> {
  const sites = Map.groupBy(
    wishes.filter(({ kind, models }) => kind === 'openai-compatibility' && models === undefined),
    ({ baseUrl }) => comparableBaseUrl(baseUrl),
  );
  if (sites.size === 0) return;
  const known = await knownLists(worker);
  const given = new Map<string, SiteModels>();
  for (const own of sites.values()) {
    const models = await modelsOfSite(own, { keys: loaded.keys, known, api }, worker);
    for (const { id } of own) given.set(id, models);
  }
  loaded.wishes = loaded.wishes.flatMap((wish) => {
    const models = given.get(wish.id);
    if (typeof models !== 'string') return [{ ...wish, ...models }];
    const failure = { code: 'import/needs-decision', reason: models } as const;
    loaded.left.push({ keyId: wish.id, failure });
    return [];
  });
}

/** A relay's models and the base URL at which it listed them, or why there are none. */
type SiteModels = Pick<ImportWish, 'baseUrl' | 'models'> | DialogReason;

/** So many keys of a relay are tried for its list: one that is refused says nothing of the next. */
const KEYS_TRIED = 3;

/** With what the models of a relay are read. */
interface SiteReading extends Pick<OpenServer, 'api'> {
  keys: ReadonlyMap<string, LoadedKey>;
  /** What the session has read already. */
  known: Awaited<ReturnType<typeof knownLists>>;
}

async function modelsOfSite(
  wishes: readonly ImportWish[],
  { keys, known, api }: SiteReading,
  worker: Worker,
): Promise<SiteModels> {
  let reason: DialogReason = 'models-unavailable';
  for (const { id } of wishes.slice(0, KEYS_TRIED)) {
    const key = keys.get(id);
    if (!key) continue;
    const { baseUrl } = key.key;
    const question = { ...key, baseUrl, api, refresh: false };
    const read = known(key.key, baseUrl) ?? (await readModels(question, worker));
    if (read.state === 'read') {
      if (isMany(read.upstream)) return 'many-models';
      return { baseUrl: read.baseUrl, models: aliasesFor(read.upstream) };
    }
    const isEmpty = read.failure.tries.some(({ failure }) => failure.code === 'relay/no-models');
    if (isEmpty) reason = 'no-models';
  }
  return reason;
}
