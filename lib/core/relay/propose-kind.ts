import type { ProviderKind } from '../changes/provider.ts';
import { parseTypedUrl } from '../net/typed-url.ts';
import { normaliseBaseUrl } from './base-url.ts';

/** What a proposal rests on; the interface has a sentence for each. */
type KindReason = 'vendor-address' | 'key-shape' | 'address-path' | 'ordinary';

/** The list that a relay key most likely belongs to. Only a proposal: the person decides. */
export interface KindProposal {
  kind: ProviderKind;
  why: KindReason;
}

const VENDOR_HOSTS: ReadonlyMap<string, ProviderKind> = new Map([
  ['api.anthropic.com', 'claude-api-key'],
  ['generativelanguage.googleapis.com', 'gemini-api-key'],
]);

/** How keys begin that only one vendor gives out (`relay/FACTS.md`, section 7.3). */
const KEY_SHAPES: readonly [shape: RegExp, kind: ProviderKind][] = [
  [/^sk-ant-/, 'claude-api-key'],
  [/^AIza[\w-]{35}$/, 'gemini-api-key'],
];

/**
 * The kind for a key, from its shape and from the address as it was given, before any base-URL
 * rules. What nothing tells apart is `openai-compatibility`: that is what relays give out.
 */
export function proposeKind({
  apiKey,
  baseUrl,
}: {
  apiKey: string;
  baseUrl: string;
}): KindProposal {
  const typed = parseTypedUrl(baseUrl);
  const url = typeof typed === 'string' ? undefined : typed.url;
  const vendor = VENDOR_HOSTS.get(url?.hostname ?? '');
  if (vendor) return { kind: vendor, why: 'vendor-address' };
  const shaped = KEY_SHAPES.find(([shape]) => shape.test(apiKey.trim()));
  if (shaped) return { kind: shaped[1], why: 'key-shape' };
  const styled = kindOfPath(url?.pathname ?? '', baseUrl);
  if (styled) return { kind: styled, why: 'address-path' };
  return { kind: 'openai-compatibility', why: 'ordinary' };
}

/** What the end of an address says of the clients that it is for. */
function kindOfPath(path: string, baseUrl: string): ProviderKind | undefined {
  if (/\/messages(\/count_tokens)?\/?$/.test(path)) return 'claude-api-key';
  if (/\/v1beta(\/models(\/.*)?)?\/?$/.test(path)) return 'gemini-api-key';
  if (/\/responses\/?$/.test(path)) return 'codex-api-key';
  const base = normaliseBaseUrl(baseUrl);
  return base.ok && base.value.style === 'anthropic' ? 'claude-api-key' : undefined;
}
