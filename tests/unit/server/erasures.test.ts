import { describe, expect, it } from 'vitest';
import { erasuresByWriting } from '../../../lib/core/server/erasures.ts';

const BASE = 'https://relay.example/v1';

const erased = (written: object, shown: object) =>
  erasuresByWriting(
    { 'openai-compatibility': [{ name: 'Old', 'base-url': BASE, ...written }] },
    { 'openai-compatibility': [{ name: 'Old', 'base-url': BASE, disabled: false, ...shown }] },
  );

describe('what a write would erase', () => {
  it('is the legacy keys of a provider that shows none, masked', () => {
    expect(erased({ 'api-keys': ['sk-old-0123456789', 'sk-2'] }, {})).toEqual([
      {
        kind: 'openai-compatibility',
        entry: 'Old',
        legacyKeys: ['sk-old••••6789', '••••'],
        fields: [],
      },
    ]);
  });

  it('is nothing where the server still reads legacy keys', () => {
    const keys = { 'api-key-entries': [{ 'api-key': 'sk-2' }] };
    expect(erased({ 'api-keys': ['sk-2'] }, keys)).toEqual([]);
  });

  it('is what stands in entries, keys and models and the server does not show', () => {
    const written = {
      'x-unknown-field': 'keep?',
      priority: 0,
      'api-key-entries': [{ 'api-key': 'sk-a' }, { 'api-key': 'sk-b', note: 'mine' }],
      models: [
        { name: 'up', alias: 'al', tier: 1 },
        { name: 'up-2', alias: 'al-2', tier: 2 },
      ],
    };
    const shown = {
      'api-key-entries': [{ 'api-key': 'sk-a' }, { 'api-key': 'sk-b' }],
      models: [
        { name: 'up', alias: 'al' },
        { name: 'up-2', alias: 'al-2' },
      ],
    };
    expect(erased(written, shown)).toMatchObject([
      { legacyKeys: [], fields: ['x-unknown-field', 'api-key-entries.note', 'models.tier'] },
    ]);
    const { priority, ...rest } = written;
    expect(erased(written, { ...rest, priority })).toEqual([]);
  });

  it('is told of the other kinds too, whose key is no legacy', () => {
    const file = { 'claude-api-key': [{ 'api-key': 'sk-ant-1', label: 'mine' }] };
    const shown = { 'claude-api-key': [{ 'api-key': 'sk-ant-1', 'base-url': '', models: null }] };
    expect(erasuresByWriting(file, shown)).toEqual([
      { kind: 'claude-api-key', entry: 'Anthropic · ••••', legacyKeys: [], fields: ['label'] },
    ]);
  });

  it('is told of each of two entries of one name, in their order', () => {
    const twin = { name: 'Dup', 'base-url': BASE };
    const file = {
      'openai-compatibility': [
        { ...twin, note: 'first' },
        { ...twin, hint: 'second' },
      ],
    };
    expect(erasuresByWriting(file, { 'openai-compatibility': [twin, twin] })).toMatchObject([
      { fields: ['note'] },
      { fields: ['hint'] },
    ]);
  });

  it('is found though a name is a number to YAML', () => {
    const file = { 'openai-compatibility': [{ name: 123, 'base-url': BASE, note: 'x' }] };
    const shown = { 'openai-compatibility': [{ name: '123', 'base-url': BASE }] };
    expect(erasuresByWriting(file, shown)).toMatchObject([{ fields: ['note'] }]);
  });

  it.each([null, [], 'text', {}, { 'openai-compatibility': 'text' }])(
    'is nothing in %j',
    (file) => {
      expect(erasuresByWriting(file, { 'openai-compatibility': [{ name: 'Old' }] })).toEqual([]);
    },
  );
});
