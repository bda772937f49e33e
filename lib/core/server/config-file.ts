import { isBcryptHash } from '../secrets.ts';
import type { ServerForm } from './server.ts';

/** What a server's config.yaml tells about reaching it. */
export interface ConfigFacts {
  host: string;
  port: number | undefined;
  tls: boolean;
  secretKey: string;
  allowRemote: boolean;
}

/** What to fill in from a config.yaml, and what to say about its key. */
export interface ConfigFinding {
  form: Partial<ServerForm>;
  key: 'plain' | 'hashed' | 'absent';
}

const DEFAULT_PORT = 8317;

/**
 * How the server of a config.yaml is reached from its own machine. After the first start
 * the file shows only the hash of the key (recorded v7.2.140, scenario auth-hashed-secret):
 * then the address alone is taken.
 */
export function readConfigFacts({ host, port, tls, secretKey }: ConfigFacts): ConfigFinding {
  const isEverywhere = host === '' || host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  const address = `${tls ? 'https' : 'http'}://${name}:${port ?? DEFAULT_PORT}`;
  if (secretKey === '') return { form: { address }, key: 'absent' };
  if (isBcryptHash(secretKey)) return { form: { address }, key: 'hashed' };
  return { form: { address, managementKey: secretKey }, key: 'plain' };
}
