import type { DiffLine } from './changes/diff-lines.ts';
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

/** What became of one import: the receipt that the person sees, in History and in a notice. */
export interface HistoryEntry {
  id: string;
  /** Epoch ms. */
  at: number;
  server: { id: string; name: string };
  key: { id: string; name: string; mask: string; host: string };
  result: ImportResult;
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
}

/** Whether an entry is one that the person has to look at. */
export const needsAttention = ({ result }: HistoryEntry): boolean => result.outcome === 'failed';

/** The entries whose key, provider or server contains what is searched for, whatever its case. */
export function searchHistory(
  entries: readonly HistoryEntry[],
  search: string,
): readonly HistoryEntry[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return entries;
  return entries.filter(({ key, server, result }) =>
    [key.name, key.host, server.name, result.outcome === 'failed' ? '' : result.provider].some(
      (text) => text.toLowerCase().includes(wanted),
    ),
  );
}

const DAY_MS = 86_400_000;

/** Entries by the day of their change, with a moment of that day. `utcOffsetMs` is the person's distance from UTC. */
export function entriesByDay(
  entries: readonly HistoryEntry[],
  utcOffsetMs: number,
): [at: number, entries: HistoryEntry[]][] {
  const days = Map.groupBy(entries, ({ at }) => Math.floor((at + utcOffsetMs) / DAY_MS));
  return [...days.values()].map((ofDay) => [ofDay[0]?.at ?? 0, ofDay]);
}
