import { comparableBaseUrlOf } from '../relay/kind-base-url.ts';
import type { Placement } from './import.ts';
import { isDisabled, isHolding, labelOf } from './kinds.ts';
import type { Plan, Step } from './plan.ts';
import { modelsOf, type ProviderEntry, refOf } from './provider.ts';

/** A key that was to be imported, by the caller's own name for it. */
export interface SoughtKey {
  id: string;
  apiKey: string;
  baseUrl: string;
}

/** Where keys that a plan wrote stand in a list, and whether they were there before. What is not there has no placement. */
export function findPlacements(
  plan: Plan,
  entries: readonly ProviderEntry[],
  keys: readonly SoughtKey[],
): Placement[] {
  const { kind, steps } = plan;
  const holds =
    ({ apiKey }: SoughtKey) =>
    (entry: ProviderEntry) =>
      isHolding(kind, entry, apiKey);
  return keys.flatMap((key) => {
    const step = steps.find(({ after }) => after && holds(key)(after));
    const holding = entries.filter(holds(key));
    const wanted = comparableBaseUrlOf(kind, step?.after ? refOf(step.after).baseUrl : key.baseUrl);
    const atSite = (entry: ProviderEntry) =>
      comparableBaseUrlOf(kind, refOf(entry).baseUrl) === wanted;
    const entry = holding.find(atSite) ?? holding[0];
    return entry ? [placementOf(kind, key, step, entry)] : [];
  });
}

function placementOf(
  kind: Plan['kind'],
  key: SoughtKey,
  step: Step | undefined,
  entry: ProviderEntry,
): Placement {
  const wasThere = !step || (step.before && isHolding(kind, step.before, key.apiKey));
  return {
    id: key.id,
    kind,
    provider: refOf(entry),
    label: labelOf(kind, entry),
    outcome: wasThere ? 'already-there' : step.before ? 'added' : 'created',
    disabled: isDisabled(kind, entry),
    aliases: modelsOf(entry).map(({ alias }) => alias),
  };
}
