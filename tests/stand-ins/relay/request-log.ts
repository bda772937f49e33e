import { bearerOf, type RelayRequest, type Site, urlOf } from './http.ts';
import { maskKey } from './mask-key.ts';

/** One request as the log keeps it: no key, session or password stands in it in clear. */
export interface LogEntry {
  method: string;
  /** Path and query; the values of `key` and `token` are masked. */
  path: string;
  /** Which credential was sent: the site's name for it, else a mask; `none` if there was none. */
  key: string;
  /** `unanswered` while the site still thinks, or for ever if it hangs. */
  status: number | 'unanswered';
}

const secretParameters = ['key', 'token'];

/** The log entry of a request that has just come in. */
export function logEntry(request: RelayRequest, site: Pick<Site<unknown>, 'nameOf'>): LogEntry {
  const name = (credential: string) => site.nameOf(credential) ?? mask(credential);
  const credential = credentialOf(request);
  return {
    method: request.method,
    path: maskedPath(request, name),
    key: credential === '' ? 'none' : name(credential),
    status: 'unanswered',
  };
}

/** A short key would not be hidden by showing its ends only. */
function mask(credential: string): string {
  return credential.length > 12 ? maskKey(credential) : '********';
}

function credentialOf(request: RelayRequest): string {
  const { authorization, 'x-api-key': anthropic, 'x-goog-api-key': google } = request.headers;
  return bearerOf(
    authorization ?? anthropic ?? google ?? urlOf(request).searchParams.get('key') ?? '',
  );
}

function maskedPath(request: RelayRequest, name: (credential: string) => string): string {
  const url = urlOf(request);
  const secrets = secretParameters.filter((parameter) => url.searchParams.get(parameter));
  if (secrets.length === 0) return request.path;
  for (const parameter of secrets) {
    url.searchParams.set(parameter, name(url.searchParams.get(parameter) ?? ''));
  }
  return url.pathname + url.search;
}
