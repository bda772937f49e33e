import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseServerAddress,
  plainHttpReach,
  serverPlace,
  serverRoot,
} from '../../../lib/core/server/address.ts';

const cases: [typed: string, becomes: string][] = [
  ['localhost:8317', 'http://localhost:8317/v0/management'],
  ['127.0.0.1:8317', 'http://127.0.0.1:8317/v0/management'],
  ['http://localhost:8317/v0/management', 'http://localhost:8317/v0/management'],
  ['  http://host:8317/ ', 'http://host:8317/v0/management'],
  ['nas:8317', 'http://nas:8317/v0/management'],
  ['192.168.1.20:8317', 'http://192.168.1.20:8317/v0/management'],
  ['cpa.example', 'https://cpa.example/v0/management'],
  ['HTTPS://CPA.Example/', 'https://cpa.example/v0/management'],
  ['http://host:8317/v0/management/', 'http://host:8317/v0/management'],
  ['http://host:8317/v0/management/v0/management', 'http://host:8317/v0/management'],
  ['http://host:8317/v0/management/openai-compatibility', 'http://host:8317/v0/management'],
  ['http://host:8317/openai-compatibility', 'http://host:8317/v0/management'],
  ['http://host:8317/v0/management/claude-api-key?api-key=x', 'http://host:8317/v0/management'],
  ['http://host:8317/management.html#/providers', 'http://host:8317/v0/management'],
  ['host:8317/management.html', 'http://host:8317/v0/management'],
  ['http://host:8317/v1', 'http://host:8317/v0/management'],
  ['https://cpa.example/proxy', 'https://cpa.example/proxy/v0/management'],
  ['https://cpa.example/proxy/management.html', 'https://cpa.example/proxy/v0/management'],
  ['https://cpa.example/a/b/v0/management/', 'https://cpa.example/a/b/v0/management'],
  ['http://host:8317//v0//management//', 'http://host:8317/v0/management'],
  ['[::1]:8317', 'http://[::1]:8317/v0/management'],
  ['::1', 'http://[::1]/v0/management'],
  ['http://[fd00::20]:8317/v0/management', 'http://[fd00::20]:8317/v0/management'],
];

describe('a server address', () => {
  for (const [typed, becomes] of cases) {
    it(`is ${becomes} when “${typed.trim()}” is typed`, () => {
      expect(parseServerAddress(typed)).toMatchObject({ value: { managementBaseUrl: becomes } });
    });
  }

  it.each([
    ['', 'empty'],
    ['http://', 'not-an-address'],
    ['two words', 'not-an-address'],
    ['ftp://host', 'other-scheme'],
    ['http://me:secret@host:8317', 'credentials'],
  ])('is refused when “%s” is typed: %s', (typed, problem) => {
    expect(parseServerAddress(typed)).toEqual({
      ok: false,
      failure: { code: 'input/address', problem },
    });
  });

  it('stays what it became', () => {
    const prefix = fc.array(fc.constantFrom('proxy', 'cpa', 'a-b', 'x1'), { maxLength: 3 });
    fc.assert(
      fc.property(prefix, fc.integer({ min: 1, max: 65535 }), (segments, port) => {
        const typed = [`http://10.0.0.7:${port}`, ...segments].join('/');
        const once = parseServerAddress(typed);
        if (!once.ok) throw new Error(typed);
        expect(parseServerAddress(once.value.managementBaseUrl)).toEqual({
          ok: true,
          value: { managementBaseUrl: once.value.managementBaseUrl, notes: [] },
        });
        expect(parseServerAddress(serverRoot(once.value.managementBaseUrl))).toEqual(once);
      }),
    );
  });

  it('says what was changed', () => {
    expect(parseServerAddress('cpa.example/management.html?x')).toMatchObject({
      value: { notes: ['scheme-added', 'panel-replaced', 'query-cut'] },
    });
    expect(parseServerAddress('http://h:8317/v0/management/openai-compatibility')).toMatchObject({
      value: { notes: ['path-cut'] },
    });
  });

  it('is told apart by host, port and prefix', () => {
    expect(serverPlace('https://cpa.team.example/proxy/v0/management')).toBe(
      'cpa.team.example/proxy',
    );
  });
});

describe('plain http', () => {
  it.each([
    ['http://127.0.0.1:8317', 'loopback'],
    ['http://[::1]:8317', 'loopback'],
    ['http://nas:8317', 'private'],
    ['http://172.20.0.3', 'private'],
    ['http://100.101.102.103', 'private'],
    ['http://printer.local', 'private'],
    ['http://172.32.0.3', 'public'],
    ['http://cpa.example', 'public'],
    ['https://cpa.example', 'encrypted'],
  ])('to %s is %s', (address, reach) => {
    expect(plainHttpReach(address)).toBe(reach);
  });
});
