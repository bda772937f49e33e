import { describe, expect, it } from 'vitest';
import type { ProviderKind } from '../../../lib/core/changes/provider.ts';
import {
  isOtherServer,
  takesOverCodex,
  traitsOfList,
  traitsOfVersion,
} from '../../../lib/core/server/traits.ts';

const keyed = { name: 'a', 'api-key-entries': [{ 'api-key': 'k' }] };
const loaded = { name: 'a', 'api-key-entries': [{ 'api-key': 'k', 'auth-index': '0a' }] };

const OLD = { showsLoaded: false, knowsDisabled: false };
const NEW = { showsLoaded: true, knowsDisabled: true };

describe('a server’s version', () => {
  it.each([
    ['v6.6.39', { version: '6.6.39', patch: 'whole', ...OLD }],
    ['6.6.40', { version: '6.6.40', patch: 'partial', ...OLD }],
    ['6.9.29', { version: '6.9.29', patch: 'partial', ...OLD, showsLoaded: true }],
    ['6.9.39', { version: '6.9.39', patch: 'partial', ...NEW }],
    ['7.2.140-3-gabc', { version: '7.2.140', patch: 'partial', ...NEW }],
    ['8.0.0', { version: '8.0.0', patch: 'partial', ...NEW }],
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
    expect(traitsOfList('openai-compatibility', [], true, true)).toEqual(OLD);
  });

  it('tells by one auth-index that it has them', () => {
    expect(traitsOfList('openai-compatibility', [keyed, loaded], false, false)).toMatchObject({
      showsLoaded: true,
    });
  });

  it('tells that it has none only at rest', () => {
    expect(traitsOfList('openai-compatibility', [keyed], false, true)).toEqual(OLD);
    expect(traitsOfList('openai-compatibility', [keyed], false, false)).not.toHaveProperty(
      'showsLoaded',
    );
    expect(
      traitsOfList('openai-compatibility', [{ ...keyed, disabled: true }], false, true),
    ).toEqual({ knowsDisabled: true });
    expect(traitsOfList('openai-compatibility', [], false, true)).toEqual({});
  });

  it('tells by what it shows of each provider whether they can be switched off', () => {
    const knows = (entry: object, kind: ProviderKind = 'openai-compatibility') =>
      traitsOfList(kind, [{ ...keyed, ...entry }], false, false).knowsDisabled;
    expect(knows({ disabled: false })).toBe(true);
    expect(knows({})).toBe(false);
    expect(knows({}, 'claude-api-key')).toBeUndefined();
  });

  it('tells that another version came up, where it shows otherwise than was known', () => {
    expect(isOtherServer({ knowsDisabled: true }, { knowsDisabled: false })).toBe(true);
    expect(isOtherServer({ knowsDisabled: false }, { knowsDisabled: true })).toBe(true);
    expect(isOtherServer({ knowsDisabled: true }, {})).toBe(false);
    expect(isOtherServer({ patch: 'partial' }, { knowsDisabled: false })).toBe(false);
  });
});
