import type { AccessIntent } from '../core/protocol.ts';
import { ask } from './messages.ts';
import { requestAccess } from './permissions.ts';

/**
 * Asks the person to allow one origin, and has the worker go on with `task` once they do:
 * by then the popup that asked may be gone. Must be the first thing in a click, because
 * browsers take the question only there.
 */
export function askForAccess(address: string, task: AccessIntent['task']): void {
  const answer = requestAccess(address);
  void ask('rememberIntent', { origin: new URL(address).origin, task });
  void answer.then((allowed) => {
    if (!allowed) void ask('dropIntent', {});
  });
}
