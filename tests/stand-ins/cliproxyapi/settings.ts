import { readValue } from './json-body.ts';
import { json, refusal } from './messages.ts';
import type { ValueType } from './schema/types.ts';
import { type Handler, save } from './server.ts';

/** GET of a top-level field of the configuration. Recorded in all versions, scenario settings. */
export function showSetting(name: string): Handler {
  return (_call, { store }) => json(200, { [name]: store.config()[name] ?? null });
}

/** PUT or PATCH of a top-level field: `{"value": ...}`. Recorded in all versions, scenario settings. */
export function putSetting(name: string, type: ValueType): Handler {
  return ({ body }, server) => {
    const read = readValue(type, body);
    if (!read) return refusal(400, 'invalid body');
    return save(server, (config) => ({ ...config, [name]: read.value }));
  };
}
