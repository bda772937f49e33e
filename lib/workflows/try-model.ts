import type { Failure } from '../core/failures/failure.ts';
import type { ModelTrial } from '../core/ports.ts';
import { fail, type Result } from '../core/result.ts';
import { usableClientKey } from '../core/server/client-keys.ts';
import { openServer } from './open-server.ts';
import type { Worker } from './worker.ts';

/**
 * Sends one tiny completion through a server, as a client would. Who of a pool answered
 * cannot be seen: it is the pool's answer. Only on a click, because it costs the person something.
 */
export async function tryModel(
  serverId: string,
  model: string,
  worker: Worker,
): Promise<Result<ModelTrial, Failure>> {
  const opened = await openServer(serverId, 'itself', worker);
  if (!opened.ok) return opened;
  const { api } = opened.value;
  const keys = await api.readClientKeys();
  if (!keys.ok) return keys;
  const clientKey = usableClientKey(keys.value);
  if (!clientKey && keys.value.length > 0) return fail({ code: 'server/safe-mode' });
  return api.tryModel(clientKey, model);
}
