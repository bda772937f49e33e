import type { Config, List } from '../config.ts';
import { readList, readObject } from '../json-body.ts';
import { type Answer, type Call, json, refusal } from '../messages.ts';
import {
  ifSet,
  optional,
  type Struct,
  type StructType,
  struct,
  text,
  whole,
} from '../schema/types.ts';
import { type Handler, type Server, save } from '../server.ts';
import type { Features } from '../versions.ts';
import { applyPatch, type PatchField, patchType } from './patch.ts';

/** A list of the configuration that management reads, replaces, and changes entry by entry. */
export interface EntryList<Entry extends Struct> {
  /** Its name in the configuration and in answers. */
  field: string;
  type: StructType;
  /** The field of a PATCH body that names the entry. */
  target: 'name' | 'match';
  patch: readonly PatchField[];
  /** `list` as GET shows it; `live` has the auth-index of each loaded credential by its id. */
  show: (list: List<Entry>, live: ReadonlyMap<string, string>) => unknown;
  /** What PUT and PATCH do to an entry before they store it. */
  normalize: (entry: Entry) => Entry;
  /** Why PUT refuses an entry, if it does. */
  refuse: (entry: Entry, at: number) => Answer | undefined;
  /** Whether PUT drops the entry without a word. */
  isDropped: (entry: Entry) => boolean;
  sanitize: (list: List<Entry>) => List<Entry>;
  /** Where the entry is that a PATCH names, -1 if nowhere, or a refusal. */
  find: (list: readonly Entry[], target: string, call: Call) => number | Answer;
}

/** GET of the whole list. Recorded in all versions, scenarios oc-put-array, *-put. */
export function showList<Entry extends Struct>(list: EntryList<Entry>): Handler {
  return (_call, { store, credentials }) => {
    const live = new Map(credentials.all().map(({ id, authIndex }) => [id, authIndex]));
    return json(200, { [list.field]: list.show(entriesOf(list, store.config()), live) });
  };
}

/** PUT of the whole list. Recorded in all versions, scenarios oc-put-*, *-put. */
export function putList<Entry extends Struct>(list: EntryList<Entry>): Handler {
  return ({ body }, server) => {
    const read = readList<Entry>(list.type, body);
    if (!read) return refusal(400, 'invalid body');
    const entries = read.value?.map(list.normalize) ?? null;
    const kept = entries?.filter((entry) => !list.isDropped(entry)) ?? null;
    const refused = entries
      ?.map((entry, at) => (list.isDropped(entry) ? undefined : list.refuse(entry, at)))
      .find((answer) => answer !== undefined);
    return refused ?? saveList(server, list, kept);
  };
}

/** PATCH of one entry. Recorded in all versions, scenarios oc-patch-*, *-patch. */
export function patchEntry<Entry extends Struct>(list: EntryList<Entry>): Handler {
  return (call, server) => {
    const partial = server.features.has('partial-patch');
    const value = partial ? patchType(list.type, list.patch, server.features) : list.type;
    const body = readObject<PatchBody>(patchBody(list.target, value), call.body)?.value;
    if (!body?.value) return refusal(400, 'invalid body');
    const entries = entriesOf(list, server.store.config()) ?? [];
    const at = findTarget(list, entries, body, call);
    if (typeof at !== 'number') return at;
    const old = entries[at];
    if (!old) return refusal(404, 'item not found');
    const patched = partial
      ? applyPatch(old, body.value, list.patch, server.features)
      : replaced(list, body.value as Entry, server.features);
    if ('refused' in patched) return patched.refused;
    const next = 'entry' in patched ? [list.normalize(patched.entry)] : [];
    return saveList(server, list, entries.toSpliced(at, 1, ...next));
  };
}

interface PatchBody {
  index: number | null;
  name?: string | null;
  match?: string | null;
  value: Struct | null;
}

function patchBody(target: string, value: StructType): StructType {
  return struct(
    ifSet('index', optional(whole)),
    ifSet(target, optional(text)),
    ifSet('value', optional(value)),
  );
}

/** The index wins if it is one of the list. Scenario oc-patch-target. */
function findTarget<Entry extends Struct>(
  list: EntryList<Entry>,
  entries: readonly Entry[],
  body: PatchBody,
  call: Call,
): number | Answer {
  if (body.index !== null && entries[body.index]) return body.index;
  const target = body[list.target];
  return typeof target === 'string' ? list.find(entries, target, call) : -1;
}

/** Before v6.6.40 the value is the new entry; without the field that makes it one, the entry goes. */
function replaced<Entry extends Struct>(list: EntryList<Entry>, value: Entry, features: Features) {
  const required = list.patch.find((field) => field.emptyDeletes && features.covers(field));
  const isEmpty = required && String(value[required.name]).trim() === '';
  return isEmpty ? ({ removed: true } as const) : { entry: value };
}

/** The entries of `list` in `config`. */
export function entriesOf<Entry extends Struct>(
  list: EntryList<Entry>,
  config: Config,
): List<Entry> {
  return config[list.field] as List<Entry>;
}

/** Stores `entries` as the list. */
export function saveList<Entry extends Struct>(
  server: Server,
  list: EntryList<Entry>,
  entries: List<Entry>,
): Answer {
  return save(server, (config) => ({ ...config, [list.field]: list.sanitize(entries) }));
}

/** The index in a query, read leniently: `0x` is 0. undefined if it is none of the list. Scenario oc-delete. */
export function indexIn(entries: readonly unknown[], query: Call['query']): number | undefined {
  const digits = /^\s*[+-]?\d+/.exec(query.get('index') ?? '')?.[0];
  const index = Number(digits ?? Number.NaN);
  return index >= 0 && index < entries.length ? index : undefined;
}
