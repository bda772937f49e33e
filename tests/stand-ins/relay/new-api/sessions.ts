import { randomUUID } from 'node:crypto';
import { type NewApi, seconds } from './call.ts';
import { bearerToken, randomText } from './random.ts';
import type { LoginSession, User } from './state.ts';

const day = 24 * 3600;
const sessionSeconds = 30 * day;
const bearerSeconds = 15 * 60;
/**
 * How long a rotated cookie still gets the same successor; after that it ends the session (source
 * of generation 4).
 */
const replaySeconds = 30;

/** What a browser holds after a login or a refresh. */
export interface Pass {
  bearer: string;
  bearerExpiresAt: number;
  refreshToken: string;
}

export type RefreshFailure = 'invalid' | 'mismatch' | 'revoked';

/** Opens a session for a user who has shown the password. */
export function openSession(api: NewApi, user: User, userAgent: string): LoginSession {
  const now = seconds(api);
  const session: LoginSession = {
    sid: randomUUID(),
    user_id: user.id,
    user_agent: userAgent,
    refreshSecret: randomText(64),
    previous: undefined,
    created_at: now,
    last_active_at: now,
    expires_at: now + sessionSeconds,
    revoked: false,
  };
  api.switches.state.sessions.push(session);
  return session;
}

/** A new bearer token for a session. Those issued before stay valid (recorded). */
export function issuePass(api: NewApi, session: LoginSession): Pass {
  const expiresAt = seconds(api) + bearerSeconds;
  const bearer = bearerToken({ sid: session.sid, sub: String(session.user_id) }, expiresAt);
  api.switches.state.bearers.set(bearer, { sid: session.sid, expiresAt });
  const refreshToken = `${session.sid}.${session.refreshSecret}`;
  return { bearer, bearerExpiresAt: expiresAt, refreshToken };
}

/**
 * The session of a refresh cookie, its secret rotated. The secret before the last one is taken for
 * a repeated request within 30 seconds and for a theft after that (source of generation 4).
 */
export function rotateSession(
  api: NewApi,
  refreshToken: string,
  expectedSid: string,
): { session: LoginSession; user: User; isRepeated: boolean } | RefreshFailure {
  const found = findSession(api, refreshToken, expectedSid);
  if (typeof found === 'string') return found;
  const { session, secret } = found;
  const user = userOfSession(api, session);
  if (!user) return 'revoked';
  if (secret === session.refreshSecret) {
    rotate(session, seconds(api));
    return { session, user, isRepeated: false };
  }
  if (secret !== session.previous?.secret) return 'invalid';
  if (seconds(api) <= session.previous.until) return { session, user, isRepeated: true };
  session.revoked = true;
  return 'revoked';
}

/**
 * Ends the session of a refresh cookie; one that opens nothing is no failure, one of another
 * session is.
 */
export function endSession(
  api: NewApi,
  refreshToken: string,
  expectedSid: string,
): 'mismatch' | undefined {
  const found = findSession(api, refreshToken, expectedSid);
  if (found === 'mismatch') return found;
  if (found === 'invalid') return undefined;
  found.session.revoked ||= found.secret === found.session.refreshSecret;
  return undefined;
}

/** Whom a session still lets in: it is not ended, not too old, and its user is not banned. */
export function userOfSession(api: NewApi, session: LoginSession): User | undefined {
  if (session.revoked || session.expires_at <= seconds(api)) return undefined;
  return api.switches.state.users.find(({ id, status }) => id === session.user_id && status === 1);
}

/** The session a bearer token was issued for. */
export function sessionOfBearer(
  api: NewApi,
  bearer: string,
): { session: LoginSession; isExpired: boolean } | undefined {
  const issued = api.switches.state.bearers.get(bearer);
  const session = api.switches.state.sessions.find(({ sid }) => sid === issued?.sid);
  if (!issued || !session) return undefined;
  return { session, isExpired: issued.expiresAt <= seconds(api) };
}

function findSession(
  api: NewApi,
  refreshToken: string,
  expectedSid: string,
): { session: LoginSession; secret: string } | 'invalid' | 'mismatch' {
  const [sid, secret, ...rest] = refreshToken.split('.');
  if (!sid || !secret || rest.length > 0) return 'invalid';
  if (expectedSid !== '' && expectedSid !== sid) return 'mismatch';
  const session = api.switches.state.sessions.find((candidate) => candidate.sid === sid);
  return session ? { session, secret } : 'invalid';
}

function rotate(session: LoginSession, now: number): void {
  session.previous = { secret: session.refreshSecret, until: now + replaySeconds };
  session.refreshSecret = randomText(64);
  session.last_active_at = now;
}
