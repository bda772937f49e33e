import type { HistoryEntry } from '../../lib/core/history.ts';
import type { RelayKey } from '../../lib/core/keys/relay-key.ts';
import type { Secret } from '../../lib/core/secrets.ts';
import type { Server } from '../../lib/core/server/server.ts';
import { createKeyStore } from '../../lib/edges/key-store.ts';
import { createServerStore } from '../../lib/edges/server-store.ts';
import { memorySession } from '../unit/fakes/memory-session.ts';
import { type MemoryStore, memoryStore } from '../unit/fakes/memory-store.ts';
import type { ModelServer } from './model-server.ts';
import type { KeySetup, Schedule } from './schedule.ts';

/** What rests while workers come and go. */
export interface ModelStorage {
  store: MemoryStore;
  session: ReturnType<typeof memorySession>;
  /** Whether the save that is asked for now finds the storage full. */
  isFull(): boolean;
  /** Whether any did. */
  wasFull(): boolean;
  /** These records were written to the sealed store. */
  onSaved(changed: Readonly<Record<string, unknown>>): void;
}

export function createModelStorage(
  { fullAt }: Pick<Schedule, 'fullAt'>,
  tell: { refusalsSaved(): void; historySaved(entry: HistoryEntry): void },
): ModelStorage {
  let saves = 0;
  let failures = 0;
  return {
    store: quickToRead(memoryStore()),
    session: memorySession(),
    wasFull: () => failures > 0,
    isFull() {
      saves += 1;
      const isFull = fullAt.some(({ save, times }) => saves >= save && saves < save + times);
      failures += isFull ? 1 : 0;
      return isFull;
    },
    onSaved(changed) {
      for (const [name, value] of Object.entries(changed)) {
        if (name === 'attempts') tell.refusalsSaved();
        if (name.startsWith('history/') && value) tell.historySaved(value as HistoryEntry);
      }
    },
  };
}

/** Lists that are read at every turn and never changed in place. */
const OFTEN = new Set(['cards', 'servers']);

/** The same store; what is read again and again is opened once for each time that it was written. */
function quickToRead(store: MemoryStore): MemoryStore {
  const opened = new Map<string, { text: string; read: Promise<unknown> }>();
  const read: MemoryStore['read'] = (name, shape) => {
    const text = store.records.get(name);
    if (text === undefined || !OFTEN.has(name)) return store.read(name, shape);
    const known = opened.get(name);
    if (known?.text === text) return known.read as ReturnType<typeof store.read<never>>;
    const reading = store.read(name, shape);
    opened.set(name, { text, read: reading });
    return reading;
  };
  return { ...store, read };
}

export const keyIdOf = (key: number): string => `key-${key}`;
export const serverIdOf = (server: number): string => `server-${server}`;

/** Stores the servers and the keys, as if the person had entered them long ago. */
export async function fillStorage(
  { store }: ModelStorage,
  servers: readonly ModelServer[],
  keys: readonly KeySetup[],
): Promise<void> {
  const stored = servers.map(
    ({ managementBaseUrl }, at): Server => ({
      id: serverIdOf(at),
      name: `Server ${at}`,
      managementBaseUrl,
      headerNames: [],
      isDefault: at === 0,
      plainHttpAccepted: false,
    }),
  );
  const serverStore = createServerStore(store, () => 0);
  for (const [at, server] of servers.entries()) {
    const managementKey = server.managementKey() as Secret;
    await serverStore.save(stored, { serverId: serverIdOf(at), managementKey, headers: [] });
  }
  const apiKeys = keys.map(({ apiKey }, at) => [keyIdOf(at), apiKey as Secret]);
  await createKeyStore(store, () => 0).save(keys.map(relayKey), Object.fromEntries(apiKeys));
}

const relayKey = ({ name, baseUrl, apiKey }: KeySetup, at: number): RelayKey => ({
  id: keyIdOf(at),
  name,
  baseUrl,
  mask: '••••',
  fingerprint: `print of ${apiKey}`,
  addedAt: 0,
  results: {},
});
