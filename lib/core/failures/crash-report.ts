/**
 * What a person may pass on about a crash: where it happened, and nothing that was said.
 * Messages are left out, because they may quote what was being worked on.
 */
export function crashReport(
  error: unknown,
  { version, page, agent }: { version: string; page: string; agent: string },
): string {
  const name = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = stack.split('\n').flatMap((line) => placeIn(line) ?? []);
  return [`Keyferry ${version}, ${page}`, agent, name, ...places.slice(0, 12)].join('\n');
}

/** Function, file and position of one line of a stack, in the form of either browser. */
function placeIn(line: string): string | undefined {
  const chromium = /^\s*at (?:(\S+) )?\(?\S*?\/([\w.-]+:\d+:\d+)\)?$/.exec(line);
  const firefox = /^(\S*?)@\S*\/([\w.-]+:\d+:\d+)$/.exec(line);
  const found = chromium ?? firefox;
  return found ? `  ${found[1] || '?'} ${found[2]}` : undefined;
}
