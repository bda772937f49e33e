import { apiKeyEntriesOf, isDisabled, isLoaded, type ProviderEntry } from '../changes/provider.ts';

/**
 * What is known of how a server behaves, learnt from its answers. `undefined` is
 * "not known yet", which is never taken for the convenient answer.
 */
export interface ServerTraits {
  /** `7.2.140`; readable without permission from v7.1.73 on. */
  version?: string | undefined;
  /** Whether PATCH changes the given fields only, or replaces the whole entry (before v6.6.40). */
  patch?: 'partial' | 'whole' | undefined;
  /** Whether GET shows `auth-index` on loaded keys (from v6.9.29). */
  showsLoaded?: boolean | undefined;
}

type Version = readonly [number, number, number];

const PARTIAL_PATCH: Version = [6, 6, 40];
const SHOWS_LOADED: Version = [6, 9, 29];
const CODEX_TAKEN_FROM: Version = [6, 8, 55];
const CODEX_FREE_FROM: Version = [7, 2, 21];

/** What a version number tells. Builds print it with or without a leading `v`, self-made ones anything. */
export function traitsOfVersion(printed: string): ServerTraits {
  const version = parseVersion(printed);
  if (!version) return {};
  return {
    version: version.join('.'),
    patch: isBefore(version, PARTIAL_PATCH) ? 'whole' : 'partial',
    showsLoaded: !isBefore(version, SHOWS_LOADED),
  };
}

/**
 * What a list tells: an empty one is `null` before v6.9.29, and a keyed, enabled provider
 * at rest shows `auth-index` since. A list read in the middle of a reload tells nothing.
 */
export function traitsOfList(
  entries: readonly ProviderEntry[],
  wasNull: boolean,
  atRest: boolean,
): ServerTraits {
  if (wasNull) return { showsLoaded: false };
  const keyEntries = entries.filter((entry) => !isDisabled(entry)).flatMap(apiKeyEntriesOf);
  if (keyEntries.some(isLoaded)) return { showsLoaded: true };
  return keyEntries.length > 0 && atRest ? { showsLoaded: false } : {};
}

/**
 * Whether a provider named `codex` would be served by the built-in channel, at
 * `<base-url>/responses` (recorded v6.8.55 to v7.1.76). Not known means yes: these are
 * the very versions whose number a browser cannot read.
 */
export function takesOverCodex({ version }: ServerTraits): boolean {
  const parsed = version === undefined ? undefined : parseVersion(version);
  return !parsed || (!isBefore(parsed, CODEX_TAKEN_FROM) && isBefore(parsed, CODEX_FREE_FROM));
}

function parseVersion(printed: string): Version | undefined {
  const parts = /^v?(\d+)\.(\d+)\.(\d+)/.exec(printed.trim());
  return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3])] : undefined;
}

function isBefore(one: Version, other: Version): boolean {
  const at = one.findIndex((part, place) => part !== other[place]);
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
}
