import type { Failure } from '../core/failures/failure.ts';
import type { Asker } from '../core/protocol.ts';
import { ok, type Result } from '../core/result.ts';
import type { ConnectionCheck, ServerForm } from '../core/server/server.ts';
import { saveServer } from './manage-servers.ts';
import { changeSession } from './one-at-a-time.ts';
import { testServer } from './test-server.ts';
import type { Worker } from './worker.ts';

/**
 * Sets up the first server: tests what was typed, and stores it only when the key was
 * accepted. That is enough: a server without client keys yet, say, can be imported to.
 */
export async function connectServer(
  form: ServerForm,
  asker: Asker,
  worker: Worker,
): Promise<Result<ConnectionCheck, Failure>> {
  const tested = await testServer(form, asker, worker);
  if (!tested.ok || !tested.value.passed.some(({ stop }) => stop === 'key')) return tested;
  const saved = await saveServer(form, worker);
  if (!saved.ok) return saved;
  // What was typed is saved now.
  await changeSession('drafts', worker, ({ server: _saved, ...others }) => others);
  return ok(tested.value);
}
