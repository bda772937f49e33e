import { type HostReach, hostReach } from '../net/hosts.ts';
import { parseTypedUrl, type TypedUrlProblem } from '../net/typed-url.ts';
import { fail, ok, type Result } from '../result.ts';

/** What was made of a typed management base URL; the interface has a sentence for each. */
export type AddressNote = 'scheme-added' | 'panel-replaced' | 'path-cut' | 'query-cut';

export interface ServerAddress {
  /** `<scheme>://<host>[:port][/prefix]/v0/management`, without a trailing slash. */
  managementBaseUrl: string;
  notes: readonly AddressNote[];
}

export type AddressProblem = { code: 'input/address'; problem: TypedUrlProblem };

/** Where CLIProxyAPI listens when nobody said otherwise. */
export const DEFAULT_ADDRESS = '127.0.0.1:8317';

/** Where the paths of CLIProxyAPI itself begin; what stands before is the prefix of a reverse proxy. */
const OWN_PATH =
  /\/+(v0|v1|v1beta|management\.html|healthz|[a-z]+-compatibility|[a-z-]+-api-key|api-keys)(\/|$)/;

/**
 * The management base URL for any form in which people know their server's address:
 * `localhost:8317`, the panel's page, a management route, the path twice, a client's
 * `/v1`, a path prefix, IPv6.
 *
 * Without a scheme it is `http` for loopback, private and single-label hosts, else `https`.
 */
export function parseServerAddress(typed: string): Result<ServerAddress, AddressProblem> {
  const parsed = parseTypedUrl(typed);
  if (typeof parsed === 'string') return fail({ code: 'input/address', problem: parsed });
  const { url, schemeAdded } = parsed;
  const own = OWN_PATH.exec(url.pathname);
  const prefix = (own ? url.pathname.slice(0, own.index) : url.pathname).replace(/\/+$/, '');
  const ownPath = own ? url.pathname.slice(own.index).replace(/\/+$/, '') : '';

  const notes: AddressNote[] = schemeAdded ? ['scheme-added'] : [];
  if (own?.[1] === 'management.html') notes.push('panel-replaced');
  else if (ownPath !== '' && ownPath !== '/v0/management') notes.push('path-cut');
  if (url.search !== '') notes.push('query-cut');
  return ok({ managementBaseUrl: `${url.origin}${prefix}/v0/management`, notes });
}

/** The server root: what stands before `/v0/management`. Clients use `<root>/v1`. */
export const serverRoot = (managementBaseUrl: string): string =>
  managementBaseUrl.replace(/\/v0\/management$/, '');

/** How a person tells one server from another: host, port and prefix. */
export const serverPlace = (managementBaseUrl: string): string =>
  serverRoot(managementBaseUrl).replace(/^https?:\/\//, '');

/** Whether a key sent to this address can be read on its way, and how far that way is. */
export function plainHttpReach(address: string): HostReach | 'encrypted' {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' ? 'encrypted' : hostReach(hostname);
}

/** The same address under the other scheme: what a keyless probe tries when nobody answers. */
export const withOtherScheme = (address: string): string =>
  address.startsWith('https:') ? `http:${address.slice(6)}` : `https:${address.slice(5)}`;
