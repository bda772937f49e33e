import type { Secret } from '../secrets.ts';

/** Keys of the server's example configuration: it answers no client until they are replaced (recorded v7.2.140, scenario v1-example-keys). */
const isTemplate = (key: string): boolean => /^your-api-key(-\d+)?$/.test(key.trim());

/** The first client key with which the server can be asked what it serves; nothing if it has none. */
export const usableClientKey = (keys: readonly Secret[]): Secret | undefined =>
  keys.find((key) => key.trim() !== '' && !isTemplate(key));

/** Whether the server has client keys, and all of them are examples. */
export const hasOnlyTemplates = (keys: readonly Secret[]): boolean =>
  keys.length > 0 && keys.every((key) => key.trim() === '' || isTemplate(key));
