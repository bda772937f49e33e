import type { ServerFailure } from '../failures/failure.ts';

/** A CLIProxyAPI that the person set up. What opens it is kept apart from it. */
export interface Server {
  id: string;
  name: string;
  managementBaseUrl: string;
  /** Names of the extra request headers; their values are secrets. */
  headerNames: readonly string[];
  isDefault: boolean;
  /** The person insisted on plain http to a public host. */
  plainHttpAccepted: boolean;
  check?: ServerCheck | undefined;
}

/** What the last test of a server found. */
export interface ServerCheck {
  /** Epoch ms. */
  at: number;
  version?: string | undefined;
  failure?: ServerFailure | undefined;
}

/** What a person entered of a server. A key or a header value that is left out stays as it is. */
export interface ServerForm {
  id?: string | undefined;
  name: string;
  address: string;
  managementKey?: string | undefined;
  headers: readonly HeaderForm[];
  plainHttpAccepted: boolean;
}

export interface HeaderForm {
  name: string;
  value?: string | undefined;
}

/** One stop of a connection test: what was asked, and what it showed. */
export type CheckStop =
  | { stop: 'service'; safeMode: boolean }
  | { stop: 'key' }
  | { stop: 'version'; version?: string | undefined }
  | { stop: 'providers'; counts: Readonly<Record<string, number>> }
  /** `clientKey` is masked; absent where the server has none and answers anybody. */
  | { stop: 'models'; count: number; clientKey?: string | undefined };

/** A connection test as far as it has come. It stops at the first failure. */
export interface ConnectionCheck {
  passed: readonly (CheckStop & { ms: number })[];
  failed?: { stop: CheckStop['stop']; failure: ServerFailure } | undefined;
  /** The stop that is being asked. Absent when the test is over. */
  asking?: CheckStop['stop'] | undefined;
  /** Wrong management keys of ours that the server may still count. */
  refusals: number;
}

export const CHECK_STOPS = ['service', 'key', 'version', 'providers', 'models'] as const;

/** Exactly one server is the default: the preferred one where it says so, else the one that is, else the first. */
export function withOneDefault(servers: readonly Server[], preferred?: Server): Server[] {
  const chosen = preferred?.isDefault
    ? preferred
    : (servers.find(({ isDefault }) => isDefault) ?? servers[0]);
  return servers.map((server) => ({ ...server, isDefault: server.id === chosen?.id }));
}
