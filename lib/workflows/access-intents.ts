import type { AccessIntent } from '../core/protocol.ts';
import { connectServer } from './connect-server.ts';
import { loadKey } from './manage-keys.ts';
import { changeSession, oneAtATime } from './one-at-a-time.ts';
import { readModels } from './read-models.ts';
import { testServer } from './test-server.ts';
import type { Done, Worker } from './worker.ts';

/**
 * Keeps what is to be done once the person has allowed an origin: the page that asked may
 * be gone by then. The permission may also be there already, or have come faster.
 */
export async function rememberIntent(intent: AccessIntent, worker: Worker): Done {
  const kept = await changeSession('intent', worker, () => intent);
  if (kept.ok) await carryOutIntent(worker);
  return kept;
}

export const dropIntent = (worker: Worker): Done => changeSession('intent', worker, () => null);

/** Takes what waits for a permission, if it is that one which was given: who takes it does it. */
const takeIntent = (worker: Worker): Promise<AccessIntent | undefined> =>
  oneAtATime('session/intent', worker, async () => {
    const { session, hasAccess } = worker.edges;
    const intent = await session.read('intent');
    if (!intent.ok || !intent.value || !(await hasAccess(intent.value.origin))) return undefined;
    await session.write('intent', null);
    return intent.value;
  });

/** Goes on with what waited for a permission. */
export async function carryOutIntent(worker: Worker): Promise<void> {
  const intent = await takeIntent(worker);
  if (!intent) return;
  const { task } = intent;
  if (task.do === 'test-server') {
    await testServer(task.form, 'person', worker);
    return;
  }
  if (task.do === 'connect-server') {
    await connectServer(task.form, 'person', worker);
    return;
  }
  const { keyId, baseUrl } = task;
  const loaded = await loadKey(keyId, worker);
  if (!loaded.ok) return;
  const question = { ...loaded.value, baseUrl, api: undefined, refresh: true };
  const models = await readModels(question, worker);
  await worker.edges.announce({ event: 'models', keyId, baseUrl, models });
}
