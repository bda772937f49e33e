import { asStored, nameOf, type ProviderEntry } from '../../../lib/core/changes/provider.ts';
import type { ServerFailure } from '../../../lib/core/failures/failure.ts';
import type { ManagementApi } from '../../../lib/core/ports.ts';
import { fail, ok, type Result } from '../../../lib/core/result.ts';
import type { Secret } from '../../../lib/core/secrets.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What goes wrong with one request. The write is applied, or not, before the answer is lost. */
type Fault =
  | { before: ServerFailure }
  | { after: ServerFailure }
  /** The server works on after the client has given up. */
  | { late: ServerFailure; afterMs: number };

export interface FakeServer {
  api: ManagementApi;
  /** `GET openai-compatibility`, `PATCH Relay A`, …: all requests, in order. */
  log: string[];
  /** When each write arrived, on the clock. */
  writesAt: number[];
  list(): readonly ProviderEntry[];
  /** Another client, or a hand edit. */
  edit(change: (entries: ProviderEntry[]) => ProviderEntry[]): void;
  /** Faults for the next requests of a method, in order. */
  faults: { GET: (Fault | undefined)[]; write: (Fault | undefined)[] };
  /** What reads show instead of the list, one after the other: torn reads of a reload. */
  torn: (readonly ProviderEntry[])[];
  /**
   * How long a reload takes: until then new keys show no `auth-index`, and what was
   * written since the write that started it is lost (FACTS section 8).
   */
  reloadMs: number;
  /** Writes that the next reload drops although nobody else wrote. */
  dropWrites: number;
  showsLoaded: boolean;
  emptyIsNull: boolean;
  patch: 'partial' | 'whole';
}

/** A server that keeps state and answers as the real ones do, as far as the write protocol can see it. */
export function fakeServer(clock: VirtualClock, start: readonly ProviderEntry[] = []): FakeServer {
  let entries: ProviderEntry[] = start.map(asStored);
  let loadedAt = new Map<string, number>(keysOf(entries).map((key) => [key, 0]));

  const server: FakeServer = {
    log: [],
    writesAt: [],
    list: () => entries,
    edit: (change) => {
      entries = change(entries);
    },
    faults: { GET: [], write: [] },
    torn: [],
    reloadMs: 50,
    dropWrites: 0,
    showsLoaded: true,
    emptyIsNull: false,
    patch: 'partial',
    api: {
      readConfigFile: async () => ok({}),
      tryModel: async () => ok({ status: 200, isAnswer: true, said: '' }),
      findService: async () => ok({ safeMode: false }),
      checkKey: async () => ok({}),
      readProviders: async (kind) => {
        server.log.push(`GET ${kind}`);
        const fault = server.faults.GET.shift();
        if (fault && 'before' in fault) return fail(fault.before);
        const shown = (server.torn.shift() ?? entries).map(shownEntry);
        return ok({ entries: shown, wasNull: server.emptyIsNull && shown.length === 0 });
      },
      replaceProviders: (_, items) =>
        write('PUT', () => {
          if (items.length === 0)
            return fail({ code: 'server/refused-write', status: 400, said: 'invalid body' });
          entries = items.map(asStored);
          return ok(undefined);
        }),
      patchProvider: (_, name, value) =>
        write(`PATCH ${name}`, () => {
          const at = entries.findIndex((entry) => nameOf(entry) === name.trim());
          const was = entries[at];
          if (!was) return fail({ code: 'server/item-gone' });
          entries = entries.with(at, server.patch === 'whole' ? value : { ...was, ...value });
          return ok(undefined);
        }),
      probePatch: async () => {
        server.log.push('POST api-call');
        return ok(server.patch);
      },
      readClientKeys: async () => ok(['client-key-1' as Secret]),
      readOffers: async () => ok({ clientKeys: [], offers: [], hasHidden: false }),
      readServedModels: async () => ok([]),
      askUpstream: async () => fail({ code: 'server/not-found', method: 'POST', path: 'api-call' }),
    },
  };

  function shownEntry(entry: ProviderEntry): ProviderEntry {
    const keyEntries = entry['api-key-entries'];
    if (!server.showsLoaded || entry.disabled === true || !Array.isArray(keyEntries)) return entry;
    return {
      ...entry,
      'api-key-entries': keyEntries.map((keyEntry) => ({
        ...keyEntry,
        ...((loadedAt.get(keyEntry['api-key']) ?? Number.POSITIVE_INFINITY) <= clock.now() && {
          'auth-index': `index-${keyEntry['api-key']}`,
        }),
      })),
    };
  }

  async function write(
    what: string,
    apply: () => Result<void, ServerFailure>,
  ): Promise<Result<void, ServerFailure>> {
    server.log.push(what);
    server.writesAt.push(clock.now());
    const fault = server.faults.write.shift();
    if (fault && 'before' in fault) return fail(fault.before);
    if (fault && 'late' in fault) {
      clock.at(clock.now() + fault.afterMs, () => void applyAndReload(apply));
      return fail(fault.late);
    }
    const done = applyAndReload(apply);
    return fault ? fail(fault.after) : done;
  }

  function applyAndReload(apply: () => Result<void, ServerFailure>) {
    const before = entries;
    const done = apply();
    if (!done.ok) return done;
    const snapshot = server.dropWrites > 0 ? before : entries;
    server.dropWrites = Math.max(0, server.dropWrites - 1);
    clock.at(clock.now() + server.reloadMs, () => {
      entries = snapshot;
      const now = clock.now();
      loadedAt = new Map(keysOf(entries).map((key) => [key, loadedAt.get(key) ?? now]));
    });
    return done;
  }

  return server;
}

const keysOf = (entries: readonly ProviderEntry[]): string[] =>
  entries.flatMap((entry) => {
    const keyEntries = entry['api-key-entries'];
    return Array.isArray(keyEntries)
      ? keyEntries.map((keyEntry) => String(keyEntry['api-key']))
      : [];
  });
