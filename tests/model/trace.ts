import type { ProviderEntry } from '../../lib/core/changes/provider.ts';
import { isJsonObject } from '../../lib/core/json.ts';
import { type Entries, nameIn, sameText, stored, urlIn } from './lists.ts';
import type { ModelReply } from './model-server.ts';
import type { SentRequest } from './watched.ts';

/** Puts requests and answers into words that can be read: of a list only what is new since it was last told. */
export interface Teller {
  request(request: SentRequest, server: string): string;
  answer(path: string, reply: Pick<ModelReply, 'status' | 'text' | 'list'>, server: string): string;
}

export function createTeller(): Teller {
  /** By server and list. */
  const told = new Map<string, Entries>();

  function list(name: string, entries: Entries, isShown: boolean): string {
    const before = told.get(name);
    if (isShown) told.set(name, entries);
    if (!before) return `${entries.length} entries ${JSON.stringify(entries.map(nameIn))}`;
    const changes = differences(before, entries);
    return `${entries.length} entries${changes.length > 0 ? `: ${changes.join('; ')}` : ', as before'}`;
  }

  return {
    request({ method, path, body }, server) {
      if (body === '') return `${method} ${path}`;
      const sent: unknown = JSON.parse(body);
      const items = isJsonObject(sent) ? sent.items : sent;
      if (!Array.isArray(items)) return `${method} ${path} ${shortly(body)}`;
      return `${method} ${path} ${list(`${server} ${path}`, (items as Entries).map(stored), false)}`;
    },

    answer(path, { status, text, list: shown }, server) {
      if (shown) {
        const loading = shown.loaded
          ? countOf(text, '"api-key"') - countOf(text, '"auth-index"')
          : 0;
        const words = list(`${server} ${shown.kind}`, shown.entries, true);
        return `${status} ${words}${loading > 0 ? ` (${loading} keys not loaded)` : ''}`;
      }
      return path === 'config' || path === 'v1/models' ? `${status}` : `${status} ${shortly(text)}`;
    },
  };
}

const countOf = (text: string, part: string): number => text.split(part).length - 1;

/** What one list has that another has not, and the other way round, in words. */
export function differences(before: Entries, after: Entries): string[] {
  const idOf = (entry: ProviderEntry) => `${nameIn(entry)} at ${urlIn(entry)}`;
  const was = Map.groupBy(before, idOf);
  const told = after.flatMap((entry) => {
    const same = was.get(idOf(entry))?.shift();
    if (same && sameText(same, entry)) return [];
    return [`${same ? 'now' : 'new'} ${shortly(JSON.stringify(entry))}`];
  });
  const gone = [...was.values()].flat().map((entry) => `without ${idOf(entry)}`);
  const order =
    told.length + gone.length === 0 && !sameText(before, after) ? ['in another order'] : [];
  return [...told, ...gone, ...order];
}

const MUCH = 600;

const shortly = (text: string): string =>
  text.length > MUCH ? `${text.slice(0, MUCH)}… (${text.length} characters)` : text;
