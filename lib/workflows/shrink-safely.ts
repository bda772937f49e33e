import type { ProviderEntry, ProviderKind } from '../core/changes/provider.ts';
import { isSettled } from '../core/changes/read-back.ts';
import type { ImportFailure, ServerFailure } from '../core/failures/failure.ts';
import { fail, type Result } from '../core/result.ts';
import { type ReadDeps, readBeforeWrite } from './read-list.ts';

/** A list that shrinks during a reload can end the server (`contract/WRITING.md`, section 5). */
const SHRINK_QUIET_MS = 3000;
const SHRINK_WAIT_MS = 500;
const SHRINK_GIVE_UP_MS = 10_000;

/**
 * The read that a write stands on which takes something out: three seconds after our last
 * write, and once every key that can show it is loaded. After ten seconds without, a failure.
 */
export async function readBeforeShrinking(
  kind: ProviderKind,
  deps: ReadDeps,
): Promise<Result<readonly ProviderEntry[], ServerFailure | ImportFailure>> {
  const { clock, memory } = deps;
  await clock.sleep(Math.max(0, memory.lastWriteAt + SHRINK_QUIET_MS - clock.now()));
  const until = clock.now() + SHRINK_GIVE_UP_MS;
  for (;;) {
    const read = await readBeforeWrite(kind, deps);
    if (!read.ok) return read;
    if (memory.traits.showsLoaded === false || isSettled(kind, read.value)) return read;
    if (clock.now() >= until) return fail({ code: 'import/still-loading' });
    await clock.sleep(SHRINK_WAIT_MS);
  }
}
