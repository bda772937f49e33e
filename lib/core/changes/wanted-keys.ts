import { joinAnswers } from './answers.ts';
import type { ImportAnswers, ImportWish } from './import.ts';
import { hasManyKeys } from './kinds.ts';
import type { ModelAlias, ProviderKind } from './provider.ts';

/** One key at one base URL of a kind: what all equal wishes of a batch come to. */
export interface WantedKey {
  kind: ProviderKind;
  apiKey: string;
  /** The base URL in its comparable form. */
  url: string;
  /** The base URL as it is to be stored. */
  baseUrl: string;
  /** What the wishes call it, trimmed. */
  names: readonly string[];
  models: readonly ModelAlias[] | undefined;
  answers: ImportAnswers;
}

/** The base-URL rules of a kind, for the comparison only. */
export type ComparableUrl = (kind: ProviderKind, baseUrl: string) => string;

/** A base URL of a kind, as one key of a map. */
export const siteId = (kind: ProviderKind, url: string): string => `${kind}\n${url}`;

/** A key at a base URL of a kind, as one key of a map. */
export const keyId = (site: string, apiKey: string): string => `${site}\n${apiKey}`;

/**
 * The keys that a batch wants, and which of them each wish means. They come in an order
 * that does not depend on that of the wishes: who gets a free name, and who comes first in
 * a list, must not hang on it.
 */
export function wantedKeys(
  wishes: readonly ImportWish[],
  comparableUrl: ComparableUrl,
): { keys: readonly WantedKey[]; ofWish: ReadonlyMap<ImportWish, WantedKey> } {
  const groups = Map.groupBy(wishes, ({ kind, baseUrl, apiKey }) =>
    keyId(siteId(kind, comparableUrl(kind, baseUrl)), apiKey),
  );
  const keys: WantedKey[] = [];
  const ofWish = new Map<ImportWish, WantedKey>();
  for (const id of [...groups.keys()].sort()) {
    const equal = groups.get(id) ?? [];
    const key = joinWishes(equal, comparableUrl);
    keys.push(key);
    for (const wish of equal) ofWish.set(wish, key);
  }
  lendModels(keys);
  return { keys, ofWish };
}

/**
 * No wish counts more for being first. Of two ways to write one base URL the shorter one is
 * stored: a version is left out only where the relay was seen to answer without it.
 */
function joinWishes(equal: readonly ImportWish[], comparableUrl: ComparableUrl): WantedKey {
  const { kind, apiKey } = equal[0] ?? { kind: 'openai-compatibility', apiKey: '' };
  const baseUrl = equal.map((wish) => wish.baseUrl).sort()[0] ?? '';
  return {
    kind,
    apiKey,
    url: comparableUrl(kind, baseUrl),
    baseUrl,
    names: equal.map(({ name }) => name.trim()),
    // Where models are no more than aliases, nobody need be asked for them.
    models: unionOfModels(inOwnOrder(equal)) ?? (hasManyKeys(kind) ? undefined : []),
    answers: joinAnswers(equal),
  };
}

/** Equal wishes in an order that follows from their models. */
function inOwnOrder(equal: readonly ImportWish[]): readonly ImportWish[] {
  if (equal.length < 2) return equal;
  const texts = new Map(equal.map((wish) => [wish, JSON.stringify(wish.models ?? [])]));
  const textOf = (wish: ImportWish) => texts.get(wish) ?? '';
  return equal.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
}

/** A relay's list is asked with one of its keys only: the others are taken to have the same models. */
function lendModels(keys: WantedKey[]): void {
  const unread = keys.filter(({ models }) => models === undefined);
  if (unread.length === 0) return;
  const sites = Map.groupBy(keys, ({ kind, url }) => siteId(kind, url));
  const lists = new Map([...sites].map(([site, own]) => [site, unionOfModels(own)]));
  for (const key of unread) key.models = lists.get(siteId(key.kind, key.url));
}

/** The models of all whose list has been read, one list after the other; nothing if none has. Most often all keys of a relay share one. */
export function unionOfModels(
  lists: readonly { models: readonly ModelAlias[] | undefined }[],
): readonly ModelAlias[] | undefined {
  const read = [...new Set(lists.map(({ models }) => models))].filter((list) => list !== undefined);
  return read.length > 1 ? read.flat() : read[0];
}

/** Those of `wanted` that `present` does not have, each once. A model is its upstream id and its alias together. */
export function missingModels(
  present: readonly ModelAlias[],
  wanted: readonly ModelAlias[],
): readonly ModelAlias[] {
  const idOf = ({ upstream, alias }: ModelAlias) => `${upstream}\n${alias}`;
  const known = new Set(present.map(idOf));
  return wanted.filter((model) => !known.has(idOf(model)) && known.add(idOf(model)));
}
