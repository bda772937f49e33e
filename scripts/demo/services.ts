import { writeFileSync } from 'node:fs';
import { lookAt, openRealServer, type ServerUnderTest } from '../../tests/e2e/server-under-test.ts';
import { startStandIn } from '../../tests/stand-ins/cliproxyapi/http.ts';
import { type RunningRelay, startRelay } from '../../tests/stand-ins/relay/start-relay.ts';
import { startOnFreePort } from './free-port.ts';
import type { OwnServer } from './request.ts';
import {
  CLIENT_KEY,
  configOf,
  MANAGEMENT_KEY,
  SAMPLE_RELAYS,
  type SampleKey,
  STAND_IN_VERSION,
} from './samples.ts';
import { Trouble } from './trouble.ts';

/** Where CLIProxyAPI listens by itself. */
const SERVER_PORT = 8317;
/** The same at each start, so that what a real server keeps of a demo is known to the next. */
const RELAY_PORT = 8401;

/** A key to put on a card, and where it works. */
export interface PlacedKey extends SampleKey {
  baseUrl: string;
}

/** Starts the sample relays on loopback, and gives their keys. Adds to `cleanup` what ends them. */
export async function startRelays(cleanup: AsyncDisposableStack): Promise<PlacedKey[]> {
  const placed: PlacedKey[] = [];
  for (const { models, keys } of SAMPLE_RELAYS) {
    const known = keys.map(({ apiKey }) => apiKey);
    const start = (port: number): Promise<RunningRelay<'plain'>> =>
      startRelay({ site: 'plain', port, models, keys: known });
    const relay = await startOnFreePort(RELAY_PORT, start);
    cleanup.defer(relay.close);
    placed.push(...keys.map((key) => ({ ...key, baseUrl: relay.url })));
  }
  return placed;
}

/** Starts the stand-in for CLIProxyAPI, with its config.yaml at `configPath`. */
export async function startServer(
  configPath: string,
  cleanup: AsyncDisposableStack,
): Promise<ServerUnderTest> {
  const standIn = await startOnFreePort(SERVER_PORT, (port) => {
    writeFileSync(configPath, configOf(port));
    return startStandIn({ version: STAND_IN_VERSION, port, configPath });
  });
  cleanup.defer(standIn.close);
  return lookAt(standIn.url, MANAGEMENT_KEY, CLIENT_KEY, standIn);
}

/**
 * Opens the person's own server. Throws `Trouble` if it does not let us in, or holds a provider
 * under the name of a sample, which Keyferry would not touch without asking.
 */
export async function openOwnServer(
  { url, managementKey }: OwnServer,
  samples: readonly PlacedKey[],
): Promise<ServerUnderTest> {
  const server = await openRealServer(url, managementKey).catch((error: Error) => {
    throw new Trouble(`${error.message} (CLIPROXYAPI_URL, CLIPROXYAPI_MANAGEMENT_KEY)`);
  });
  for (const { name, 'base-url': baseUrl } of await server.providers()) {
    const sample = samples.find((key) => key.name === name);
    if (!sample || baseUrl.startsWith(sample.baseUrl)) continue;
    throw new Trouble(
      `${url} has a provider ${name} at ${baseUrl}, and the demo needs that name. Remove it from the server, and run this again.`,
    );
  }
  return server;
}
