import type { List } from '../config.ts';
import { readList, readObject } from '../json-body.ts';
import { type Answer, json, refusal } from '../messages.ts';
import { ifSet, optional, struct, text, whole } from '../schema/types.ts';
import { type Handler, type Server, save } from '../server.ts';
import { indexIn } from './entry-list.ts';

// The keys of clients of the proxy, a list of plain texts. Recorded in all versions, scenarios api-keys*.

/** GET api-keys. */
export const showClientKeys: Handler = (_call, { store }) =>
  json(200, { 'api-keys': store.config()['api-keys'] });

/** PUT api-keys. Neither trims nor deduplicates. */
export const putClientKeys: Handler = ({ body }, server) => {
  const read = readList<string>(text, body);
  if (!read) return refusal(400, 'invalid body');
  return saveKeys(server, read.value?.length ? read.value : null);
};

/** PATCH api-keys: by index, or from an old to a new text; an unknown old text adds the new one. */
export const patchClientKeys: Handler = ({ body }, server) => {
  const read = readObject<PatchBody>(PATCH_BODY, body);
  if (!read) return refusal(400, 'invalid body');
  const keys = server.store.config()['api-keys'] ?? [];
  const { index, value, old, new: replacement } = read.value;
  if (index !== null && value !== null && keys[index] !== undefined) {
    return saveKeys(server, keys.with(index, value));
  }
  if (old === null || replacement === null) return refusal(400, 'missing fields');
  const at = keys.indexOf(old);
  return saveKeys(server, at === -1 ? [...keys, replacement] : keys.with(at, replacement));
};

/** DELETE api-keys: by index, or every copy of a text. */
export const deleteClientKey: Handler = ({ query }, server) => {
  const keys = server.store.config()['api-keys'] ?? [];
  const index = indexIn(keys, query);
  if (index !== undefined) return saveKeys(server, keys.toSpliced(index, 1));
  const value = query.get('value')?.trim();
  if (!value) return refusal(400, 'missing index or value');
  return saveKeys(
    server,
    keys.filter((key) => key.trim() !== value),
  );
};

interface PatchBody {
  old: string | null;
  new: string | null;
  index: number | null;
  value: string | null;
}

const PATCH_BODY = struct(
  ifSet('old', optional(text)),
  ifSet('new', optional(text)),
  ifSet('index', optional(whole)),
  ifSet('value', optional(text)),
);

function saveKeys(server: Server, keys: List<string>): Answer {
  return save(server, (config) => ({ ...config, 'api-keys': keys }));
}
