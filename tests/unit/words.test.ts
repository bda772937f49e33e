import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeText } from '../../lib/core/words/words.ts';

const english = (count: number) => new Intl.PluralRules('en').select(count);
const compose = (template: string, values = {}) => composeText(template, values, english);

describe('a text', () => {
  it('has its values put in, in the style of their place', () => {
    expect(compose('Added key to **{provider}**', { provider: 'Relay A' })).toEqual([
      { text: 'Added key to ' },
      { text: 'Relay A', style: 'strong' },
    ]);
    expect(compose('Set `{line}` now', { line: 'a: b' })).toEqual([
      { text: 'Set ' },
      { text: 'a: b', style: 'code' },
      { text: ' now' },
    ]);
  });

  it.each([
    [1, '1 model'],
    [0, '0 models'],
    [12, '12 models'],
  ])('has the plural of %i', (count, text) => {
    expect(compose('{count} {count|model|models}', { count })).toEqual([{ text }]);
  });

  it('keeps the direction of a value to the value', () => {
    const turning = 'key\u202egnp.exe';
    expect(compose('Created **{name}** at {host}', { name: turning, host: 'a.example' })).toEqual([
      { text: 'Created ' },
      { text: `\u2068${turning}\u2069`, style: 'strong' },
      { text: ' at a.example' },
    ]);
  });

  it('takes no style from a value', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(compose('Key {name}', { name })).toEqual([{ text: `Key ${name}` }]);
      }),
    );
  });
});
