import type { Plan } from '../core/changes/plan.ts';
import {
  type ProviderEntry,
  type ProviderKind,
  type ProviderRef,
  refOf,
} from '../core/changes/provider.ts';
import { keysWritten, providersGone } from '../core/changes/read-back.ts';
import { needsPatch, type Write, writeFor } from '../core/changes/write-form.ts';
import type { Failure, ServerFailure } from '../core/failures/failure.ts';
import { hostOf } from '../core/relay/base-url.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { type ReadDeps, readBeforeWrite, readUntilStable } from './read-list.ts';
import { learnTraits, type Planner, planFresh, rememberWrite } from './server-memory.ts';
import { settle } from './settle.ts';

/** How far a change has come. */
export type Stage = 'reading' | 'writing' | 'verifying';

export interface WriteDeps extends ReadDeps {
  onStage(stage: Stage): void;
}

export interface Change {
  kind: ProviderKind;
  planOn: Planner;
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
  /** Providers of anyone that disappeared while we wrote. */
  gone: readonly ProviderRef[];
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
 * To be run one at a time per server. Every failure but `import/not-saved` and
 * `import/unknown-outcome` means that nothing was written.
 */
export async function writeChange(
  change: Change,
  deps: WriteDeps,
): Promise<Result<Written | Undecided, Failure>> {
  deps.onStage('reading');
  const read = await readBeforeWrite(change.kind, deps);
  if (!read.ok) return read;
  const before = read.value;
  const plan = change.planOn(before, deps.memory.traits);
  if (!plan) return ok({ status: 'undecided', entries: before });

  let entries = before;
  for (let writes = 0; ; writes += 1) {
    const gone = writes > 0 ? providersGone(before, entries) : [];
    const may = { write: writes <= MAX_REPEATS, gone };
    const round = await writeOnce(change, entries, may, deps);
    if (!round.ok) return round;
    const { state, entries: after } = round.value;
    if (state === 'undecided') return ok({ status: 'undecided', entries });
    if (state === 'given-up') return fail(notSaved(plan, change, entries, deps));
    if (state !== 'lost') {
      deps.memory.seen.set(change.kind, after);
      const outcome = state === 'nothing' && writes > 0 ? 'saved' : state;
      const repeats = Math.max(0, state === 'nothing' ? writes - 1 : writes);
      const lost = providersGone(before, after);
      return ok({ status: 'written', before, plan, outcome, after, repeats, gone: lost });
    }
    const isWhole = (list: Entries) => providersGone(before, list).length === 0;
    const again = await readUntilStable(change.kind, deps, isWhole);
    if (!again.ok) return fail({ code: 'import/unknown-outcome' });
    entries = again.value;
  }
}

interface Round {
  state: 'undecided' | 'nothing' | 'given-up' | 'saved' | 'loading' | 'lost';
  entries: Entries;
}

/** One plan, one write, and the reads after it. A change that a reload dropped goes along with the next. */
async function writeOnce(
  change: Change,
  entries: Entries,
  may: { write: boolean; gone: readonly ProviderRef[] },
  deps: WriteDeps,
): Promise<Result<Round, Failure>> {
  const { memory, clock, onStage } = deps;
  const own = change.planOn(entries, memory.traits);
  if (!own) return ok({ state: 'undecided', entries });
  const more = [change.planOn];
  const plan = planFresh(memory, change.kind, entries, { now: clock.now(), more });
  if (plan.steps.length === 0) return ok({ state: 'nothing', entries });
  // A write now would make it permanent that others' providers are not there.
  if (may.gone.length > 0) {
    return own.steps.length > 0
      ? fail({ code: 'import/list-lost', gone: may.gone.map(nameOrHost) })
      : ok({ state: 'nothing', entries });
  }
  // An older change that cannot be brought back is no failure of this one.
  if (!may.write) return ok({ state: own.steps.length > 0 ? 'given-up' : 'nothing', entries });

  onStage('writing');
  const sent = await sendPlan(entries, plan, deps);
  if (!sent.ok) return sent;
  if (sent.value === 'item-gone') return ok({ state: 'lost', entries });
  const created = plan.steps.filter(({ before }) => !before).map(({ after }) => refOf(after));
  rememberWrite(memory, { ...change, at: clock.now(), created });
  onStage('verifying');
  const settled = await settle(
    { before: entries, plan, answered: sent.value === 'answered' },
    deps,
  );
  if (settled.state === 'unknown') return fail({ code: 'import/unknown-outcome' });
  return ok(settled.state === 'lost' ? { state: 'lost', entries } : settled);
}

const nameOrHost = ({ name, baseUrl }: ProviderRef): string => name || hostOf(baseUrl);

/** Sends the one request of a plan. `unanswered`: it may have arrived, may arrive yet, or not at all. */
async function sendPlan(
  entries: Entries,
  plan: Plan,
  { api, clock, memory }: WriteDeps,
): Promise<Result<'answered' | 'unanswered' | 'item-gone', Failure>> {
  if (memory.traits.patch === undefined && needsPatch(entries, plan)) {
    const patch = await api.probePatch();
    if (!patch.ok) return patch;
    learnTraits(memory, { patch: patch.value });
  }
  const write = writeFor(entries, plan, memory.traits.patch ?? 'whole');
  const sent = await sendWrite(plan.kind, write, { api });
  memory.lastWriteAt = clock.now();
  if (sent.ok) return ok('answered');
  if (sent.failure.code === 'server/item-gone') return ok('item-gone');
  return provesNothingWritten(sent.failure) ? sent : ok('unanswered');
}

const sendWrite = (kind: ProviderKind, write: Write, { api }: Pick<WriteDeps, 'api'>) =>
  write.method === 'PATCH'
    ? api.patchProvider(kind, write.name, write.value)
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

function notSaved(wanted: Plan, change: Change, entries: Entries, { memory }: WriteDeps): Failure {
  const left = change.planOn(entries, memory.traits);
  const missing = left ? keysWritten(left).length : 0;
  return { code: 'import/not-saved', missing, written: keysWritten(wanted).length - missing };
}
