import type { Plan } from './plan.ts';
import {
  apiKeyEntriesOf,
  apiKeyOf,
  apiKeysOf,
  baseUrlOf,
  isDisabled,
  isLoaded,
  modelsOf,
  nameOf,
  type ProviderEntry,
  type ProviderRef,
  refOf,
} from './provider.ts';

/** A key of ours in a provider of this base URL: the name may be changed by others meanwhile. */
export interface WrittenKey {
  apiKey: string;
  baseUrl: string;
}

export interface ReadBack {
  /** Written keys that the server does not show. */
  missing: readonly WrittenKey[];
  /** Written keys that it shows, but has not loaded yet. Disabled providers never load. */
  loading: readonly WrittenKey[];
  /** Written models that it does not show. */
  missingModels: number;
  /** Providers of anyone that were there before and are not any more. */
  gone: readonly ProviderRef[];
}

/** The keys that a plan writes. */
export function keysWritten({ steps }: Plan): WrittenKey[] {
  return steps.flatMap(({ before, after }) => {
    const held = new Set(before && apiKeysOf(before));
    const written = apiKeysOf(after).filter((apiKey) => !held.has(apiKey));
    return written.map((apiKey) => ({ apiKey, baseUrl: baseUrlOf(after) }));
  });
}

/**
 * What a read after a write shows of it. A 200 alone says nothing: the server's reload
 * may drop the write again (`contract/WRITING.md`, section 2).
 *
 * `before` is the list on which the write was planned.
 */
export function readBack(
  after: readonly ProviderEntry[],
  { before, plan }: { before: readonly ProviderEntry[]; plan: Plan },
): ReadBack {
  const keys = keysWritten(plan);
  const shown = shownKeys(after);
  const stateOf = ({ baseUrl, apiKey }: WrittenKey) => shown.get(keyId(baseUrl, apiKey));
  return {
    missing: keys.filter((key) => stateOf(key) === undefined),
    loading: keys.filter((key) => stateOf(key) === 'loading'),
    missingModels: missingModels(after, plan),
    gone: providersGone(before, after),
  };
}

const keyId = (baseUrl: string, apiKey: string) => JSON.stringify([baseUrl, apiKey]);

function shownKeys(entries: readonly ProviderEntry[]): Map<string, 'loaded' | 'loading'> {
  return new Map(
    entries.flatMap((entry) =>
      apiKeyEntriesOf(entry).map((keyEntry) => [
        keyId(baseUrlOf(entry), apiKeyOf(keyEntry)),
        isDisabled(entry) || isLoaded(keyEntry) ? 'loaded' : 'loading',
      ]),
    ),
  );
}

function missingModels(after: readonly ProviderEntry[], { steps }: Plan): number {
  const shown = new Set(after.flatMap(modelIds));
  const written = steps.flatMap((step) => {
    const held = new Set(step.before && modelIds(step.before));
    return modelIds(step.after).filter((model) => !held.has(model));
  });
  return written.filter((model) => !shown.has(model)).length;
}

const modelIds = (entry: ProviderEntry): string[] =>
  modelsOf(entry).map(({ upstream, alias }) => JSON.stringify([baseUrlOf(entry), upstream, alias]));

/** Providers of `before` that `after` does not have. A rename alone does not make one gone: its base URL and a key stay. */
export function providersGone(
  before: readonly ProviderEntry[],
  after: readonly ProviderEntry[],
): ProviderRef[] {
  const left = [...after];
  const take = (fits: (entry: ProviderEntry) => boolean) => {
    const at = left.findIndex(fits);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const unnamed = before.filter((was) => !take((is) => nameOf(is) === nameOf(was)));
  return unnamed.filter((was) => !take((is) => isRenamed(was, is))).map(refOf);
}

function isRenamed(was: ProviderEntry, is: ProviderEntry): boolean {
  const keys = new Set(apiKeysOf(was));
  const sharesKey = apiKeysOf(is).some((apiKey) => keys.has(apiKey));
  return baseUrlOf(is) === baseUrlOf(was) && (sharesKey || keys.size === 0);
}
