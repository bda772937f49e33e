export interface Row {
  /** Such as `I-04`. */
  id: string;
  statement: string;
}

/** The rows of the acceptance table, from its Markdown. */
export function parseTable(markdown: string): Row[] {
  const lines = markdown.matchAll(/^\| ([A-Z]-\d+) \| (.*?) \|/gm);
  return [...lines].map(([, id = '', statement = '']) => ({ id, statement }));
}
