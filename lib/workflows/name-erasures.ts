import { keysOf } from '../core/changes/kinds.ts';
import type { ProviderEntry, ProviderKind } from '../core/changes/provider.ts';
import type { Failure } from '../core/failures/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { erasuresByWriting } from '../core/server/erasures.ts';
import type { OpenServer } from './open-server.ts';

/**
 * Before the first write of a session to a server where a provider shows no keys: names what
 * any write over the API would erase from its file. Told once; who goes on then does so
 * knowingly. A file that cannot be read stops nothing.
 */
export async function nameErasures(
  kind: ProviderKind,
  entries: readonly ProviderEntry[],
  { api, memory }: Pick<OpenServer, 'api' | 'memory'>,
): Promise<Result<void, Failure>> {
  const isSuspect = entries.some((entry) => keysOf(kind, entry).length === 0);
  if (memory.erasuresNamed || kind !== 'openai-compatibility' || !isSuspect) return ok(undefined);
  const file = await api.readConfigFile();
  memory.erasuresNamed = true;
  if (!file.ok) return ok(undefined);
  const lists = { ...Object.fromEntries(memory.seen), [kind]: entries };
  const erasures = erasuresByWriting(file.value, lists);
  return erasures.length === 0 ? ok(undefined) : fail({ code: 'change/erases', erasures });
}
