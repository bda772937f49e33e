import type { ServerUnderTest } from './server-under-test.ts';

/** The calls of a stand-in's list of providers so far, such as `GET` and `PUT`, in order. */
export function listCalls({ standIn }: ServerUnderTest): string[] {
  const list = '/v0/management/openai-compatibility';
  return (standIn?.log ?? []).flatMap(({ method, path }) =>
    path === list && method !== 'OPTIONS' ? [method] : [],
  );
}

/** The writes among them. */
export const listWrites = (server: ServerUnderTest): string[] =>
  listCalls(server).filter((method) => method !== 'GET');
