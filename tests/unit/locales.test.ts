import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

type Messages = Record<string, { message: string }>;

const root = resolve(import.meta.dirname, '../..');
const english = readMessages('en');
const translations = readdirSync(join(root, 'public/_locales')).filter((name) => name !== 'en');
const code = globSync(['{lib,components,entrypoints}/**/*.{ts,tsx,html}', 'wxt.config.ts'], {
  cwd: root,
})
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .join('\n');

function readMessages(language: string): Messages {
  return JSON.parse(readFileSync(join(root, `public/_locales/${language}/messages.json`), 'utf8'));
}

/** The values that each message takes, such as `count` in `{count} {count|key|keys}`. */
function valuesByKey(messages: Messages): Record<string, string[]> {
  const names = (text: string) =>
    [...text.matchAll(/\{(\w+)(?:\|[^{}]*)?\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(
    Object.entries(messages).map(([key, { message }]) => [
      key,
      [...new Set(names(message))].toSorted(),
    ]),
  );
}

describe('the words on screen', () => {
  it.each(translations)(
    'have the same keys and take the same values in %s as in English',
    (language) => {
      expect(valuesByKey(readMessages(language))).toEqual(valuesByKey(english));
    },
  );

  it('are there for every key that the code or the manifest asks for', () => {
    const asked = [...code.matchAll(/\b(?:say|t)\(\s*['"](\w+)['"]|__MSG_(\w+)__/g)];
    const keys = asked.map(([, key, manifestKey]) => key ?? manifestKey ?? '');
    expect(keys.filter((key) => !(key in english))).toEqual([]);
  });

  // A key stands in the code as a whole, so one that is put together at run time counts as unused.
  it('are all used', () => {
    const used = (key: string) => new RegExp(`['"\`]${key}['"\`]|__MSG_${key}__`).test(code);
    expect(Object.keys(english).filter((key) => !used(key))).toEqual([]);
  });
});
