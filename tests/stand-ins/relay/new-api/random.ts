import { randomBytes, randomInt } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits. */
export function randomText(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** 32 characters of the base64 alphabet, as a generated access token has. */
export function randomAccessToken(): string {
  return randomBytes(24).toString('base64');
}

/**
 * Time to the nanosecond, the constant of generations 3 and 4, eight characters. `at` is in
 * milliseconds.
 */
export function requestId(at: number): string {
  const time = new Date(at).toISOString().replace(/\D/g, '');
  return `${time}${randomInt(1e6).toString().padStart(6, '0')}8268d9d6${randomText(8)}`;
}

/**
 * A JWT with the claims of generation 4 and a signature that nobody can check. `expiresAt` is in
 * seconds.
 */
export function bearerToken(claims: { sid: string; sub: string }, expiresAt: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = { token_use: 'access', iss: 'new-api', ...claims, exp: expiresAt };
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.${randomBytes(32).toString('base64url')}`;
}
