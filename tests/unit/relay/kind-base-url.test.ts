import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROVIDER_KINDS } from '../../../lib/core/changes/provider.ts';
import { baseUrlForKind, comparableBaseUrlOf } from '../../../lib/core/relay/kind-base-url.ts';

describe('a base URL', () => {
  it.each([
    ['claude-api-key', 'https://relay.example', 'https://relay.example'],
    ['claude-api-key', 'relay.example/v1/', 'https://relay.example'],
    ['claude-api-key', 'https://relay.example/v1/messages?beta=true', 'https://relay.example'],
    ['claude-api-key', 'https://relay.example/v1/messages/count_tokens', 'https://relay.example'],
    ['claude-api-key', 'https://relay.example/console/token', 'https://relay.example'],
    ['claude-api-key', 'https://api.deepseek.com/anthropic', 'https://api.deepseek.com/anthropic'],
    ['claude-api-key', 'https://relay.example/claude/v1', 'https://relay.example/claude'],
    ['claude-api-key', 'https://api.anthropic.com/v1', ''],
    ['claude-api-key', '', ''],
    ['gemini-api-key', 'https://relay.example/v1beta', 'https://relay.example'],
    [
      'gemini-api-key',
      'https://relay.example/gemini/v1beta/openai/',
      'https://relay.example/gemini',
    ],
    [
      'gemini-api-key',
      'https://relay.example/v1beta/models/gemini-2.5-pro:generateContent',
      'https://relay.example',
    ],
    ['gemini-api-key', 'https://generativelanguage.googleapis.com/v1beta/openai', ''],
    ['gemini-api-key', ' ', ''],
    ['codex-api-key', 'https://relay.example', 'https://relay.example/v1'],
    ['codex-api-key', 'https://relay.example/v1/responses', 'https://relay.example/v1'],
    ['codex-api-key', '', 'https://api.openai.com/v1'],
    ['openai-compatibility', 'https://open.bigmodel.cn', 'https://open.bigmodel.cn/api/paas/v4'],
  ] as const)('for %s becomes of “%s” “%s”', (kind, entered, stored) => {
    expect(baseUrlForKind(kind, entered)).toEqual({ ok: true, value: stored });
  });

  it.each([
    ['openai-compatibility', ''],
    ['claude-api-key', 'ftp://relay.example'],
    ['gemini-api-key', 'https://user:pass@relay.example'],
  ] as const)('for %s is refused when “%s” is given', (kind, entered) => {
    expect(baseUrlForKind(kind, entered)).toMatchObject({ failure: { code: 'input/base-url' } });
  });

  it('stays as it is once the rules of its kind have been applied', () => {
    const segment = fc.constantFrom(
      'v1',
      'v1beta',
      'openai',
      'anthropic',
      'relay',
      'models',
      'chat',
    );
    const path = fc.array(segment, { maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...PROVIDER_KINDS), path, (kind, segments) => {
        const once = comparableBaseUrlOf(kind, ['https://relay.example', ...segments].join('/'));
        expect(comparableBaseUrlOf(kind, once)).toBe(once);
      }),
    );
  });
});
