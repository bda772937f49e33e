import type { Secret } from '../../lib/core/secrets.ts';
import { usableClientKey } from '../../lib/core/server/client-keys.ts';
import { type StandIn, startStandIn } from '../stand-ins/cliproxyapi/http.ts';

export type Entry = Record<string, unknown> & {
  name: string;
  'base-url': string;
  'api-key-entries'?: { 'api-key': string }[];
  models?: { name: string; alias: string }[];
};

/** The server that a test imports to, looked at as its owner would: through its own API. */
export interface ServerUnderTest {
  url: string;
  managementKey: string;
  clientKey: string | undefined;
  /** `GET openai-compatibility`, without what is only shown. */
  providers(): Promise<Entry[]>;
  /** Puts the list into place before a test. */
  setProviders(entries: readonly object[]): Promise<void>;
  /** The ids that clients are offered, sorted. */
  servedModels(): Promise<string[]>;
  /** What a client gets for a short message to a model. */
  chat(model: string): Promise<{ status: number; text: string }>;
  /** The stand-in itself, for its log and switches; absent where a real server is tested. */
  standIn: StandIn | undefined;
  close(): Promise<void>;
}

const CLIENT_KEY = 'client-key-of-the-tests';
const MANAGEMENT_KEY = 'management-key-of-the-tests';

/**
 * The calls of the management API that brought no key, each of which the server counts as a
 * wrong one. A preflight is the browser's own and counts for nothing.
 */
export function keylessManagementCalls({ standIn }: ServerUnderTest): string[] {
  return (standIn?.log ?? [])
    .filter(({ method, path, keyed }) => path.startsWith('/v0/') && method !== 'OPTIONS' && !keyed)
    .map(({ method, path }) => `${method} ${path}`);
}

/** How many wrong management keys the server has seen. */
export const wrongKeys = ({ standIn }: ServerUnderTest): number =>
  (standIn?.log ?? []).filter(({ path, status }) => path.startsWith('/v0/') && status === 401)
    .length;

/** Configuration of a stand-in. `extra` is further YAML at the top level. */
export const configYaml = (extra = ''): string =>
  [
    'port: 0',
    'remote-management:',
    `  secret-key: "${MANAGEMENT_KEY}"`,
    'api-keys:',
    `  - "${CLIENT_KEY}"`,
    extra,
  ].join('\n');

/** A stand-in of that version, or the real server that the environment names. */
export async function startServer(version: string, config: string): Promise<ServerUnderTest> {
  const { CLIPROXYAPI_URL: url, CLIPROXYAPI_MANAGEMENT_KEY: key } = process.env;
  if (url && key) return emptiedServer(url.replace(/\/+$/, ''), key);
  const standIn = await startStandIn({ version, config });
  return lookAt(standIn.url, MANAGEMENT_KEY, CLIENT_KEY, standIn);
}

async function emptiedServer(url: string, managementKey: string): Promise<ServerUnderTest> {
  const server = await openRealServer(url, managementKey);
  await server.setProviders([]);
  return server;
}

/** A real server as it stands. Throws with cause and remedy if it does not let us in. */
export async function openRealServer(url: string, managementKey: string): Promise<ServerUnderTest> {
  const reply = await fetch(`${url}/v0/management/api-keys`, {
    headers: { 'X-Management-Key': managementKey },
  }).catch((error: Error) => error);
  if (reply instanceof Error) {
    throw new Error(`Nobody answers at ${url}. Start CLIProxyAPI there, or mend the address.`);
  }
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${url} ${refusalOf(reply.status, text)}`);
  const keys = (JSON.parse(text) as { 'api-keys': Secret[] | null })['api-keys'] ?? [];
  return lookAt(url, managementKey, usableClientKey(keys), undefined);
}

function refusalOf(status: number, text: string): string {
  if (status === 401) {
    return 'does not accept the management key. It takes the plain remote-management.secret-key or MANAGEMENT_PASSWORD, not the hash in config.yaml; after five wrong tries it refuses this computer for 30 minutes.';
  }
  if (status === 404) {
    return 'has no management API: remote-management.secret-key is not set, or it is not CLIProxyAPI.';
  }
  return `answers ${status} to the management key: ${text.slice(0, 200)}`;
}

/** A server as its owner sees it. Without `standIn`, a real one. */
export function lookAt(
  url: string,
  managementKey: string,
  clientKey: string | undefined,
  standIn: StandIn | undefined,
): ServerUnderTest {
  const list = `${url}/v0/management/openai-compatibility`;
  const headers = { 'X-Management-Key': managementKey, 'Content-Type': 'application/json' };
  const client = clientKey ? { Authorization: `Bearer ${clientKey}` } : {};
  const providers = async () => {
    const reply = await fetch(list, { headers });
    const body = (await reply.json()) as { 'openai-compatibility': Entry[] | null };
    return (body['openai-compatibility'] ?? []).map(withoutAuthIndex);
  };
  return {
    url,
    managementKey,
    clientKey,
    standIn,
    providers,
    async setProviders(entries) {
      await fetch(list, { method: 'PUT', headers, body: JSON.stringify(entries) });
      if (!standIn) await settle(async () => (await providers()).length === entries.length);
    },
    async servedModels() {
      const reply = await fetch(`${url}/v1/models`, { headers: client });
      const body = (await reply.json()) as { data: { id: string }[] | null };
      return (body.data ?? []).map(({ id }) => id).sort();
    },
    async chat(model) {
      const reply = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { ...client, 'Content-Type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'ping' }] }),
      });
      return { status: reply.status, text: await reply.text() };
    },
    close: async () => standIn?.close(),
  };
}

/** A real server reloads in its own time. */
async function settle(isDone: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 50 && !(await isDone()); tries += 1) {
    await new Promise((next) => setTimeout(next, 100));
  }
}

function withoutAuthIndex(entry: Entry): Entry {
  const { 'auth-index': _, 'api-key-entries': keys, ...rest } = entry;
  const shown = keys?.map(({ 'auth-index': __, ...key }: Record<string, unknown>) => key);
  return { ...rest, ...(shown && { 'api-key-entries': shown }) } as Entry;
}
