import type { ProviderKind } from '../changes/provider.ts';
import type { InputFailure } from '../failures/failure.ts';
import { type BaseUrl, comparableBaseUrl, normaliseBaseUrl } from '../relay/base-url.ts';
import { baseUrlForKind, comparableBaseUrlOf } from '../relay/kind-base-url.ts';
import { fail, ok, type Result } from '../result.ts';
import { plainHttpReach } from '../server/address.ts';
import type { RelayKey } from './relay-key.ts';

/**
 * The base URL at which a key is to be used, as a person typed it. It may differ from the
 * key's own; plain http to a public host is accepted there only, where the person
 * insisted on it when the key was saved.
 */
export function parseKeyAddress(
  typed: string,
  key: Pick<RelayKey, 'baseUrl'>,
): Result<BaseUrl, InputFailure> {
  const base = normaliseBaseUrl(typed);
  if (!base.ok) return base;
  const { baseUrl } = base.value;
  const isOwn = baseUrl === comparableBaseUrl(key.baseUrl);
  if (plainHttpReach(baseUrl) === 'public' && !isOwn) {
    return fail({ code: 'input/plain-http', host: new URL(baseUrl).hostname });
  }
  return ok(base.value);
}

/** The same for the lists that hold single keys, whose own rules say what is stored: empty for the vendor's own API. */
export function parseKindAddress(
  kind: ProviderKind,
  typed: string,
  key: Pick<RelayKey, 'baseUrl'>,
): Result<string, InputFailure> {
  const base = baseUrlForKind(kind, typed);
  if (!base.ok || base.value === '') return base;
  const isOwn = base.value === comparableBaseUrlOf(kind, key.baseUrl);
  if (plainHttpReach(base.value) === 'public' && !isOwn) {
    return fail({ code: 'input/plain-http', host: new URL(base.value).hostname });
  }
  return base;
}
