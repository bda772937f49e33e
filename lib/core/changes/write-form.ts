import type { JsonObject } from '../json.ts';
import { sameJson } from '../json.ts';
import { applyPlan, type Plan, type Step } from './plan.ts';
import { asStored, comparableName, nameOf, type ProviderEntry } from './provider.ts';

/** The one request that carries out a plan. */
export type Write =
  | { method: 'PATCH'; name: string; value: JsonObject }
  | { method: 'PUT'; items: readonly ProviderEntry[] };

/** Fields that PATCH changes as they are given (recorded v7.2.140, scenario oc-patch-fields). */
const PATCHED_AS_GIVEN = new Set([
  'name',
  'prefix',
  'disabled',
  'base-url',
  'api-key-entries',
  'models',
]);

/**
 * The write for a plan that has steps: a change to exactly one existing provider, whose
 * name is its own, goes by PATCH with nothing but the changed fields; anything else
 * replaces the list in one PUT. Never a chain, never by index (`contract/WRITING.md`).
 *
 * Where `patch` is `whole` the server would drop every field that is not sent (before
 * v6.6.40), so the entry goes as the list showed it.
 */
export function writeFor(
  entries: readonly ProviderEntry[],
  plan: Plan,
  patch: 'partial' | 'whole',
): Write {
  const [step, ...more] = plan.steps;
  const fields = step && more.length === 0 && patchedFields(entries, step);
  if (!step?.before || !fields) return { method: 'PUT', items: applyPlan(entries, plan) };
  const after = asStored(step.after);
  const changed = Object.fromEntries(fields.map((field) => [field, after[field]]));
  return { method: 'PATCH', name: nameOf(step.before), value: patch === 'whole' ? after : changed };
}

/** The fields in which a step changes a provider, if PATCH can change exactly these. */
function patchedFields(entries: readonly ProviderEntry[], { before, after }: Step) {
  if (!before || !isNamedApart(entries, before)) return undefined;
  const [was, is] = [asStored(before), asStored(after)];
  const changed = Object.keys(is).filter((field) => !sameJson(was[field], is[field]));
  return changed.every((field) => PATCHED_AS_GIVEN.has(field)) ? changed : undefined;
}

/** Whether the plan would go by PATCH: only then has the server's way with it to be known. */
export const needsPatch = (entries: readonly ProviderEntry[], plan: Plan): boolean =>
  writeFor(entries, plan, 'whole').method === 'PATCH';

/** PATCH finds the first of a name; routing of older servers ignores case; an empty name finds nothing. */
function isNamedApart(entries: readonly ProviderEntry[], entry: ProviderEntry): boolean {
  const name = comparableName(nameOf(entry));
  return name !== '' && entries.filter((e) => comparableName(nameOf(e)) === name).length === 1;
}
