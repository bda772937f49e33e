import { comparableBaseUrl, hostOf } from '../relay/base-url.ts';
import { aliasConflicts } from './aliases.ts';
import { choosePlace } from './choose-place.ts';
import type {
  Decision,
  ImportAnswers,
  ImportDraft,
  ImportPlan,
  Placement,
  PlanningServer,
} from './import.ts';
import type { Step, StepReason } from './plan.ts';
import {
  apiKeysOf,
  comparableName,
  isDisabled,
  type ModelAlias,
  modelsOf,
  nameOf,
  newProvider,
  type ProviderEntry,
  refOf,
  withApiKeys,
  withModels,
} from './provider.ts';
import { type Survey, surveyList } from './survey.ts';

/**
 * What must be written so that `entries` hold the keys of `drafts`.
 *
 * Pure, and it only adds: to an existing provider the missing keys, and models only
 * where the answers say so; every other field and entry stays as it came. Planning
 * again on the result gives no steps.
 */
export function planImport(
  entries: readonly ProviderEntry[],
  drafts: readonly ImportDraft[],
  answers: ImportAnswers,
  server: PlanningServer,
): ImportPlan {
  const survey = surveyList(entries);
  const reserved = new Set(server.takesOverCodex ? ['codex'] : []);
  const parts: Part[] = [];
  for (const group of groupByRelay(drafts)) {
    const part = planGroup(survey, group, answers, reserved);
    parts.push(part);
    for (const { before, after } of part.steps)
      if (!before) reserved.add(comparableName(nameOf(after)));
  }
  if (parts.some((part) => part.needsModels)) return { status: 'needs-models' };
  const decisions = parts.flatMap((part) => part.decisions);
  if (decisions.length > 0) return { status: 'needs-decision', decisions };
  const steps = numberCreated(
    parts.flatMap((part) => part.steps),
    entries.length,
  );
  return {
    status: 'ready',
    plan: { kind: 'openai-compatibility', steps },
    placements: parts.flatMap(({ placements }) => placements),
  };
}

/** Gives each created provider its place behind the list. */
function numberCreated(steps: readonly PlannedStep[], length: number): Step[] {
  let end = length;
  return steps.map((step) => ({ ...step, at: step.at ?? end++ }));
}

/** The drafts by base URL, in an order that does not depend on theirs: who gets a free name must not hang on it. */
function groupByRelay(drafts: readonly ImportDraft[]): ImportDraft[][] {
  const groups = Map.groupBy(drafts, ({ baseUrl }) => comparableBaseUrl(baseUrl));
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
}

/** A step that does not know its place yet if it creates a provider. */
type PlannedStep = Omit<Step, 'at'> & { at?: number };

/** What the drafts of one base URL contribute. */
interface Part {
  decisions: readonly Decision[];
  needsModels: boolean;
  steps: readonly PlannedStep[];
  placements: readonly Placement[];
}

const NOTHING: Part = { decisions: [], needsModels: false, steps: [], placements: [] };
const UNREAD: Part = { ...NOTHING, needsModels: true };
const ask = (decisions: readonly Decision[]): Part => ({ ...NOTHING, decisions });

/** The drafts of one base URL as one wish. */
interface Wish {
  baseUrl: string;
  name: string;
  apiKeys: ReadonlySet<string>;
  models: readonly ModelAlias[] | undefined;
}

function planGroup(
  survey: Survey,
  drafts: readonly ImportDraft[],
  answers: ImportAnswers,
  reserved: ReadonlySet<string>,
): Part {
  const wish = wishOf(drafts);
  const place = choosePlace(survey, { ...wish, chosen: answers.provider, reserved });
  if ('ask' in place) return ask([place.ask]);
  return 'create' in place
    ? planCreate(survey, { ...wish, name: place.create }, answers)
    : planExtend(survey, place.into, wish, answers);
}

/** No draft counts more for being first: a name on which they do not agree gives way to the host. */
function wishOf(drafts: readonly ImportDraft[]): Wish {
  const baseUrl = drafts[0]?.baseUrl ?? '';
  const names = new Set(drafts.map(({ name }) => name.trim()));
  const agreed = names.size === 1 ? drafts[0]?.name.trim() : '';
  const read = drafts.flatMap(({ models }) => (models ? [models] : []));
  return {
    baseUrl,
    name: agreed || hostOf(baseUrl),
    apiKeys: new Set(drafts.map(({ apiKey }) => apiKey)),
    models: read.length > 0 ? missingModels([], read.flat()) : undefined,
  };
}

/** Those of `wanted` that `present` does not have, each once. A model is its upstream id and its alias together. */
function missingModels(present: readonly ModelAlias[], wanted: readonly ModelAlias[]) {
  const idOf = ({ upstream, alias }: ModelAlias) => JSON.stringify([upstream, alias]);
  const known = new Set(present.map(idOf));
  return wanted.filter((model) => !known.has(idOf(model)) && known.add(idOf(model)));
}

function planCreate(survey: Survey, wish: Wish, answers: ImportAnswers): Part {
  const { name, models } = wish;
  if (!models) return UNREAD;
  const servesNothing = models.length === 0 && !answers.withoutModels;
  const decisions: Decision[] = [
    ...(servesNothing ? [{ code: 'no-models', provider: name, exists: false } as const] : []),
    ...aliasDecisions(survey, models, answers),
  ];
  if (decisions.length > 0) return ask(decisions);
  const after = newProvider(name, wish.baseUrl, [...wish.apiKeys], models);
  return {
    ...NOTHING,
    steps: [{ after, reasons: ['create-provider'] }],
    placements: placementsIn(after, wish.apiKeys, () => 'created'),
  };
}

function planExtend(survey: Survey, at: number, wish: Wish, answers: ImportAnswers): Part {
  const before = survey.entries[at] ?? {};
  const present = modelsOf(before);
  const newKeys = wish.apiKeys.difference(new Set(apiKeysOf(before)));
  const servesNothing = present.length === 0 && newKeys.size > 0 && !answers.withoutModels;
  const undecided = servesNothing && answers.addModels === undefined;
  if (!wish.models && (undecided || answers.addModels)) return UNREAD;
  if (undecided) return ask([{ code: 'no-models', provider: nameOf(before), exists: true }]);
  const newModels = answers.addModels ? missingModels(present, wish.models ?? []) : [];
  const decisions = aliasDecisions(survey, newModels, answers);
  return decisions.length > 0 ? ask(decisions) : extend(before, at, wish, newKeys, newModels);
}

function extend(
  before: ProviderEntry,
  at: number,
  { apiKeys }: Wish,
  newKeys: ReadonlySet<string>,
  newModels: readonly ModelAlias[],
): Part {
  const reasons: StepReason[] = [
    ...(newKeys.size > 0 ? ['add-keys' as const] : []),
    ...(newModels.length > 0 ? ['add-models' as const] : []),
  ];
  const withKeys = newKeys.size > 0 ? withApiKeys(before, [...newKeys]) : before;
  const after = newModels.length > 0 ? withModels(withKeys, newModels) : withKeys;
  return {
    ...NOTHING,
    steps: reasons.length > 0 ? [{ at, before, after, reasons }] : [],
    placements: placementsIn(after, apiKeys, (apiKey) =>
      newKeys.has(apiKey) ? 'added' : 'already-there',
    ),
  };
}

function aliasDecisions(
  { offers }: Survey,
  models: readonly ModelAlias[],
  { sharedAliases }: ImportAnswers,
): Decision[] {
  const conflicts = sharedAliases ? [] : aliasConflicts(offers, models);
  return conflicts.length > 0 ? [{ code: 'alias-taken', conflicts }] : [];
}

function placementsIn(
  entry: ProviderEntry,
  apiKeys: ReadonlySet<string>,
  outcomeOf: (apiKey: string) => Placement['outcome'],
): Placement[] {
  const provider = refOf(entry);
  const disabled = isDisabled(entry);
  const aliases = modelsOf(entry).map(({ alias }) => alias);
  return [...apiKeys].map((apiKey) => ({
    apiKey,
    provider,
    outcome: outcomeOf(apiKey),
    disabled,
    aliases,
  }));
}
