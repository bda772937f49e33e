import type en from '../../../public/_locales/en/messages.json';

/** A text of the interface; `public/_locales` has it in every language. */
export type WordKey = keyof typeof en;

export type WordValues = Readonly<Record<string, string | number>>;

/** A text with what is to be put into it. Words travel and are kept in this form; a language is chosen when they are shown. */
export interface Words {
  key: WordKey;
  values?: WordValues;
}

export const say = (key: WordKey, values?: WordValues): Words =>
  values ? { key, values } : { key };

/** A stretch of text in one style. */
export interface TextPart {
  text: string;
  style?: 'strong' | 'code';
}

/** The plural form of a number in some language, as `Intl.PluralRules` tells it. */
export type PluralOf = (count: number) => string;

/**
 * A template with its values put in, in parts by style.
 *
 * `**…**` is strong and `` `…` `` is code; `{name}` is a value; `{count|model|models}`
 * is the first word for the plural form `one`, else the second. Values are put in after
 * the styles are found, so that no value can bring a style of its own.
 */
export function composeText(
  template: string,
  values: WordValues | undefined,
  pluralOf: PluralOf,
): TextPart[] {
  return template
    .split(/(\*\*.+?\*\*|`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part.startsWith('**')) return { text: fill(part.slice(2, -2)), style: 'strong' as const };
      if (part.startsWith('`')) return { text: fill(part.slice(1, -1)), style: 'code' as const };
      return { text: fill(part) };
    });

  function fill(text: string): string {
    return text.replace(/\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g, (_, name, one, other) => {
      const value = values?.[name] ?? '';
      if (one === undefined) return isolated(String(value));
      return pluralOf(Number(value)) === 'one' ? one : other;
    });
  }
}

/** Letters that run from right to left, and the marks that turn the order of what follows. */
const TURNS = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/;

/** A value keeps its direction to itself: a name cannot turn the sentence that it stands in. */
const isolated = (value: string): string => (TURNS.test(value) ? `\u2068${value}\u2069` : value);

/** A language of the interface, ready to put words into. */
export interface Language {
  /** BCP 47, for `lang` and for dates and numbers. */
  tag: string;
  parts(words: Words): TextPart[];
  text(words: Words): string;
}
