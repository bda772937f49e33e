/** How far a host is away: what may be sent to it over plain http depends on it. */
export type HostReach = 'loopback' | 'private' | 'public';

const LOCAL_SUFFIXES = ['.local', '.lan', '.internal', '.home.arpa'];

/**
 * How far away a host is, by its name alone. Nothing is looked up.
 *
 * `host` is as in `URL.hostname`: lower case, IPv6 in brackets. Names of one label
 * (`nas`) and of the usual home domains count as private; so does 100.64.0.0/10,
 * which Tailscale and carrier networks use.
 */
export function hostReach(host: string): HostReach {
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  if (host.startsWith('[')) return ipv6Reach(host.slice(1, -1));
  const octets = ipv4Octets(host);
  if (octets) return ipv4Reach(octets);
  if (!host.includes('.') || LOCAL_SUFFIXES.some((suffix) => host.endsWith(suffix)))
    return 'private';
  return 'public';
}

/** The scheme to assume where a person left it out: https, except where a certificate is unlikely. */
export const assumedScheme = (host: string): 'http' | 'https' =>
  hostReach(host) === 'public' ? 'https' : 'http';

function ipv4Octets(host: string): [number, number] | undefined {
  const parts = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
  return parts ? [Number(parts[1]), Number(parts[2])] : undefined;
}

function ipv4Reach([first, second]: [number, number]): HostReach {
  if (first === 127) return 'loopback';
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second <= 127);
  return isPrivate ? 'private' : 'public';
}

function ipv6Reach(address: string): HostReach {
  if (address === '::1') return 'loopback';
  return /^(f[cd]|fe[89ab])/.test(address) ? 'private' : 'public';
}
