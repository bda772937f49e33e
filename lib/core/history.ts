import type { DiffLine } from './changes/diff-lines.ts';
import type { ProviderKind } from './changes/provider.ts';
import type { Failure } from './failures/failure.ts';
import type { ChangeLine } from './import-view.ts';
import type { ImportResult } from './keys/relay-key.ts';

/** One request that was made, without anything secret: no query, no header, no body. */
export interface RequestNote {
  method: string;
  path: string;
  /** The HTTP status, or nothing where no answer could be read. */
  status?: number | undefined;
  ms: number;
}

/** What became of one relay key in a change. */
export interface KeyOutcome {
  id: string;
  name: string;
  mask: string;
  host: string;
  result: ImportResult;
}

/** What became of one change to one list: the receipt that the person sees, in History and in a notice. */
export interface HistoryEntry {
  id: string;
  /** What was done with one click has one: several servers, several lists. */
  runId: string;
  /** Epoch ms. */
  at: number;
  cause: 'import' | 'undo' | 'restore';
  /** The entry that an undo takes back. */
  of?: string | undefined;
  kind: ProviderKind;
  server: { id: string; name: string };
  /** The relay keys of an import, in their order; none otherwise. */
  keys: readonly KeyOutcome[];
  /** Why the change as a whole came to nothing. */
  failure?: Failure | undefined;
  /** What was changed, in words and as masked JSON. */
  lines: readonly ChangeLine[];
  diff: readonly DiffLine[];
  write?: 'PATCH' | 'PUT' | undefined;
  requests: readonly RequestNote[];
  /** How often the server dropped the change, so that it was written again. */
  repeats: number;
  /** Names of providers that disappeared meanwhile, through no write of ours. */
  gone: readonly string[];
  /** From the click until the result was known, in ms. */
  tookMs: number;
  /** Whether it can be taken back, or was. */
  undo?: 'possible' | 'done' | undefined;
}

/** The keys of an entry that were not imported. */
export const failedKeys = ({ keys }: HistoryEntry): readonly KeyOutcome[] =>
  keys.filter(({ result }) => result.outcome === 'failed');

/** Whether an entry is one that the person has to look at. */
export const needsAttention = (entry: HistoryEntry): boolean =>
  entry.failure !== undefined || failedKeys(entry).length > 0;

/** The one failure of an entry, where it has exactly one thing to tell of. */
export function soleFailure(entry: HistoryEntry): Failure | undefined {
  if (entry.failure) return entry.failure;
  const [key, ...more] = entry.keys;
  return key?.result.outcome === 'failed' && more.length === 0 ? key.result.failure : undefined;
}

/** The entries whose key, provider or server contains what is searched for, whatever its case. */
export function searchHistory(
  entries: readonly HistoryEntry[],
  search: string,
): readonly HistoryEntry[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return entries;
  return entries.filter((entry) =>
    searchedTexts(entry).some((text) => text.toLowerCase().includes(wanted)),
  );
}

const searchedTexts = ({ keys, server, lines }: HistoryEntry): string[] => [
  server.name,
  ...lines.flatMap((line) => (line.what === 'provider' ? line.name : [])),
  ...keys.flatMap(({ name, host, result }) => [
    name,
    host,
    result.outcome === 'failed' ? '' : result.provider,
  ]),
];

const DAY_MS = 86_400_000;

/** Entries by the day of their change, with a moment of that day. `utcOffsetMs` is the person's distance from UTC. */
export function entriesByDay(
  entries: readonly HistoryEntry[],
  utcOffsetMs: number,
): [at: number, entries: HistoryEntry[]][] {
  const days = Map.groupBy(entries, ({ at }) => Math.floor((at + utcOffsetMs) / DAY_MS));
  return [...days.values()].map((ofDay) => [ofDay[0]?.at ?? 0, ofDay]);
}
