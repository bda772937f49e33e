import { fail, ok, type Result } from './result.ts';

/** Any secret of the user. It is shown masked, and leaves the worker only inside a request. */
export type Secret = string & { readonly __brand: 'Secret' };

export type SecretProblem = { code: 'input/secret'; problem: SecretFault };

/** `hash` is what config.yaml shows of a management key, `unsendable` what no header may carry. */
export type SecretFault = 'empty' | 'masked' | 'placeholder' | 'hash' | 'unsendable';

/**
 * The key in what was pasted: without blanks and line breaks anywhere, the word `Bearer`
 * and one pair of quotes.
 */
function cleanSecret(pasted: string): string {
  const text = pasted
    .trim()
    .replace(/^authorization:\s*/i, '')
    .replace(/^bearer(\s+|$)/i, '');
  return text.replace(/\s+/g, '').replace(/^(["'`])(.*)\1$/, '$2');
}

/** A key as a relay gave it. Masked ones and examples are refused: importing them would lose the real one. */
export function parseApiKey(pasted: string): Result<Secret, SecretProblem> {
  const key = cleanSecret(pasted);
  const fault = commonFault(key) ?? (isMasked(key) ? 'masked' : undefined);
  if (fault) return fail({ code: 'input/secret', problem: fault });
  if (isPlaceholder(key)) return fail({ code: 'input/secret', problem: 'placeholder' });
  return ok(key as Secret);
}

/**
 * A management key as a person typed it.
 *
 * Its bcrypt hash, which is all that config.yaml shows after the first start, is
 * refused before anything is sent: the server takes it for a wrong key and counts it
 * (recorded v7.2.140, scenario auth-hashed-secret).
 */
export function parseManagementKey(typed: string): Result<Secret, SecretProblem> {
  const key = cleanSecret(typed);
  const fault = isBcryptHash(key) ? 'hash' : commonFault(key);
  return fault ? fail({ code: 'input/secret', problem: fault }) : ok(key as Secret);
}

export const isBcryptHash = (text: string): boolean => /^\$2[abxy]\$\d\d\$/.test(text);

/** Whether parts of a key were replaced by stars, dots or an ellipsis for display. */
const isMasked = (text: string): boolean => /[*•●…]|\.{3,}/.test(text);

function isPlaceholder(key: string): boolean {
  return /^<.*>$|your[_-]|^sk-x{3,}$|^x{4,}$|^changeme$/i.test(key);
}

function commonFault(key: string): SecretFault | undefined {
  if (key === '') return 'empty';
  // Header values are Latin-1 in browsers; a full-width letter or a curly quote would make fetch throw.
  return /[^!-~]/.test(key) && !isMasked(key) ? 'unsendable' : undefined;
}

const DOTS = '••••';

/** What stands for a secret in lists: six characters, dots, four characters; dots alone up to twelve. */
export function maskSecret(secret: string): string {
  return secret.length <= 12 ? DOTS : `${secret.slice(0, 6)}${DOTS}${secret.slice(-4)}`;
}

/** An address with its user and password masked, up to the last `@`: a password may contain one. */
export const maskCredentials = (address: string): string =>
  address.replace(/\/\/[^/\s]*@/g, '//••••@');

/** What somebody else said, with what looks like a key masked (long, in one piece, with digits), and credentials. */
export const maskKeysIn = (said: string): string =>
  maskCredentials(said).replace(/[\w.-]{12,}/g, (word) =>
    /\d/.test(word) ? maskSecret(word) : word,
  );

/** What stands for a secret in its own form. It tells nothing, not even a length. */
export const FIXED_MASK = '********';
