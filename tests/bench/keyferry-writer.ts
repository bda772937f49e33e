import type { Clock } from '../stand-ins/clock.ts';
import { addKey, addServer, type Workbench } from '../unit/fakes/workbench.ts';
import type { Order, Writer } from './back-to-back.ts';

/** How often it is looked whether an import has been told, in milliseconds. */
const LOOK_MS = 5;

/** Our own worker: each import is started when the result of the one before is told, as a person would see it. */
export async function keyferryWriter(
  bench: Workbench<Clock>,
  orders: readonly Order[],
): Promise<Writer> {
  const serverId = await addServer(bench);
  const ids = new Map<string, string>();
  for (const { provider, baseUrl, apiKey } of orders) {
    const { origin } = new URL(baseUrl);
    bench.network.hosts.set(origin, (request) => bench.relay.handle(request));
    ids.set(apiKey, await addKey(bench, { name: provider, baseUrl, apiKey }));
  }
  const underWay: Promise<unknown>[] = [];

  const outcomes = new Map<string, string>();
  let heard = 0;
  /** What was told last of a key: a later look may correct it. */
  const told = (keyId: string) => {
    for (const news of bench.announced.slice(heard)) {
      const keys = news.event === 'result' ? news.entry.keys : [];
      for (const { id, result } of keys) outcomes.set(id, result.outcome);
    }
    heard = bench.announced.length;
    return outcomes.get(keyId);
  };

  return {
    async importKey({ apiKey }) {
      const keyId = ids.get(apiKey) ?? '';
      let hasEnded = false;
      const run = bench.handlers
        .startImport({ keyIds: [keyId], serverIds: [serverId] })
        .finally(() => {
          hasEnded = true;
        });
      underWay.push(run);
      while (!hasEnded && !told(keyId)) await bench.clock.sleep(LOOK_MS);
    },
    async end() {
      await Promise.all(underWay);
      const isSaved = ([, keyId]: [string, string]) => {
        const outcome = told(keyId);
        return outcome !== undefined && outcome !== 'failed';
      };
      return new Set([...ids].filter(isSaved).map(([apiKey]) => apiKey));
    },
  };
}
