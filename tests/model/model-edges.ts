import { DEFAULT_PREFERENCES } from '../../lib/core/preferences.ts';
import { fail, ok } from '../../lib/core/result.ts';
import type { SessionStore } from '../../lib/core/stores.ts';
import { createBackupStore } from '../../lib/edges/backup-store.ts';
import { createHistoryStore } from '../../lib/edges/history-store.ts';
import { createJournalStore } from '../../lib/edges/journal-store.ts';
import { createKeyStore } from '../../lib/edges/key-store.ts';
import { createManagementApi } from '../../lib/edges/management-api.ts';
import { createRelaySites } from '../../lib/edges/relay-sites.ts';
import type { SealedStore } from '../../lib/edges/sealed-store.ts';
import { createAttemptStore, createServerStore } from '../../lib/edges/server-store.ts';
import type { WorkerEdges } from '../../lib/workflows/worker.ts';
import type { VirtualClock } from '../stand-ins/clock.ts';
import { queueingLocks } from '../unit/fakes/queueing-locks.ts';
import type { Findings } from './findings.ts';
import type { Life } from './life.ts';
import type { ModelStorage } from './model-storage.ts';

export interface EdgeParts {
  clock: VirtualClock;
  findings: Findings;
  storage: ModelStorage;
  life: Life;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  newId(): string;
  someoneLooks: boolean;
  /** No wait takes any time. */
  isHasty: boolean;
}

/** The edges of one worker: the real stores and HTTP edges, in memory, and mortal. */
export function createModelEdges(parts: EdgeParts): WorkerEdges {
  const { clock, life, newId, someoneLooks, isHasty } = parts;
  const { now } = clock;
  const store = mortalStore(parts);
  const fetch = ((url: string, init: RequestInit) =>
    life.pass('request', `fetch ${url}`, () => parts.fetch(url, init))) as typeof globalThis.fetch;
  const hasAccess = async () => false;
  return {
    clock: { now, sleep: (ms) => life.pass('sleep', 'sleep', () => clock.sleep(isHasty ? 0 : ms)) },
    newId,
    fingerprint: async (secret) => `print of ${secret}`,
    servers: createServerStore(store, now),
    attempts: createAttemptStore(store),
    keys: createKeyStore(store, now),
    history: createHistoryStore(store),
    session: mortalSession(parts),
    preferences: { read: async () => DEFAULT_PREFERENCES, save: async () => ok(undefined) },
    relays: createRelaySites({ fetch, hasAccess }),
    createApi: (access, note) => createManagementApi(access, { fetch, hasAccess, now, note }),
    hasAccess,
    announce: ({ event }) => life.pass('other', `announce ${event}`, async () => someoneLooks),
    withLock: queueingLocks(),
    journal: createJournalStore(store),
    backups: createBackupStore(store),
    alarm: {
      setAhead: () => life.pass('other', 'set alarm', async () => {}),
      clear: () => life.pass('other', 'clear alarm', async () => {}),
    },
    restartForUpdate: () => {},
    toolbar: { show: () => life.pass('other', 'toolbar', async () => {}) },
  };
}

function mortalStore(parts: EdgeParts): SealedStore {
  const { storage, life, findings } = parts;
  const { store } = storage;
  return {
    read: (name, shape) => life.pass('other', `read ${name}`, () => store.read(name, shape)),
    readKept: (name, shape) =>
      life.pass('other', `read ${name}`, () => store.readKept(name, shape)),
    readAll: (prefix, shape) =>
      life.pass('other', `read all ${prefix}`, () => store.readAll(prefix, shape)),
    names: (prefix) => life.pass('other', `names ${prefix}`, () => store.names(prefix)),
    write: (changed) =>
      life.pass('save', `save ${Object.keys(changed).join()}`, async () => {
        findings.trace(() => `save ${Object.keys(changed).join()}`);
        if (isFull(parts)) return fail({ code: 'storage/full' });
        const written = await store.write(changed);
        storage.onSaved(changed);
        return written;
      }),
  };
}

function mortalSession(parts: EdgeParts): SessionStore {
  const { storage, life } = parts;
  const { session } = storage;
  return {
    read: (name) => life.pass('other', `read session ${name}`, () => session.read(name)),
    write: (name, value) =>
      life.pass('save', `save session ${name}`, async () =>
        isFull(parts) ? fail({ code: 'storage/full' }) : session.write(name, value),
      ),
  };
}

function isFull({ storage, findings }: EdgeParts): boolean {
  const full = storage.isFull();
  if (full) findings.count('trouble: storage full');
  return full;
}
