import { z } from 'zod';
import { type Reply, readJson, withHeaders } from '../http.ts';
import { userView } from './account-pages.ts';
import type { Call, NewApi, UserCall } from './call.ts';
import { authFailure, done, failure, success } from './replies.ts';
import {
  endSession,
  issuePass,
  openSession,
  type RefreshFailure,
  rotateSession,
  userOfSession,
} from './sessions.ts';
import type { LoginSession, User } from './state.ts';

const cookieName = 'new_api_refresh';
const cookieScope = 'Path=/api/user/auth';
const cookieGuards = 'HttpOnly; SameSite=Strict';
const noStore = { 'Cache-Control': 'no-store' };

/** What opens an account. */
export const credentials = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** Refusals are 200, also for a banned user. */
export function logIn({ request, api }: Call): Reply {
  const login = credentials.safeParse(readJson(request));
  if (!login.success) return failure('Invalid parameters');
  const { username, password } = login.data;
  const user = api.switches.state.users.find((candidate) => candidate.username === username);
  if (!user || user.password !== password || user.status !== 1) {
    return failure('Username or password is incorrect, or user has been banned');
  }
  const session = openSession(api, user, request.headers['user-agent'] ?? '');
  return passReply(api, user, session, session.user_agent);
}

/** The way back to a bearer token: by cookie only, and with a new cookie. */
export function refresh({ request, api }: Call): Reply {
  const { headers } = request;
  const rotated = rotateSession(
    api,
    refreshCookie(headers.cookie),
    headers['x-auth-session'] ?? '',
  );
  if (typeof rotated === 'string') return refreshFailure(rotated);
  const { session, user, isRepeated } = rotated;
  // Recorded: the first answer names the asking browser, a repeated one the browser of the login.
  const userAgent = isRepeated ? session.user_agent : (headers['user-agent'] ?? '');
  return passReply(api, user, session, userAgent);
}

/** Ends the session of the cookie; without one there is nothing to end (source of generation 4). */
export function logOut({ request, api }: Call): Reply {
  const { cookie, 'x-auth-session': expectedSid = '' } = request.headers;
  const failure = endSession(api, refreshCookie(cookie), expectedSid);
  if (failure) return refreshFailure(failure);
  return withHeaders(done(), { ...noStore, 'Set-Cookie': deletedCookie() });
}

/** The living sessions of the user; not for an access token (source of generation 4). */
export function listSessions({ api, user, session: current }: UserCall): Reply {
  if (!current) {
    return authFailure(403, 'AUTH_SESSION_REQUIRED', 'a dashboard login session is required');
  }
  const own = api.switches.state.sessions.filter((session) => userOfSession(api, session) === user);
  return success(
    own.map((session) => sessionView(session, session.user_agent, session.sid === current.sid)),
  );
}

function passReply(api: NewApi, user: User, session: LoginSession, userAgent: string): Reply {
  const { bearer, bearerExpiresAt, refreshToken } = issuePass(api, session);
  const data = {
    access_token: bearer,
    access_expires_at: bearerExpiresAt,
    token_type: 'Bearer',
    session: sessionView(session, userAgent, true),
    user: userView(user),
  };
  const cookie = refreshCookieHeader(refreshToken, session.expires_at, api.now());
  return withHeaders(success(data), { ...noStore, 'Set-Cookie': cookie });
}

function sessionView(session: LoginSession, userAgent: string, current: boolean): object {
  return {
    sid: session.sid,
    current,
    login_method: 'password',
    ip: '127.0.0.1',
    user_agent: userAgent,
    created_at: session.created_at,
    last_active_at: session.last_active_at,
    expires_at: session.expires_at,
  };
}

/** A cookie that opens nothing is deleted; one of another session is kept (recorded). */
function refreshFailure(failure: RefreshFailure): Reply {
  if (failure === 'mismatch') {
    return withHeaders(authFailure(409, 'AUTH_SESSION_MISMATCH', 'Conflict'), noStore);
  }
  const code = failure === 'revoked' ? 'AUTH_SESSION_REVOKED' : 'AUTH_UNAUTHORIZED';
  return withHeaders(authFailure(401, code, 'Unauthorized'), {
    ...noStore,
    'Set-Cookie': deletedCookie(),
  });
}

function refreshCookie(header: string | undefined): string {
  return new RegExp(`(?:^|; *)${cookieName}=([^;]*)`).exec(header ?? '')?.[1] ?? '';
}

/**
 * `expiresAt` is in seconds, `now` in milliseconds: what is left of a second is cut off, as
 * recorded.
 */
function refreshCookieHeader(token: string, expiresAt: number, now: number): string {
  const expires = new Date(expiresAt * 1000).toUTCString();
  const maxAge = Math.floor((expiresAt * 1000 - now) / 1000);
  return `${cookieName}=${token}; ${cookieScope}; Expires=${expires}; Max-Age=${maxAge}; ${cookieGuards}`;
}

function deletedCookie(): string {
  return `${cookieName}=; ${cookieScope}; Expires=Thu, 01 Jan 1970 00:00:01 GMT; Max-Age=0; ${cookieGuards}`;
}
