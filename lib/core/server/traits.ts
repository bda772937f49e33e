import { isDisabled, keysOf, loadedKeysOf } from '../changes/kinds.ts';
import type { ProviderEntry, ProviderKind } from '../changes/provider.ts';

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
  /** Whether a provider can be switched off (`disabled`, from v6.9.39; before, it is dropped without a word). */
  knowsDisabled?: boolean | undefined;
}

type Version = readonly [number, number, number];

const PARTIAL_PATCH: Version = [6, 6, 40];
const SHOWS_LOADED: Version = [6, 9, 29];
const KNOWS_DISABLED: Version = [6, 9, 39];
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
    knowsDisabled: !isBefore(version, KNOWS_DISABLED),
  };
}

/**
 * What a list tells: an empty one is `null` before v6.9.29, and a keyed, enabled provider
 * at rest shows `auth-index` since. A list read in the middle of a reload tells nothing of
 * that. `disabled` stands at each provider from v6.9.39 on.
 */
export function traitsOfList(
  kind: ProviderKind,
  entries: readonly ProviderEntry[],
  wasNull: boolean,
  atRest: boolean,
): ServerTraits {
  if (wasNull) return { showsLoaded: false, knowsDisabled: false };
  const isTelling = kind === 'openai-compatibility' && entries.length > 0;
  const knowsDisabled = entries.some((entry) => 'disabled' in entry);
  return { ...loadedTrait(kind, entries, atRest), ...(isTelling && { knowsDisabled }) };
}

/**
 * Whether what was just learnt cannot be of the server that was known: another version came
 * up behind its address, and nothing of what was known counts any more.
 */
export const isOtherServer = (known: ServerTraits, learnt: ServerTraits): boolean =>
  known.knowsDisabled !== undefined &&
  learnt.knowsDisabled !== undefined &&
  known.knowsDisabled !== learnt.knowsDisabled;

function loadedTrait(
  kind: ProviderKind,
  entries: readonly ProviderEntry[],
  atRest: boolean,
): ServerTraits {
  const keyed = entries.filter(
    (entry) => !isDisabled(kind, entry) && keysOf(kind, entry).length > 0,
  );
  const shows = keyed.some((entry) => {
    const loaded = loadedKeysOf(kind, entry);
    return keysOf(kind, entry).some((apiKey) => loaded.has(apiKey));
  });
  if (shows) return { showsLoaded: true };
  return keyed.length > 0 && atRest ? { showsLoaded: false } : {};
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
