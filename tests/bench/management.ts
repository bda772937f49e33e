import type { Clock } from '../stand-ins/clock.ts';
import { CLIENT_KEY, MANAGEMENT_KEY, type Workbench } from '../unit/fakes/workbench.ts';

/** An entry of the provider list, as far as the experiments look at it. */
export interface ShownProvider {
  name: string;
  'base-url': string;
  'api-key-entries'?: { 'api-key': string; 'auth-index'?: string }[];
  models?: { name: string; alias: string }[];
}

const LIST = '/v0/management/openai-compatibility';

/** The server answered something else than 2xx. */
export class Refused extends Error {
  override name = 'Refused';
}

/** Asks the server directly, as a script would. Rejects with Refused if it does not answer 2xx. */
export async function ask(
  { server }: Workbench<Clock>,
  method: string,
  path = LIST,
  body?: unknown,
): Promise<string> {
  const key = path.startsWith('/v0/') ? MANAGEMENT_KEY : CLIENT_KEY;
  const headers = { authorization: `Bearer ${key}` };
  const text = body === undefined ? undefined : JSON.stringify(body);
  const answer = await server.handle({ method, path, headers, body: text });
  if (answer.status >= 300) throw new Refused(`${method} ${path}: ${answer.status} ${answer.body}`);
  return answer.body;
}

/** The list of openai-compatible providers. */
export async function listOn(bench: Workbench<Clock>): Promise<ShownProvider[]> {
  const body = JSON.parse(await ask(bench, 'GET')) as Record<string, ShownProvider[] | null>;
  return body['openai-compatibility'] ?? [];
}
