import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeKind } from '../../../lib/core/relay/propose-kind.ts';

const GOOGLE = `AIza${'x'.repeat(35)}`;
const RELAY = 'https://relay.example';

describe('the kind proposed for a key', () => {
  it.each([
    ['sk-ant-api03-abc', '', 'claude-api-key', 'key-shape'],
    ['sk-ant-api03-abc', RELAY, 'claude-api-key', 'key-shape'],
    ['sk-abc', 'https://api.anthropic.com/v1', 'claude-api-key', 'vendor-address'],
    ['sk-abc', 'https://api.deepseek.com/anthropic', 'claude-api-key', 'address-path'],
    ['sk-abc', `${RELAY}/v1/messages`, 'claude-api-key', 'address-path'],
    [GOOGLE, '', 'gemini-api-key', 'key-shape'],
    [
      GOOGLE,
      'https://generativelanguage.googleapis.com/v1beta/openai',
      'gemini-api-key',
      'vendor-address',
    ],
    ['sk-abc', `${RELAY}/v1beta/`, 'gemini-api-key', 'address-path'],
    ['sk-abc', `${RELAY}/v1beta/models/m:generateContent`, 'gemini-api-key', 'address-path'],
    ['sk-abc', `${RELAY}/v1/responses`, 'codex-api-key', 'address-path'],
    ['sk-abc', `${RELAY}/v1beta/openai`, 'openai-compatibility', 'ordinary'],
    ['sk-abc', RELAY, 'openai-compatibility', 'ordinary'],
    ['sk-proj-abc', 'https://api.openai.com/v1', 'openai-compatibility', 'ordinary'],
    ['AIza', RELAY, 'openai-compatibility', 'ordinary'],
  ] as const)('is for %s at “%s” %s, by %s', (apiKey, baseUrl, kind, why) => {
    expect(proposeKind({ apiKey, baseUrl })).toEqual({ kind, why });
  });

  it('is the ordinary one for whatever a relay calls its keys', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(sk-)?[0-9a-zA-Z]{48}$/), (apiKey) => {
        fc.pre(!apiKey.startsWith('AIza'));
        expect(proposeKind({ apiKey, baseUrl: RELAY }).kind).toBe('openai-compatibility');
      }),
    );
  });
});
