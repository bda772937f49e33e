import type { Preferences } from '../core/preferences.ts';
import { composeText, type Language, type WordKey, type Words } from '../core/words/words.ts';
import { browser } from './browser.ts';

const LANGUAGES = { en: 'en', zh_CN: 'zh-CN' } as const;

/** The chosen language, or the nearest to the browser's. Its texts are the same files that the browser reads. */
export async function loadLanguage(chosen: Preferences['language']): Promise<Language> {
  const name = chosen === 'auto' ? nearestLanguage(browser.i18n.getUILanguage()) : chosen;
  const url = browser.runtime.getURL(`_locales/${name}/messages.json`);
  const response = await fetch(url);
  const messages: Record<WordKey, { message: string }> = await response.json();
  const tag = LANGUAGES[name];
  const plural = new Intl.PluralRules(tag);
  const parts = ({ key, values }: Words) =>
    composeText(messages[key].message, values, (count) => plural.select(count));
  return {
    tag,
    parts,
    text: (words) =>
      parts(words)
        .map(({ text }) => text)
        .join(''),
  };
}

const nearestLanguage = (tag: string): keyof typeof LANGUAGES =>
  tag.toLowerCase().startsWith('zh') ? 'zh_CN' : 'en';
