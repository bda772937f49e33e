import type { Language } from '../core/words/words.ts';
import { browser } from './browser.ts';
import { onPreferencesChanged, readPreferences } from './preferences-store.ts';
import { loadLanguage } from './words.ts';

/**
 * Draws a page in the person's language and theme, and again when they choose others: what
 * was typed into the page stays.
 */
export async function setUpPage(draw: (language: Language) => void): Promise<void> {
  const setUp = async () => {
    const { language: chosen, theme } = await readPreferences();
    const language = await loadLanguage(chosen);
    document.documentElement.lang = language.tag;
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    draw(language);
  };
  await setUp();
  onPreferencesChanged(setUp);
}

export const extensionVersion = (): string => browser.runtime.getManifest().version;
