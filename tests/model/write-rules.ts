import type { ProviderEntry } from '../../lib/core/changes/provider.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import {
  type Entries,
  keyEntriesIn,
  keyIn,
  keysIn,
  missingIn,
  modelsIn,
  nameIn,
  plainUrl,
  sameText,
  timesIn,
  urlIn,
} from './lists.ts';

/** A key that the person has asked to have on a server. */
export interface Wanted {
  apiKey: string;
  /** As `plainUrl` gives it. */
  url: string;
}

/** What the person has asked for, as far as it is still to be done or to be kept. */
export interface Asked {
  add: readonly Wanted[];
  /** Keys whose import is taken back, with all that came along. */
  remove: ReadonlySet<string>;
}

/** What is wrong with one entry of a planned write, in words. */
type Objection = string | undefined;

/**
 * Whether a write would change the list that it was planned on in nothing but what was asked for:
 * wanted keys appended, models for a provider that has none, providers with wanted keys behind all;
 * and what an import brought, taken out again.
 */
export function objectionsTo(planned: Entries, list: Entries, asked: Asked): string[] {
  const objections: Objection[] = [];
  let at = 0;
  for (const was of list) {
    const is = planned[at];
    if (is && isSameOne(was, is)) {
      at += 1;
      objections.push(sameText(is, was) ? undefined : objectionToChange(is, was, asked));
    } else if (!isAllOurs(was, asked.remove)) {
      return [`${nameIn(was)} would be gone, or in another place`];
    }
  }
  objections.push(...planned.slice(at).map((entry) => objectionToNew(entry, list, asked)));
  return objections.filter((objection) => objection !== undefined);
}

const isSameOne = (was: ProviderEntry, is: ProviderEntry): boolean =>
  nameIn(was) === nameIn(is) && urlIn(was) === urlIn(is);

/** What an import writes, and what a server adds to it. */
const OUR_FIELDS = new Set(['name', 'base-url', 'api-key-entries', 'models', 'disabled']);

/** A provider as an import of these keys creates it, changed by nobody. */
function isAllOurs(entry: ProviderEntry, keys: ReadonlySet<string>): boolean {
  const own = keysIn(entry);
  const isOwn = own.length > 0 && own.every((key) => keys.has(key)) && entry.disabled !== true;
  return isOwn && Object.keys(entry).every((field) => OUR_FIELDS.has(field));
}

function objectionToChange(is: ProviderEntry, was: ProviderEntry, asked: Asked): Objection {
  const fields = new Set([...Object.keys(was), ...Object.keys(is)]);
  fields.delete('api-key-entries');
  fields.delete('models');
  const changed = [...fields].filter((field) => !sameText(is[field], was[field]));
  if (changed.length > 0) return `${nameIn(was)}: ${changed.join(', ')} changed`;
  const keys = appended(keyEntriesIn(was), keyEntriesIn(is), (held) =>
    asked.remove.has(keyIn(held)),
  );
  if (!keys) return `${nameIn(was)}: api-key entries changed, moved or gone`;
  const twice = keys.find((held) => timesIn([was], keyIn(held)) > 0);
  if (twice) return `${nameIn(was)}: ${keyIn(twice)} stands there already`;
  const models = appended(modelsIn(was), modelsIn(is), () => asked.remove.size > 0);
  if (!models) return `${nameIn(was)}: models changed, moved or gone`;
  return objectionToKeys(is, keys, asked);
}

function objectionToNew(entry: ProviderEntry, list: Entries, asked: Asked): Objection {
  const name = nameIn(entry).trim().toLowerCase();
  if (name === '') return 'a provider without a name';
  if (list.some((other) => nameIn(other).trim().toLowerCase() === name)) return `a second ${name}`;
  const more = Object.keys(entry).filter((field) => !OUR_FIELDS.has(field));
  if (more.length > 0) return `${name} was created with ${more.join(', ')}`;
  if (keyEntriesIn(entry).length === 0) return `${name} was created without a key`;
  return objectionToKeys(entry, keyEntriesIn(entry), asked);
}

function objectionToKeys(
  entry: ProviderEntry,
  keys: readonly JsonObject[],
  { add }: Asked,
): Objection {
  const url = plainUrl(urlIn(entry));
  const isWanted = (held: JsonObject) =>
    add.some((key) => key.apiKey === keyIn(held) && key.url === url);
  const stranger = keys.find((held) => !isWanted(held) || Object.keys(held).length !== 1);
  return stranger && `${nameIn(entry)}: ${JSON.stringify(stranger)} was not asked for`;
}

/** What was added behind a list of which only some may go; nothing if anything else happened to it. */
function appended(
  was: readonly JsonObject[],
  is: readonly JsonObject[],
  mayGo: (item: JsonObject) => boolean,
): readonly JsonObject[] | undefined {
  let at = 0;
  for (const item of was) {
    if (sameText(is[at], item)) at += 1;
    else if (!mayGo(item)) return undefined;
  }
  return is.slice(at);
}

/** Providers of others that an earlier look showed and this list does not. Ours may be dropped by a reload. */
export const lostOthers = (
  seen: Entries,
  list: Entries,
  ours: ReadonlySet<string>,
): ProviderEntry[] =>
  missingIn(seen, list).filter((entry) => {
    const keys = keyEntriesIn(entry).map(keyIn);
    return keys.length === 0 || !keys.every((key) => ours.has(key));
  });
