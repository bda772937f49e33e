import type {
  Decision,
  ImportAnswers,
  ImportDraft,
  Placement,
  PlanningServer,
} from '../../../lib/core/changes/import.ts';
import type { Plan } from '../../../lib/core/changes/plan.ts';
import { planImport } from '../../../lib/core/changes/plan-import.ts';
import type { ProviderEntry } from '../../../lib/core/changes/provider.ts';

/** The plan for a single key: written as a whole, or nothing of it. */
export type OnePlan =
  | { status: 'ready'; plan: Plan; placements: readonly Placement[] }
  | { status: 'needs-models' }
  | { status: 'needs-decision'; decisions: readonly Decision[] };

/**
 * `planImport` for drafts of one list, for callers that know of `openai-compatibility` only
 * and have no words yet for the decisions that came with the other kinds.
 */
export function planOne(
  entries: readonly ProviderEntry[],
  drafts: readonly ImportDraft[],
  answers: ImportAnswers,
  server: PlanningServer,
): OnePlan {
  const kind = 'openai-compatibility' as const;
  const given = { keyElsewhere: 'add', disabledProvider: 'leave-off', ...answers } as const;
  const wishes = drafts.map((draft, at) => ({ ...draft, id: String(at), kind, answers: given }));
  const { plans, placements, open } = planImport({ [kind]: entries }, wishes, server);
  if (open.some(({ needs }) => needs === 'models')) return { status: 'needs-models' };
  const decisions = open.flatMap((wish) => (wish.needs === 'decision' ? wish.decisions : []));
  if (decisions.length > 0) return { status: 'needs-decision', decisions };
  return { status: 'ready', plan: plans[0] ?? { kind, steps: [] }, placements };
}
