import type { ProviderKind } from '../../lib/core/changes/provider.ts';
import type { Findings } from './findings.ts';
import { type Entries, keysIn, plainUrl, timesIn, urlIn } from './lists.ts';
import type { ModelServer } from './model-server.ts';
import type { Look, SentRequest } from './watched.ts';

/** What others changed between the read that a write was planned on and its arrival is lost: nobody can avoid it. */
export function countWindow(
  server: ModelServer,
  request: SentRequest,
  { look, kind, before }: { look: Look; kind: ProviderKind; before: Entries },
  findings: Findings,
): void {
  if (look.served?.[kind] === before) return;
  const from = server.changes.findLastIndex(({ lists }) => lists === look.served);
  const causes = new Set(server.changes.slice(from + 1, -1).map(({ cause }) => cause));
  if (from < 0 || causes.size === 0) {
    findings.violate('stale-list', 'the list that was read never was in service');
  }
  for (const cause of causes)
    findings.count(`${request.method} over a change in the window: ${cause}`);
}

export function judgeDouble(
  apiKey: string,
  { look, before, after }: { look: Look; before: Entries; after: Entries },
  findings: Findings,
): void {
  const holders = (entries: Entries) => entries.filter((entry) => keysIn(entry).includes(apiKey));
  const urls = new Set(holders(after).map((entry) => plainUrl(urlIn(entry))));
  const [was, is] = [timesIn(before, apiKey), timesIn(after, apiKey)];
  if (is <= Math.max(1, was)) return;
  // Somebody has moved a provider with our key to another base URL: that is another relay now.
  if (urls.size === is) findings.count('a key stands at two base URLs');
  // Somebody else may have brought the same key in the window.
  else if (timesIn(look.entries, apiKey) !== was)
    findings.count('a key was brought twice in the window');
  else findings.violate('doubled', `${apiKey} stands ${is} times`);
}
