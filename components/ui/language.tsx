import { createContext, Fragment, useContext } from 'react';
import type { Language, WordKey, Words, WordValues } from '../../lib/core/words/words.ts';
import { say } from '../../lib/core/words/words.ts';

const LanguageContext = createContext<Language>({
  tag: 'en',
  parts: ({ key }) => [{ text: key }],
  text: ({ key }) => key,
});

export const LanguageProvider = LanguageContext.Provider;

export const useLanguage = (): Language => useContext(LanguageContext);

/** Text for attributes, where there is no style. */
export function useText(): (key: WordKey, values?: WordValues) => string {
  const { text } = useLanguage();
  return (key, values) => text(say(key, values));
}

/** What stands between the parts of a list. */
export function Comma() {
  return isChinese(useLanguage()) ? '、' : ', ';
}

const isChinese = ({ tag }: Language): boolean => tag.startsWith('zh');

/** Words with their styles. What a value brings is text and nothing else. */
export function Say({ words }: { words: Words }) {
  const { parts } = useLanguage();
  return parts(words).map(({ text, style }, at) => {
    // A text never changes its order, so the place is the key.
    const key = `${at}`;
    if (style === 'strong') {
      return (
        <b key={key} className="font-semibold">
          {text}
        </b>
      );
    }
    return style === 'code' ? (
      <span key={key} className="mono">
        {text}
      </span>
    ) : (
      text
    );
  });
}

/** Sentences one after the other, with a space between them where the language has one. */
export function Sentences({ of }: { of: readonly (Words | undefined)[] }) {
  const chinese = isChinese(useLanguage());
  const said = of.filter((words) => words !== undefined);
  return said.map((words, at) => (
    <Fragment key={words.key}>
      {at > 0 && !chinese && ' '}
      <Say words={words} />
    </Fragment>
  ));
}

/** Words by their parts: `<T k="servers_title" />`. */
export function T({ k, ...values }: { k: WordKey } & WordValues) {
  return <Say words={say(k, values)} />;
}
