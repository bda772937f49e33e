import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIXED_MASK, maskSecret, parseApiKey, parseManagementKey } from '../../lib/core/secrets.ts';

const key = fc.stringMatching(/^sk-[A-Za-z0-9_-]{8,60}$/);

describe('a pasted key', () => {
  it('is found between blanks, line breaks, quotes and the word Bearer', () => {
    const dressed = fc.constantFrom<(k: string) => string>(
      (k) => `  ${k}\n`,
      (k) => `Bearer ${k}`,
      (k) => `bearer\t${k}\r\n`,
      (k) => `Authorization: Bearer ${k}`,
      (k) => `"${k}"`,
      (k) => `${k.slice(0, 5)}\n  ${k.slice(5)}`,
    );
    fc.assert(
      fc.property(key, dressed, (k, dress) => {
        expect(parseApiKey(dress(k))).toEqual({ ok: true, value: k });
        expect(parseManagementKey(dress(k))).toEqual({ ok: true, value: k });
      }),
    );
  });

  it.each([
    ['', 'empty'],
    ['Bearer  ', 'empty'],
    ['sk-ab12**********wxyz', 'masked'],
    ['sk-ab12••••wxyz', 'masked'],
    ['sk-ab12…wxyz', 'masked'],
    ['sk-ab12...wxyz', 'masked'],
    ['YOUR_API_KEY_HERE', 'placeholder'],
    ['sk-xxxxxxxx', 'placeholder'],
    ['<your key>', 'placeholder'],
    ['sk-test’s', 'unsendable'],
    ['ｓｋ-0001', 'unsendable'],
  ])('is refused when it is “%s”: %s', (pasted, problem) => {
    expect(parseApiKey(pasted)).toEqual({ ok: false, failure: { code: 'input/secret', problem } });
  });
});

describe('a management key', () => {
  it.each(['$2a$', '$2b$', '$2y$'])('is refused as a hash when it begins with %s', (prefix) => {
    const hash = `${prefix}10$Q9xJ8kG7hF6dS5aP4oI3uOe.abcdefghijklmnopqrstuvwxyz01234`;
    expect(parseManagementKey(` ${hash}\n`)).toEqual({
      ok: false,
      failure: { code: 'input/secret', problem: 'hash' },
    });
  });

  it('may contain stars, which people choose', () => {
    expect(parseManagementKey('m*nager-1')).toEqual({ ok: true, value: 'm*nager-1' });
  });
});

describe('a mask', () => {
  it('shows six and four characters of a long key, and nothing of a short one', () => {
    expect(maskSecret('sk-Rk2aaaaaaaaaaaaaa9aQ1')).toBe('sk-Rk2••••9aQ1');
    expect(maskSecret('sk-test00012')).toBe('••••');
  });

  it('is as long for every long key, and the form’s mask for every key', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{13,200}$/), (secret) => {
        expect(maskSecret(secret)).toHaveLength(14);
      }),
    );
    expect(FIXED_MASK).toHaveLength(8);
  });
});
