import type { StoreFailure } from '../core/failures/failure.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../core/preferences.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { browser } from './browser.ts';

const NAME = 'preferences';

/**
 * What the person prefers. Read by pages before they draw, so without zod: what is not
 * one of the known choices counts as not chosen, and stays stored.
 */
export async function readPreferences(): Promise<Preferences> {
  const stored = (await browser.storage.local.get(NAME))[NAME];
  const chosen: Record<string, unknown> = typeof stored === 'object' && stored ? { ...stored } : {};
  const { oneClick, language, theme } = DEFAULT_PREFERENCES;
  return {
    oneClick: pick(chosen.oneClick, ['at-once', 'ask'], oneClick),
    language: pick(chosen.language, ['auto', 'en', 'zh_CN'], language),
    theme: pick(chosen.theme, ['auto', 'light', 'dark'], theme),
  };
}

function pick<Choice>(stored: unknown, choices: readonly Choice[], otherwise: Choice): Choice {
  return choices.find((choice) => choice === stored) ?? otherwise;
}

export async function savePreferences(
  preferences: Preferences,
): Promise<Result<void, StoreFailure>> {
  try {
    await browser.storage.local.set({ [NAME]: preferences });
    return ok(undefined);
  } catch {
    return fail({ code: 'storage/full' });
  }
}

/** Calls back when they change, here or in another window. */
export function onPreferencesChanged(changed: () => Promise<void>): void {
  browser.storage.local.onChanged.addListener((changes) => {
    if (NAME in changes) void changed();
  });
}
