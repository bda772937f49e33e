import type { JsonObject } from '../json.ts';
import { sameJson } from '../json.ts';
import { hasManyKeys, keysOf, PATCHED_FIELDS } from './kinds.ts';
import { applyPlan, type Plan } from './plan.ts';
import {
  asStored,
  comparableName,
  nameOf,
  type ProviderEntry,
  type ProviderKind,
} from './provider.ts';

/** The one request that carries out a plan. `target` is a provider's name, in the other lists the key. */
export type Write =
  | { method: 'PATCH'; target: string; value: JsonObject }
  | { method: 'PUT'; items: readonly ProviderEntry[] };

/**
 * The write for a plan that has steps: a change to exactly one existing entry that can be
 * addressed goes by PATCH with nothing but the changed fields; anything else replaces the
 * list in one PUT. Never a chain, never by index (`contract/WRITING.md`).
 *
 * Where `patch` is `whole` the server would drop every field that is not sent (before
 * v6.6.40), so the entry goes as the list showed it; in the other lists by PUT.
 */
export function writeFor(
  entries: readonly ProviderEntry[],
  plan: Plan,
  patch: 'partial' | 'whole',
): Write {
  const value = patchOf(entries, plan);
  if (!value || (patch === 'whole' && !hasManyKeys(plan.kind))) {
    return { method: 'PUT', items: applyPlan(entries, plan) };
  }
  const { target, step, fields } = value;
  const after = asStored(step.after ?? {});
  const changed = Object.fromEntries(fields.map((field) => [field, after[field]]));
  return { method: 'PATCH', target, value: patch === 'whole' ? after : changed };
}

/** Whether the plan would go by PATCH: only then has the server's way with it to be known. */
export const needsPatch = (entries: readonly ProviderEntry[], plan: Plan): boolean =>
  patchOf(entries, plan) !== undefined;

/** The one step that PATCH can carry out, and the fields in which it changes its entry. */
function patchOf(entries: readonly ProviderEntry[], { kind, steps, order }: Plan) {
  const [step, ...more] = steps;
  if (!step?.before || !step.after || more.length > 0 || order) return undefined;
  const target = targetOf(kind, entries, step.before);
  const fields = patchedFields(kind, step.before, step.after);
  return target !== undefined && fields ? { target, step, fields } : undefined;
}

/** The fields in which an entry changes, if PATCH can change exactly these. It cannot take one away. */
function patchedFields(
  kind: ProviderKind,
  before: ProviderEntry,
  after: ProviderEntry,
): string[] | undefined {
  const [was, is] = [asStored(before), asStored(after)];
  const all = new Set([...Object.keys(was), ...Object.keys(is)]);
  const changed = [...all].filter((field) => !sameJson(was[field], is[field]));
  const known = PATCHED_FIELDS[kind];
  const isPossible = changed.every((field) => known.has(field) && is[field] !== undefined);
  return isPossible && is['base-url'] !== '' ? changed : undefined;
}

/**
 * What PATCH finds an entry by. It takes the first of a name, and routing of older servers
 * ignores case; an empty name finds nothing; a key has to stand in its list once.
 */
function targetOf(
  kind: ProviderKind,
  entries: readonly ProviderEntry[],
  entry: ProviderEntry,
): string | undefined {
  const idOf = (each: ProviderEntry) =>
    hasManyKeys(kind) ? comparableName(nameOf(each)) : (keysOf(kind, each)[0] ?? '');
  const id = idOf(entry);
  if (id === '' || entries.filter((each) => idOf(each) === id).length !== 1) return undefined;
  return hasManyKeys(kind) ? nameOf(entry) : id;
}
