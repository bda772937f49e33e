import { describe, expect, it } from 'vitest';
import { takesOverCodex, traitsOfList, traitsOfVersion } from '../../../lib/core/server/traits.ts';

const keyed = { name: 'a', 'api-key-entries': [{ 'api-key': 'k' }] };
const loaded = { name: 'a', 'api-key-entries': [{ 'api-key': 'k', 'auth-index': '0a' }] };

describe('a server’s version', () => {
  it.each([
    ['v6.6.39', { version: '6.6.39', patch: 'whole', showsLoaded: false }],
    ['6.6.40', { version: '6.6.40', patch: 'partial', showsLoaded: false }],
    ['6.9.29', { version: '6.9.29', patch: 'partial', showsLoaded: true }],
    ['7.2.140-3-gabc', { version: '7.2.140', patch: 'partial', showsLoaded: true }],
    ['8.0.0', { version: '8.0.0', patch: 'partial', showsLoaded: true }],
    ['dev', {}],
  ])('%s tells what the recordings show of it', (printed, traits) => {
    expect(traitsOfVersion(printed)).toEqual(traits);
  });

  it.each([
    ['6.8.54', false],
    ['6.8.55', true],
    ['7.1.76', true],
    ['7.2.21', false],
  ])('%s takes over a provider named codex: %s', (version, takes) => {
    expect(takesOverCodex({ version })).toBe(takes);
  });

  it('that is not known is not trusted with the name codex', () => {
    expect(takesOverCodex({})).toBe(true);
  });
});

describe('a server’s list', () => {
  it('tells by null that it is older than v6.9.29', () => {
    expect(traitsOfList([], true, true)).toEqual({ showsLoaded: false });
  });

  it('tells by one auth-index that it has them', () => {
    expect(traitsOfList([keyed, loaded], false, false)).toEqual({ showsLoaded: true });
  });

  it('tells that it has none only at rest', () => {
    expect(traitsOfList([keyed], false, true)).toEqual({ showsLoaded: false });
    expect(traitsOfList([keyed], false, false)).toEqual({});
    expect(traitsOfList([{ ...keyed, disabled: true }], false, true)).toEqual({});
    expect(traitsOfList([], false, true)).toEqual({});
  });
});
