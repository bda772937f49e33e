import { describe, expect, it } from 'vitest';
import { createRelay } from '../stand-ins/relay/create-relay.ts';
import type { PlainOptions } from '../stand-ins/relay/plain/create-plain.ts';
import type { VendorName } from '../stand-ins/relay/plain/vendors.ts';
import { notFoundReply, webPageReply } from '../stand-ins/relay/troubles.ts';
import { readVendorAnswers, type VendorAnswer } from './relay-recording.ts';

const vendorNames: Record<string, VendorName> = {
  OpenAI: 'openai',
  OpenRouter: 'openrouter',
  DeepSeek: 'deepseek',
  Moonshot: 'moonshot',
  SiliconFlow: 'siliconflow',
  Zhipu: 'zhipu',
  DashScope: 'dashscope',
  'DashScope (native path)': 'dashscope-native',
  'Volcengine Ark': 'ark',
  'Google Gemini (OpenAI style)': 'gemini',
  Groq: 'groq',
};

/** What the upstream has to be told for an answer that is not "this key is unknown". */
const situations: Record<string, PlainOptions> = {
  'OpenRouter, any key, or none: the list is public': {
    models: [
      {
        id: 'openai/gpt-4o-mini',
        name: 'OpenAI: GPT-4o-mini',
        context_length: 128000,
        pricing: { prompt: '0.00000015', completion: '0.0000006' },
      },
    ],
  },
  'DeepSeek, valid key': { models: ['deepseek-chat', 'deepseek-reasoner'], keys: ['sk-test'] },
  'SiliconFlow, malformed key': { keys: [{ key: 'sk-testInvalid', state: 'malformed' }] },
  'any, address of a web page instead of an API (200 with HTML): must be treated as failure': {
    trouble: { kind: 'other-reply', reply: webPageReply },
  },
  'any, Cloudflare challenge in front of the site': { trouble: { kind: 'bot-check', status: 403 } },
  'any, plain 404 without a body': { trouble: { kind: 'other-reply', reply: notFoundReply } },
};

/**
 * Compared: status, the recorded headers, the body (JSON by value). The recorded challenge page is
 * cut short.
 */
describe('the plain upstream, asked what vendors were asked', () => {
  it.each(readVendorAnswers())('answers as $provider › $name', async (recorded) => {
    const reply = await askAsRecorded(recorded);

    expect(reply).toMatchObject({ status: recorded.status, headers: recorded.headers });
    expect(comparable(reply.body, recorded)).toEqual(recorded.body);
  });
});

function comparable(body: string, { name, body: recorded }: VendorAnswer): unknown {
  if (typeof recorded !== 'string') return JSON.parse(body);
  return name.startsWith('Cloudflare') ? body.slice(0, recorded.length) : body;
}

async function askAsRecorded({ provider, name, url, key }: VendorAnswer) {
  const { pathname } = new URL(url);
  const relay = createRelay({
    site: 'plain',
    vendor: vendorNames[provider] ?? 'openai',
    basePaths: [pathname.replace(/\/(models|key)$/, '')],
    keys: [],
    cors: false,
    ...situations[`${provider}, ${name}`],
  });
  const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  return relay.handle({ method: 'GET', path: pathname, headers });
}
