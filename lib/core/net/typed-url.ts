import { assumedScheme } from './hosts.ts';

export type TypedUrlProblem = 'empty' | 'not-an-address' | 'other-scheme' | 'credentials';

export interface TypedUrl {
  url: URL;
  schemeAdded: boolean;
}

/**
 * The address that a person typed or pasted, with the scheme that they left out.
 *
 * `host:port` is not taken for a scheme, and a bare IPv6 address gets its brackets.
 * Query and fragment are still there; what they mean is for the caller to say.
 */
export function parseTypedUrl(typed: string): TypedUrl | TypedUrlProblem {
  const text = typed.trim();
  if (text === '') return 'empty';
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') return 'other-scheme';
  const withScheme = scheme ? text : addScheme(text);
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (!url || url.hostname === '' || /\s/.test(text)) return 'not-an-address';
  if (url.username !== '' || url.password !== '') return 'credentials';
  return { url, schemeAdded: !scheme };
}

function addScheme(text: string): string {
  const bracketed = /^[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*$/i.test(text) ? `[${text}]` : text;
  const probe = `http://${bracketed.replace(/^\/\//, '')}`;
  if (!URL.canParse(probe)) return probe;
  return `${assumedScheme(new URL(probe).hostname)}${probe.slice('http'.length)}`;
}
