import type { Features } from '../versions.ts';

/** What a relay answered. */
export interface RelayOutcome {
  /** 0 if there was no connection. */
  status: number;
  text: string;
}

/**
 * Whether the request is to blame for `outcome`: then the client gets it at once, and the key stays in use. In v7.2.140
 * even a 401 counts as such if its body says `invalid_request_error`, as OpenAI's does; that of New API does not.
 * Recorded in scenario e2e-401; the details were tried with v7.2.140, v7.1.76, v7.0.12 and v6.5.65.
 */
export function isRequestFault(outcome: RelayOutcome, features: Features): boolean {
  const { status, text } = outcome;
  if (features.has('request-fault-by-body')) return isFaultByBody(outcome);
  if (!features.has('request-fault')) return false;
  return status === 422 || (status === 400 && text.includes('invalid_request_error'));
}

function isFaultByBody({ status, text }: RelayOutcome): boolean {
  if (status === 402 || status === 429) return false;
  const { code, type } = errorIn(text);
  if (status === 401 && type === 'authentication_error') return false;
  return FAULT_WORDS.has(code) || FAULT_WORDS.has(type) || [400, 409, 413, 422].includes(status);
}

const FAULT_WORDS = new Set([
  'bad_request_error',
  'context_length_exceeded',
  'invalid_prompt',
  'invalid_request',
  'invalid_request_error',
  'invalid_value',
  'message_too_big',
  'string_above_max_length',
  'unsupported_value',
]);

function errorIn(text: string): { code: string; type: string } {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: string; type?: string } };
    return { code: error?.code ?? '', type: error?.type ?? '' };
  } catch {
    return { code: '', type: '' };
  }
}
