import { say, type Words } from '../words/words.ts';
import type { ShownConflict } from './show-conflict.ts';

/** The versions of something that two sides changed, in the order in which they are shown. */
export const SIDES = ['theirs', 'ours', 'before'] as const;

export type Side = (typeof SIDES)[number];

/** What stands in the way, by the name of its provider. */
export function conflictWords({ code, provider, field = '' }: ShownConflict): Words {
  switch (code) {
    case 'changed':
      return say('conflict_changed', { provider, field });
    case 'changed-removal':
      return say('conflict_removal', { provider });
    case 'gone':
      return say('conflict_gone', { provider });
    case 'name-taken':
      return say('conflict_name_taken', { provider });
  }
}

/** What a side says where it has no text to show: the field is not set, or the provider is not there. */
export const emptySideWords = ({ code }: ShownConflict): Words =>
  say(code === 'changed' ? 'side_unset' : 'side_removed');

/** Whether the sides can be compared, and one of them chosen. What is gone leaves nothing to choose. */
export const hasSides = ({ code }: ShownConflict): boolean =>
  code === 'changed' || code === 'changed-removal';

/** A line of one side. Of a long text the lines that the other side has too are left out, but for the neighbours of others. */
export interface SideLine {
  /** Absent: equal lines that are left out. */
  text?: string;
  isChanged: boolean;
}

/** A text of so many lines is shown as a whole. */
const SHORT = 6;
const NEIGHBOURS = 1;

/** A side's text by its lines, those marked that the text beside it does not have. */
export function sideLines(text: string, beside: string): SideLine[] {
  const others = new Set(beside.split('\n').map(comparable));
  const lines = text.split('\n').map((line) => ({
    text: line,
    isChanged: !others.has(comparable(line)),
  }));
  if (lines.length <= SHORT) return lines;
  const changes = lines.flatMap(({ isChanged }, at) => (isChanged ? [at] : []));
  const isNear = (at: number) => changes.some((change) => Math.abs(change - at) <= NEIGHBOURS);
  return lines.flatMap((line, at): SideLine[] => {
    if (isNear(at)) return [line];
    return at === 0 || isNear(at - 1) ? [{ isChanged: false }] : [];
  });
}

/** A comma behind a line says only that another follows. */
const comparable = (line: string): string => line.trim().replace(/,$/, '');
