import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableBaseUrl, normaliseBaseUrl } from '../../../lib/core/relay/base-url.ts';
import table from './base-urls.json' with { type: 'json' };

const siteOf = (given: string) => (given.includes('sub2api.') ? ('sub2api' as const) : undefined);

describe('a base URL', () => {
  const [taken, refused] = [table.cases.filter((c) => c.base), table.cases.filter((c) => !c.base)];

  it.each(taken)('[I-17] becomes $base when $given is given: $why', (row) => {
    expect(normaliseBaseUrl(row.given, siteOf(row.given))).toMatchObject({
      ok: true,
      value: {
        baseUrl: row.base,
        style: row.kind,
        openaiBaseUrl: row.openai_base ?? undefined,
      },
    });
  });

  it.each(refused)('is refused when “$given” is given: $why', ({ given }) => {
    expect(normaliseBaseUrl(given)).toMatchObject({ failure: { code: 'input/base-url' } });
  });

  it('[I-17] gets its version once, however often the rules are applied', () => {
    const path = fc.array(
      fc.constantFrom('v1', 'v3', 'api', 'openai', 'relay', 'v1beta', 'paas', 'chat', 'oneapi'),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(path, fc.boolean(), (segments, slash) => {
        const typed = ['https://relay.example', ...segments].join('/');
        const once = comparableBaseUrl(slash ? `${typed}/` : typed);
        expect(comparableBaseUrl(once)).toBe(once);
        const versioned = /\/v\d+(beta)?$/.test(typed);
        expect(once === typed || !versioned).toBe(true);
      }),
    );
  });

  it('says why it is not what was typed', () => {
    expect(normaliseBaseUrl('relay.example/console/token?x=1')).toMatchObject({
      value: { notes: ['scheme-added', 'query-cut', 'dashboard-path-cut', 'version-added'] },
    });
  });

  it('names the same without its version, where a relay might answer as well', () => {
    expect(normaliseBaseUrl('https://relay.example/oneapi')).toMatchObject({
      value: { unversioned: 'https://relay.example/oneapi' },
    });
  });

  it('never throws, whatever is pasted', () => {
    fc.assert(fc.property(fc.string(), (text) => void comparableBaseUrl(text)));
    expect(comparableBaseUrl('not a url')).toBe('not a url');
  });
});
