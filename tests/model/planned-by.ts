import { isJsonObject } from '../../lib/core/json.ts';
import { type Entries, nameIn, stored } from './lists.ts';
import type { SentRequest } from './watched.ts';

/**
 * What a write of ours would make of the list that it was planned on: the plan, as far as the wire
 * shows it. An objection where the protocol forbids that form of a write altogether.
 */
export function plannedBy(
  { method, path, body }: Pick<SentRequest, 'method' | 'path' | 'body'>,
  list: Entries,
  isPartial: boolean,
): { entries: Entries } | { objection: string } {
  const sent: unknown = JSON.parse(body || 'null');
  if (method === 'PUT') {
    const items = isJsonObject(sent) ? sent.items : sent;
    return Array.isArray(items)
      ? { entries: (items as Entries).map(stored) }
      : { objection: `PUT ${path} without a list` };
  }
  if (method !== 'PATCH') return { objection: `${method} ${path}` };
  if (!isJsonObject(sent) || !isJsonObject(sent.value))
    return { objection: 'PATCH without a value' };
  if (path !== 'openai-compatibility') return { objection: `PATCH ${path}` };
  const { name, value, index } = sent;
  if (typeof name !== 'string' || index !== undefined) return { objection: 'PATCH not by name' };
  const sameName = (other: string) => other.trim().toLowerCase() === name.trim().toLowerCase();
  const places = list.flatMap((entry, at) => (sameName(nameIn(entry)) ? [at] : []));
  const [at] = places;
  if (name.trim() === '' || places.length !== 1 || at === undefined) {
    return { objection: `PATCH of “${name}”, which ${places.length} providers are called` };
  }
  const is = isPartial ? { ...list[at], ...value } : value;
  return { entries: list.with(at, stored(is)) };
}
