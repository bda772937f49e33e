import { fail, ok } from '../core/result.ts';
import { NO_ATTEMPTS } from '../core/server/attempts.ts';
import { withOneDefault } from '../core/server/server.ts';
import type { AttemptStore, ServerStore } from '../core/stores.ts';
import type { SealedStore } from './sealed-store.ts';
import {
  removedServer,
  storedAttempts,
  storedServerSecrets,
  storedServers,
} from './stored-shapes.ts';

const secretsOf = (serverId: string) => `server/${serverId}`;
const removedOf = (serverId: string) => `removed/server/${serverId}`;

export function createServerStore(store: SealedStore, now: () => number): ServerStore {
  const list = async () => {
    const read = await store.read('servers', storedServers);
    return read.ok ? ok(read.value ?? []) : read;
  };

  return {
    list,
    secrets: (serverId) => store.read(secretsOf(serverId), storedServerSecrets),

    save(servers, secrets) {
      const { serverId, ...opens } = secrets ?? { serverId: '' };
      return store.write({ servers, ...(secrets && { [secretsOf(serverId)]: opens }) });
    },

    async remove(serverId) {
      const servers = await list();
      if (!servers.ok) return servers;
      const place = servers.value.findIndex(({ id }) => id === serverId);
      const server = servers.value[place];
      const secrets = await store.read(secretsOf(serverId), storedServerSecrets);
      if (!secrets.ok) return secrets;
      if (!server || !secrets.value) return fail({ code: 'storage/gone', what: 'server' });
      return store.write({
        servers: withOneDefault(servers.value.toSpliced(place, 1)),
        [secretsOf(serverId)]: undefined,
        [removedOf(serverId)]: { at: now(), place, server, secrets: secrets.value },
      });
    },

    async restore(serverId) {
      const [servers, removed] = [
        await list(),
        await store.read(removedOf(serverId), removedServer),
      ];
      if (!servers.ok) return servers;
      if (!removed.ok) return removed;
      if (!removed.value) return fail({ code: 'storage/gone', what: 'server' });
      const { place, server, secrets } = removed.value;
      return store.write({
        servers: withOneDefault(servers.value.toSpliced(place, 0, server), server),
        [secretsOf(serverId)]: secrets,
        [removedOf(serverId)]: undefined,
      });
    },
  };
}

export function createAttemptStore(store: SealedStore): AttemptStore {
  const readAll = async () => {
    const read = await store.read('attempts', storedAttempts);
    return read.ok ? ok(read.value ?? {}) : read;
  };
  return {
    async read(managementBaseUrl) {
      const all = await readAll();
      return all.ok ? ok(all.value[managementBaseUrl] ?? NO_ATTEMPTS) : all;
    },
    async save(managementBaseUrl, attempts) {
      const all = await readAll();
      if (!all.ok) return all;
      return store.write({ attempts: { ...all.value, [managementBaseUrl]: attempts } });
    },
  };
}
