/** A request as the stand-in takes it. */
export interface Request {
  method: string;
  /** With the query, as it came, e.g. `/v0/management/api-keys?index=0`. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | undefined;
  /** Where it comes from; this machine if nothing else is said. */
  remoteAddress?: string | undefined;
}

export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** A request taken apart. */
export interface Call {
  method: string;
  /** Without the query. */
  path: string;
  /** The query as it came, with its question mark; empty if there is none. */
  search: string;
  query: ReadonlyMap<string, string>;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
  remoteAddress: string;
}

/** Takes `request` apart. */
export function readRequest(request: Request): Call {
  const [path = '', query = ''] = request.path.split(/\?(.*)/s);
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    value.trim(),
  ]);
  return {
    method: request.method.toUpperCase(),
    path,
    search: query && `?${query}`,
    query: readQuery(query),
    headers: Object.fromEntries(headers),
    body: request.body ?? '',
    remoteAddress: request.remoteAddress ?? '127.0.0.1',
  };
}

/** The first value of each parameter; one with a broken escape is dropped. Scenario oc-special-names. */
function readQuery(query: string): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const part of query.split('&').filter(Boolean)) {
    const [name = '', value = ''] = part.split(/=(.*)/s).map((text) => text.replaceAll('+', ' '));
    try {
      const key = decodeURIComponent(name);
      if (!result.has(key)) result.set(key, decodeURIComponent(value));
    } catch {
      // As the server: the parameter is as good as not there.
    }
  }
  return result;
}

/** An answer with a JSON body. */
export function json(status: number, body: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}

/** The answer to a request that the server refuses. */
export function refusal(status: number, error: string): Answer {
  return json(status, { error });
}

/** An answer without a body. */
export function empty(status: number): Answer {
  return { status, headers: {}, body: '' };
}

/** There is no answer: the connection breaks, or nobody listens. */
export class ConnectionLost extends Error {
  override name = 'ConnectionLost';
}
