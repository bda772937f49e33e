import type { Test } from './read-lists.ts';
import type { Row } from './table.ts';

/** The page docs/acceptance.md: each row with the tests that prove it. */
export function renderPage(rows: readonly Row[], proofs: ReadonlyMap<string, Test[]>): string {
  const proved = rows.filter(({ id }) => proofs.has(id)).length;
  return [
    '# What is proved, and where',
    '',
    'Made by `npm run acceptance` from [the table](../tests/acceptance-table.md) and the titles of the tests.',
    `${proved} of ${rows.length} rows have a test. \`npm run acceptance -- --prove I-04\` runs the tests of one row.`,
    '',
    '| Row | Statement that must be true | Tests | Layers |',
    '|---|---|---|---|',
    ...rows.map((row) => renderRow(row, proofs.get(row.id) ?? [])),
    '',
  ].join('\n');
}

function renderRow({ id, statement }: Row, tests: readonly Test[]): string {
  const layers = [...new Set(tests.map(({ layer }) => layer))];
  return `| ${id} | ${statement} | ${renderTests(tests)} | ${layers.join(', ')} |`;
}

/** One link for all tests of a place: a loop makes many on one line. */
function renderTests(tests: readonly Test[]): string {
  const places = Map.groupBy(tests, ({ file, line }) => `${file}#L${line}`);
  return [...places]
    .map(([place, [first, ...others]]) => {
      const more = others.length > 0 ? ` and ${others.length} more` : '';
      const path = place.replace('#L', ':').replace(/^tests\//, '');
      return `${escapeCell(first?.title ?? '')}${more} ([${path}](../${place}))`;
    })
    .join('<br>');
}

/** Without the ids in brackets, which the row says already. */
function escapeCell(title: string): string {
  const bare = title.replace(/\[[A-Z]-\d+\] ?/g, '').trim();
  return bare.replace(/[|<>*_`\\]/g, '\\$&');
}
