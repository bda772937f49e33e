import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../../../lib/core/changes/diff-lines.ts';
import { maskedEntry } from '../../../lib/core/changes/masked.ts';
import { newProvider, withApiKeys } from '../../../lib/core/changes/provider.ts';

const asText = (lines: ReturnType<typeof diffLines>) => lines.map((l) => `${l.sign} ${l.text}`);
const KEY = 'sk-Rk2aaaaaaaaaaaaaa9aQ1';

describe('a difference in JSON', () => {
  it('shows the lines that are added, and what stands around them', () => {
    const before = {
      name: 'Relay A',
      'api-key-entries': [{ 'api-key': 'sk-Rk2bbbbbbbbbbbbbbHh2c', weight: 2 }],
    };
    expect(asText(diffLines(before, withApiKeys(before, [KEY])))).toEqual([
      '  "api-key-entries": [',
      '    {"api-key": "sk-Rk2••••Hh2c", "weight": 2}',
      '+   {"api-key": "sk-Rk2••••9aQ1"}',
      '  ]',
    ]);
  });

  it('counts what stays where that is long', () => {
    const before = { 'api-key-entries': ['a', 'b', 'c', 'd'].map((k) => ({ 'api-key': k })) };
    expect(asText(diffLines(before, withApiKeys(before, ['e'])))).toContain('    … 4 …');
  });

  it('shows a new provider whole', () => {
    const models = [{ upstream: 'gpt-5', alias: 'gpt-5' }];
    expect(
      asText(diffLines(undefined, newProvider('R', 'https://r.example/v1', [KEY], models))),
    ).toEqual([
      '+ "name": "R"',
      '+ "base-url": "https://r.example/v1"',
      '+ "api-key-entries": [',
      '+   {"api-key": "sk-Rk2••••9aQ1"}',
      '+ ]',
      '+ "models": [',
      '+   {"name": "gpt-5", "alias": "gpt-5"}',
      '+ ]',
    ]);
  });

  it('keeps two keys of one mask apart', () => {
    const before = { 'api-key-entries': [{ 'api-key': 'short-1' }] };
    const after = { 'api-key-entries': [{ 'api-key': 'short-2' }] };
    expect(diffLines(before, after).map((line) => line.sign)).toEqual([' ', '-', '+', ' ']);
  });

  it('never shows a secret, wherever it stands', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{20,40}$/);
    fc.assert(
      fc.property(secret, (value) => {
        const entry = {
          'api-key-entries': [{ 'api-key': value, 'proxy-url': `socks5://me:${value}@10.0.0.1` }],
          'api-key': value,
          headers: { Authorization: `Bearer ${value}` },
        };
        expect(JSON.stringify(maskedEntry(entry))).not.toContain(value);
        expect(JSON.stringify(diffLines(undefined, entry))).not.toContain(value);
      }),
    );
  });
});
