/** A request as a site sees it: header names in lower case, the body as text. */
export interface RelayRequest {
  method: string;
  /** Path and query, as on the request line. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/**
 * An answer. A `Content-Length` greater than the body means that the connection breaks off there.
 */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What can be told apart about a relay: how it answers, and what can be changed while it runs. */
export interface Site<Switches> {
  switches: Switches;
  answer: (request: RelayRequest) => Reply;
  /** A name for a credential that this site knows, fit for a log. */
  nameOf: (credential: string) => string | undefined;
}

/** A JSON answer. */
export function jsonReply(
  status: number,
  value: unknown,
  contentType = 'application/json; charset=utf-8',
): Reply {
  return { status, headers: { 'Content-Type': contentType }, body: JSON.stringify(value) };
}

/** `reply` with more headers; these win over those it has. */
export function withHeaders(reply: Reply, headers: Readonly<Record<string, string>>): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** The address of a request, on a host that means nothing. */
export function urlOf(request: RelayRequest): URL {
  return new URL(request.path, 'http://relay');
}

/** The body as JSON, or `undefined` where it is none. */
export function readJson(request: RelayRequest): unknown {
  try {
    return JSON.parse(request.body);
  } catch {
    return undefined;
  }
}

/** The token of an `Authorization: Bearer` header, or the bare header: relays take both. */
export function bearerOf(header: string | undefined): string {
  return (header ?? '').replace(/^Bearer\s+/i, '').trim();
}
