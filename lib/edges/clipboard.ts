import type { Failure } from '../core/failures/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';

/** Puts a text on the clipboard. Browsers refuse it to a page without the focus. */
export async function copyText(text: string): Promise<Result<void, Failure>> {
  try {
    await navigator.clipboard.writeText(text);
    return ok(undefined);
  } catch {
    return fail({ code: 'clipboard/refused' });
  }
}
