import { isShrinking, type Plan } from '../core/changes/plan.ts';
import type { ProviderEntry, ProviderKind } from '../core/changes/provider.ts';
import { entriesGone, keysMissing, keysWritten, nameOrHost } from '../core/changes/read-back.ts';
import { rebase } from '../core/changes/rebase.ts';
import { needsPatch, type Write, writeFor } from '../core/changes/write-form.ts';
import type { Failure, ServerFailure } from '../core/failures/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { ServerTraits } from '../core/server/traits.ts';
import { readBeforeWrite, readUntilStable } from './read-list.ts';
import {
  forgetContradicted,
  forgetWrites,
  learnTraits,
  planFresh,
  rememberWrite,
} from './server-memory.ts';
import { settle } from './settle.ts';
import { readBeforeShrinking } from './shrink-safely.ts';
import type { WriteDeps } from './write-deps.ts';

/** What is to become of one list of a server. */
export interface Change {
  /** Of the job: a change is known by it until it is proved. */
  id: string;
  kind: ProviderKind;
  /** The plan on the list as it was just read; nothing where somebody has to decide first. */
  planOn(entries: Entries, traits: ServerTraits): Plan | undefined;
  /** Changes that this one takes back, or all of its list: they are not watched over any more. */
  supersedes?: readonly string[] | 'all';
}

/** A change that is on the server, proved by what was read back. */
export interface Written {
  status: 'written';
  /** The list on which the change was planned first, and the plan. */
  before: Entries;
  plan: Plan;
  /** `nothing`: it stood already. `loading`: saved, but not loaded yet when we stopped looking. */
  outcome: 'nothing' | 'saved' | 'loading';
  /** The list as it was read last. */
  after: Entries;
  /** How often the server dropped it, so that it was written again. */
  repeats: number;
  /** Names of providers of others that disappeared while we wrote. */
  gone: readonly string[];
}

/** On the list as it is, the change has no plan: somebody has to decide. */
export interface Undecided {
  status: 'undecided';
  entries: Entries;
}

type Entries = readonly ProviderEntry[];

const MAX_REPEATS = 3;

/**
 * Carries out a change by the protocol of `docs/writing.md`, which was found on real
 * servers: they answer 200 to writes that a reload then drops. A fresh read, a plan on
 * what is there, one write, and reads until it is proved or has to be written again.
 *
 * To be run one at a time per server. Every failure but `import/not-saved`, `import/list-lost`,
 * `import/unknown-outcome` and `server/not-in-file` means that nothing was written.
 */
export async function writeChange(
  change: Change,
  deps: WriteDeps,
): Promise<Result<Written | Undecided, Failure>> {
  const { kind } = change;
  deps.onStage('reading');
  const planOn = (entries: Entries) => change.planOn(entries, deps.memory.traits);
  const isLess = (entries: Entries) => {
    const plan = planOn(entries);
    return plan !== undefined && isShrinking(plan);
  };
  const first = await readBeforeWrite(kind, deps);
  const read = first.ok && isLess(first.value) ? await readBeforeShrinking(kind, deps) : first;
  if (!read.ok) return read;
  forgetWrites(deps.memory, kind, change.supersedes ?? []);
  const before = read.value;
  const plan = planOn(before);
  if (!plan) return ok({ status: 'undecided', entries: before });
  forgetContradicted(deps.memory, plan, before);

  const own = { id: change.id, plan, at: deps.clock.now() };
  const goneIn = (list: Entries) => othersGone(own.plan, before, list);
  let entries = before;
  for (let writes = 0; ; writes += 1) {
    const may = { write: writes <= MAX_REPEATS, gone: writes > 0 ? goneIn(entries) : [] };
    const round = await writeOnce(own, entries, may, deps);
    if (!round.ok) return writes > 0 ? fail(afterWrite(round.failure)) : round;
    const { state, entries: after } = round.value;
    if (state === 'given-up') return fail(notSaved(plan, entries));
    if (state !== 'lost') {
      deps.memory.seen.set(kind, after);
      const outcome = state === 'nothing' && writes > 0 ? 'saved' : state;
      const repeats = Math.max(0, state === 'nothing' ? writes - 1 : writes);
      return ok({ status: 'written', before, plan, outcome, after, repeats, gone: goneIn(after) });
    }
    const again = isShrinking(plan)
      ? await readBeforeShrinking(kind, deps)
      : await readUntilStable(kind, deps, (list) => goneIn(list).length === 0);
    if (!again.ok) return fail({ code: 'import/unknown-outcome' });
    entries = again.value;
  }
}

/** What is said to be unknown or lost after a write is true; that nothing was written is not. */
const TRUE_AFTER_WRITE: ReadonlySet<Failure['code']> = new Set([
  'import/not-saved',
  'import/list-lost',
  'import/unknown-outcome',
  'server/not-in-file',
]);

/** A failure as it is to be told once something was sent. */
export const afterWrite = (failure: Failure): Failure =>
  TRUE_AFTER_WRITE.has(failure.code) ? failure : { code: 'import/unknown-outcome' };

/** Names of what a plan leaves and a later list does not have. */
function othersGone({ kind, steps }: Plan, before: Entries, after: Entries): string[] {
  const removed = new Set(steps.filter((step) => !step.after).map((step) => step.before));
  const stayed = before.filter((entry) => !removed.has(entry));
  return entriesGone(kind, stayed, after).map(nameOrHost);
}

type Own = Parameters<typeof rememberWrite>[1];

interface Round {
  state: 'nothing' | 'given-up' | 'saved' | 'loading' | 'lost';
  entries: Entries;
}

/** One plan, one write, and the reads after it. A change that a reload dropped goes along with the next. */
async function writeOnce(
  own: Own,
  entries: Entries,
  may: { write: boolean; gone: readonly string[] },
  deps: WriteDeps,
): Promise<Result<Round, Failure>> {
  const { memory, clock, onStage } = deps;
  const { kind } = own.plan;
  const left = rebase(kind, [own.plan], entries);
  const isMet = left.conflicts.length > 0;
  const isOpen = isMet || left.plan.steps.length > 0 || left.plan.order !== undefined;
  const { plan } = planFresh(memory, kind, entries, { now: clock.now(), own });
  if (!isOpen && plan.steps.length === 0 && !plan.order) return ok({ state: 'nothing', entries });
  // A write now would make it permanent that others' providers are not there.
  if (may.gone.length > 0) {
    if (isOpen) return fail({ code: 'import/list-lost', gone: may.gone });
    return ok({ state: 'nothing', entries });
  }
  // Somebody changed meanwhile what this writes or stands on: theirs stays.
  if (isMet) return ok({ state: 'given-up', entries });
  // An older change that cannot be brought back is no failure of this one.
  if (!may.write) return ok({ state: isOpen ? 'given-up' : 'nothing', entries });

  onStage('writing');
  const sent = await sendPlan(entries, plan, own, deps);
  if (!sent.ok) return sent;
  if (sent.value === 'item-gone') return ok({ state: 'lost', entries });
  rememberWrite(memory, { ...own, at: clock.now() });
  onStage('verifying');
  const answered = sent.value !== 'unanswered';
  const settled = await settle({ before: entries, plan, own, answered }, deps);
  if (settled.state === 'unknown') return fail({ code: 'import/unknown-outcome' });
  if (sent.value === 'not-in-file') return fail({ code: 'server/not-in-file' });
  return ok(settled.state === 'lost' ? { state: 'lost', entries } : settled);
}

/** Sends the one request of a plan. `unanswered`: it may have arrived, may arrive yet, or not at all. */
async function sendPlan(
  entries: Entries,
  plan: Plan,
  own: Own,
  { api, clock, memory, witness }: WriteDeps,
): Promise<Result<'answered' | 'unanswered' | 'item-gone' | 'not-in-file', Failure>> {
  if (memory.traits.patch === undefined && needsPatch(entries, plan)) {
    const patch = await api.probePatch();
    if (!patch.ok) return patch;
    learnTraits(memory, { patch: patch.value });
  }
  const write = writeFor(entries, plan, memory.traits.patch ?? 'whole');
  const witnessed = await witness.beforeWrite(own.plan, entries);
  if (!witnessed.ok) return witnessed;
  const sent = await sendWrite(plan.kind, write, { api });
  memory.lastWriteAt = clock.now();
  await witness.afterWrite();
  if (sent.ok) return ok('answered');
  if (sent.failure.code === 'server/item-gone') return ok('item-gone');
  if (sent.failure.code === 'server/not-in-file') return ok('not-in-file');
  return provesNothingWritten(sent.failure) ? sent : ok('unanswered');
}

const sendWrite = (kind: ProviderKind, write: Write, { api }: Pick<WriteDeps, 'api'>) =>
  write.method === 'PATCH'
    ? api.patchProvider(kind, write.target, write.value)
    : api.replaceProviders(kind, write.items);

/** A refusal proves it; a lost answer or a 500 does not: both were seen after the write was applied. */
const PROOFS: ReadonlySet<ServerFailure['code']> = new Set([
  'server/wrong-management-key',
  'server/banned',
  'server/remote-management-off',
  'server/management-key-unset',
  'server/management-off',
  'server/forbidden',
  'server/refused-write',
  'server/not-found',
  'server/held',
  'server/last-try',
  'server/few-tries',
]);

const provesNothingWritten = ({ code }: ServerFailure) => PROOFS.has(code);

function notSaved(plan: Plan, entries: Entries): Failure {
  const missing = keysMissing(plan, entries);
  return { code: 'import/not-saved', missing, written: keysWritten(plan) - missing };
}
