import type { ChangeLine } from '../import-view.ts';
import { maskSecret } from '../secrets.ts';
import { type DiffLine, diffLines } from './diff-lines.ts';
import type { Plan, Step } from './plan.ts';
import { apiKeysOf, baseUrlOf, modelsOf, nameOf, type ProviderEntry } from './provider.ts';

/** A plan in words, secrets masked: what comes and what stays. */
export function changeLines(entries: readonly ProviderEntry[], { steps }: Plan): ChangeLine[] {
  return steps.flatMap((step) =>
    step.before ? extendLines(step.before, step.after) : createLines(entries, step),
  );
}

function createLines(entries: readonly ProviderEntry[], { after }: Step): ChangeLine[] {
  const [keys, models] = [apiKeysOf(after), modelsOf(after)];
  return [
    { sign: '+', what: 'provider', name: nameOf(after), baseUrl: baseUrlOf(after) },
    ...addedLines(
      keys,
      models.map(({ alias }) => alias),
    ),
    ...(entries.length > 0
      ? [{ sign: '=', what: 'list', providers: entries.length } as const]
      : []),
  ];
}

function extendLines(before: ProviderEntry, after: ProviderEntry): ChangeLine[] {
  const [keys, models] = [apiKeysOf(before), modelsOf(before)];
  const newAliases = modelsOf(after)
    .slice(models.length)
    .map(({ alias }) => alias);
  return [
    ...addedLines(apiKeysOf(after).slice(keys.length), newAliases),
    { sign: '=', what: 'entry', keys: keys.length, models: models.length },
  ];
}

function addedLines(keys: readonly string[], aliases: readonly string[]): ChangeLine[] {
  return [
    ...(keys.length > 0
      ? [{ sign: '+', what: 'keys', count: keys.length, masks: keys.map(maskSecret) } as const]
      : []),
    ...(aliases.length > 0
      ? [{ sign: '+', what: 'models', count: aliases.length, aliases } as const]
      : []),
  ];
}

/** The exact difference of a plan as JSON, secrets masked, one provider after the other. */
export const planDiff = ({ steps }: Plan): DiffLine[] =>
  steps.flatMap(({ before, after }) => diffLines(before, after));
