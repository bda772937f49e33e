import { isJsonObject, type JsonObject, type JsonValue, sameJson } from '../json.ts';
import { labelOf } from './kinds.ts';
import type { Plan, Step } from './plan.ts';
import { modelsOf, type ProviderEntry } from './provider.ts';

/** Something that a change asks for and the server's file may not give. */
export interface FileLoss {
  /** `merged`: what is left out comes back. `zero`: it is taken for not set. */
  what: 'merged' | 'zero';
  /** What the provider is called to a person. */
  provider: string;
  field: string;
}

/**
 * What the server's file cannot give back (`contract/FACTS.md` section 4). Its maps are merged
 * with what stands in it, so what a new value leaves out returns (no. 3); an explicit zero is
 * lost where the list or the field did not exist in the file yet (no. 5).
 */
export function fileLosses(entries: readonly ProviderEntry[], plan: Plan): FileLoss[] {
  return plan.steps.flatMap((step) => [
    ...mergedFields(step).map((field) => lossOf('merged', field, step, plan)),
    ...zeroFields(step, entries.length === 0).map((field) => lossOf('zero', field, step, plan)),
  ]);
}

const lossOf = (
  what: FileLoss['what'],
  field: string,
  { before, after }: Step,
  { kind }: Plan,
): FileLoss => ({ what, provider: labelOf(kind, after ?? before ?? {}), field });

const MERGED = ['headers', 'cloak'] as const;

function mergedFields({ before, after }: Step): string[] {
  // Under another name it is another entry to the file, and nothing is merged.
  if (!before || !after || before.name !== after.name) return [];
  return [
    ...MERGED.filter((field) => isLeavingOut(before[field], after[field])),
    ...(isThinkingLess(before, after) ? ['thinking'] : []),
  ];
}

/** Whether something of a map goes while the map stays; one that goes as a whole does go. */
function isLeavingOut(was: JsonValue | undefined, is: JsonValue | undefined): boolean {
  if (!isJsonObject(was) || !isJsonObject(is) || Object.keys(is).length === 0) return false;
  return Object.keys(was).some((name) => !(name in is));
}

/** `thinking` stands in the models, each of which the file knows by its first name (no. 4). */
function isThinkingLess(before: ProviderEntry, after: ProviderEntry): boolean {
  if (sameJson(before.models, after.models)) return false;
  const now = thinkingByModel(after);
  return [...thinkingByModel(before)].some(([model, was]) => isLeavingOut(was, now.get(model)));
}

function thinkingByModel(entry: ProviderEntry): Map<string, JsonValue | undefined> {
  const models = (entry.models ?? []) as readonly JsonObject[];
  return new Map(modelsOf(entry).map(({ upstream }, at) => [upstream, models[at]?.thinking]));
}

/** The fields whose zero says something else than their absence (recorded v7.2.140). */
const ZEROS: Readonly<Record<string, JsonValue>> = {
  'request-retry': 0,
  'disable-cooling': false,
};

function zeroFields({ before, after }: Step, isFirst: boolean): string[] {
  if (!after) return [];
  const isLost = before ? (field: string) => before[field] === undefined : () => isFirst;
  return Object.keys(ZEROS).filter((field) => after[field] === ZEROS[field] && isLost(field));
}
