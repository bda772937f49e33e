import type { Candidate, Holder } from './import.ts';
import { isDisabled, isHolding, keysOf, labelOf } from './kinds.ts';
import {
  baseUrlOf,
  comparableName,
  modelsOf,
  nameOf,
  PROVIDER_KINDS,
  type ProviderEntry,
  type ProviderKind,
  type ProviderLists,
  type ProviderRef,
  refOf,
} from './provider.ts';
import { type ComparableUrl, keyId, siteId } from './wanted-keys.ts';

/** An entry and its place in its list. */
export interface Place {
  kind: ProviderKind;
  at: number;
  entry: ProviderEntry;
}

/** The lists of a server, looked over once, so that planning many keys stays linear. */
export interface Survey {
  /** The entries of a kind at a base URL in its comparable form. */
  atUrl(kind: ProviderKind, url: string): readonly Place[];
  /** The first entry at a base URL that holds a key. */
  standing(key: { kind: ProviderKind; url: string; apiKey: string }): Place | undefined;
  /** The providers of a name in its comparable form; only `openai-compatibility` has names. */
  named(name: string): readonly Place[];
  /** Names in use, in comparable form. */
  names: Iterable<string>;
  /** The provider that was chosen earlier. Twins are told apart by the key, else the first is meant. */
  chosen(provider: ProviderRef, apiKey: string): Place | undefined;
  /** Everybody who holds a key, in whatever list; the same array each time. */
  holders(apiKey: string): readonly Place[];
}

export function surveyLists(lists: ProviderLists, comparableUrl: ComparableUrl): Survey {
  const places = PROVIDER_KINDS.flatMap((kind) =>
    (lists[kind] ?? []).map((entry, at): Place => ({ kind, at, entry })),
  );
  const byUrl = Map.groupBy(places, ({ kind, entry }) =>
    siteId(kind, comparableUrl(kind, baseUrlOf(entry))),
  );
  const named = places.filter(({ kind }) => kind === 'openai-compatibility');
  const byName = Map.groupBy(named, ({ entry }) => comparableName(nameOf(entry)));
  const byRef = Map.groupBy(named, ({ entry }) => refId(refOf(entry)));
  const byKey = new Map<string, Place[]>();
  const standing = new Map<string, Place>();
  for (const [site, own] of byUrl) {
    for (const place of own) {
      for (const apiKey of new Set(keysOf(place.kind, place.entry))) {
        const id = keyId(site, apiKey);
        if (!standing.has(id)) standing.set(id, place);
        const known = byKey.get(apiKey);
        if (known) known.push(place);
        else byKey.set(apiKey, [place]);
      }
    }
  }
  return {
    atUrl: (kind, url) => byUrl.get(siteId(kind, url)) ?? [],
    standing: ({ kind, url, apiKey }) => standing.get(keyId(siteId(kind, url), apiKey)),
    named: (name) => byName.get(name) ?? [],
    names: byName.keys(),
    chosen: (provider, apiKey) => {
      const twins = byRef.get(refId(provider)) ?? [];
      if (twins.length < 2) return twins[0];
      return twins.find(({ kind, entry }) => isHolding(kind, entry, apiKey)) ?? twins[0];
    },
    holders: (apiKey) => byKey.get(apiKey) ?? [],
  };
}

const refId = ({ name, baseUrl }: ProviderRef) => `${name}\n${baseUrl}`;

export const candidateOf = ({ kind, entry }: Place): Candidate => ({
  ...refOf(entry),
  keys: keysOf(kind, entry).length,
  models: modelsOf(entry).length,
  disabled: isDisabled(kind, entry),
});

export const holderOf = ({ kind, entry }: Place): Holder => ({
  kind,
  provider: refOf(entry),
  label: labelOf(kind, entry),
  disabled: isDisabled(kind, entry),
});
