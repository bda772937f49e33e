/** What one line of a table says, by column. */
export type Row = Readonly<Record<string, string | number>>;

/** Something that was to be reached, and whether it was. */
export interface Target {
  what: string;
  found: number;
  /** The most that it may be. */
  most: number;
}

/** What one part of the bench has found. */
export interface Report {
  tables: readonly { title: string; rows: readonly Row[]; notes?: readonly string[] }[];
  targets: readonly Target[];
}

/** The middle one of an odd number of values, and of an even one the lower of the two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** A figure to one decimal place: more is noise. */
export const round = (value: number): number => Math.round(value * 10) / 10;

/** Kept for readers of the JSON too. */
export const isReached = ({ found, most }: Target): boolean => found <= most;

/** A report as text. */
export function printed({ tables, targets }: Report): string {
  const parts = tables.map(({ title, rows, notes = [] }) =>
    [title, '', ...tableLines(rows), ...notes.map((note) => `  ${note}`)].join('\n'),
  );
  const reached = targets.map(
    (target) =>
      `  ${isReached(target) ? 'reached' : 'MISSED '}  ${target.what}: ${target.found}, at most ${target.most}`,
  );
  return [...parts, reached.join('\n')].filter((part) => part !== '').join('\n\n');
}

/** Columns as wide as what stands in them: words begin, numbers end where the others do. */
function tableLines(rows: readonly Row[]): string[] {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  const isNumber = columns.map((column) => rows.every((row) => typeof row[column] === 'number'));
  return cells.map((line) => {
    const padded = line.map((cell, at) =>
      isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
    );
    return `  ${padded.join('  ')}`.trimEnd();
  });
}
