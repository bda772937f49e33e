import type { JsonValue } from '../json.ts';
import { maskedEntry } from './masked.ts';
import { asStored, type ProviderEntry } from './provider.ts';
import type { Conflict } from './rebase.ts';
import { sameValue } from './same-entry.ts';

/** A conflict as it may be shown and kept: three sides as text, secrets masked; nothing where there is none. */
export interface ShownConflict {
  code: Conflict['code'];
  provider: string;
  field?: string;
  before?: string;
  ours?: string;
  theirs?: string;
}

export function showConflict(conflict: Conflict): ShownConflict {
  const { code, provider } = conflict;
  switch (conflict.code) {
    case 'gone':
    case 'name-taken':
      return { code, provider };
    case 'changed-removal':
      return {
        code,
        provider,
        before: entryText(conflict.before),
        theirs: entryText(withoutShown(conflict.before, conflict.theirs)),
      };
    case 'changed': {
      const { field } = conflict;
      const sides = { before: conflict.before, ours: conflict.ours, theirs: conflict.theirs };
      const shown = Object.entries(sides).flatMap(([side, value]) =>
        value === undefined ? [] : [[side, fieldText(field, value)]],
      );
      return { code, provider, field, ...Object.fromEntries(shown) };
    }
  }
}

/** Without the empty fields that the server shows where none was written: nobody changed these. */
const withoutShown = (written: ProviderEntry, shown: ProviderEntry): ProviderEntry =>
  Object.fromEntries(
    Object.entries(shown).filter(([field, value]) => field in written || !sameValue(value, null)),
  );

const entryText = (entry: ProviderEntry): string =>
  JSON.stringify(maskedEntry(asStored(entry)), null, 2);

/** Masked as a part of its entry: what is secret hangs on the field that it stands in. */
function fieldText(field: string, value: JsonValue): string {
  const masked = maskedEntry(asStored({ [field]: value }))[field];
  return typeof masked === 'string' ? masked : JSON.stringify(masked, null, 2);
}
