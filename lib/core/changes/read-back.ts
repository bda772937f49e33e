import { hostOf } from '../relay/base-url.ts';
import { isDisabled, keysOf, loadedKeysOf } from './kinds.ts';
import { matchEntries } from './match-entries.ts';
import type { Plan } from './plan.ts';
import { baseUrlOf, nameOf, type ProviderEntry, type ProviderKind } from './provider.ts';
import { rebase } from './rebase.ts';

type Entries = readonly ProviderEntry[];

/** What a read after a write shows of it. */
export interface ReadBack {
  /** All that was written is there. */
  isThere: boolean;
  /** How many it shows, but has not loaded yet. Disabled providers never load. */
  loadingKeys: number;
  /** Providers of anyone that were there before and are not any more, though the plan left them. */
  gone: readonly string[];
}

/**
 * What a read after a write shows of it. A 200 alone says nothing: the server's reload
 * may drop the write again (`contract/WRITING.md`, section 2).
 *
 * `before` is the list on which the write was planned.
 */
export function readBack(
  after: Entries,
  { before, plan }: { before: Entries; plan: Plan },
): ReadBack {
  const left = rebase(plan.kind, [plan], after);
  const removed = new Set(plan.steps.filter((step) => !step.after).map((step) => step.before));
  const stayed = before.filter((entry) => !removed.has(entry));
  return {
    // What stands in the way of a plan is something of it that is not there.
    isThere: left.plan.steps.length === 0 && left.conflicts.length === 0,
    loadingKeys: loadingKeys(after, plan),
    gone: entriesGone(plan.kind, stayed, after).map(nameOrHost),
  };
}

/** How many keys a plan writes. */
export const keysWritten = (plan: Plan): number => newKeys(plan).length;

/** How many of the keys that a plan writes a list does not hold. */
export function keysMissing(plan: Plan, entries: Entries): number {
  const held = new Set(
    entries.flatMap((entry) =>
      keysOf(plan.kind, entry).map((apiKey) => keyId(baseUrlOf(entry), apiKey)),
    ),
  );
  return newKeys(plan).filter(({ apiKey, entry }) => !held.has(keyId(baseUrlOf(entry), apiKey)))
    .length;
}

const keyId = (baseUrl: string, apiKey: string) => JSON.stringify([baseUrl, apiKey]);

function newKeys({ kind, steps }: Plan): { apiKey: string; entry: ProviderEntry }[] {
  return steps.flatMap(({ before, after }) => {
    if (!after) return [];
    const held = new Set(before && keysOf(kind, before));
    const written = new Set(keysOf(kind, after)).difference(held);
    return [...written].map((apiKey) => ({ apiKey, entry: after }));
  });
}

function loadingKeys(after: Entries, plan: Plan): number {
  const { kind } = plan;
  const wanted = new Map<string, Set<string>>();
  for (const { apiKey, entry } of newKeys(plan)) {
    const keys = wanted.get(baseUrlOf(entry)) ?? new Set();
    wanted.set(baseUrlOf(entry), keys.add(apiKey));
  }
  const loading = after.flatMap((entry) => {
    const keys = wanted.get(baseUrlOf(entry));
    if (!keys || isDisabled(kind, entry)) return [];
    const loaded = loadedKeysOf(kind, entry);
    return keysOf(kind, entry).filter((key) => keys.has(key) && !loaded.has(key));
  });
  return loading.length;
}

/** Entries of `before` that `after` does not have. A rename does not make one gone. */
export function entriesGone(kind: ProviderKind, before: Entries, after: Entries): ProviderEntry[] {
  const matcher = matchEntries(kind, after);
  return before.filter((entry) => matcher.find(entry) === undefined);
}

/** What an entry that is gone is called. */
export const nameOrHost = (entry: ProviderEntry): string =>
  nameOf(entry) || hostOf(baseUrlOf(entry));

/** Whether every key that can be loaded is: the reload of the last write is over (from v6.9.29). */
export const isSettled = (kind: ProviderKind, entries: Entries): boolean =>
  entries.every((entry) => {
    const loaded = loadedKeysOf(kind, entry);
    return isDisabled(kind, entry) || keysOf(kind, entry).every((key) => loaded.has(key));
  });
