import { bearerOf, type Reply, withHeaders } from '../http.ts';
import type { Call, NewApi, UserCall } from './call.ts';
import { authFailure } from './replies.ts';
import type { Page } from './routes.ts';
import { sessionOfBearer, userOfSession } from './sessions.ts';
import { type LoginSession, rootRole, type User } from './state.ts';

/** Every answer to somebody who is logged in carries it (generation 2 and newer). */
const authVersion = { 'Auth-Version': '864b7076dbcd0a3c01b5520316720ebf' };

const noStoreHeaders = {
  'Cache-Control': 'no-store, no-cache, must-revalidate, private, max-age=0',
  Expires: '0',
  Pragma: 'no-cache',
};

/** Counts against the one limit that login, refresh, access token and reveal share. */
export function critical<C extends Call>(page: (call: C) => Reply): (call: C) => Reply {
  return (call) => call.api.limiter('critical', call.api.switches.limits.critical) ?? page(call);
}

/** Counts against the limit that each user has for searches. */
export function searchLimited(page: (call: UserCall) => Reply): (call: UserCall) => Reply {
  return (call) =>
    call.api.limiter('search', call.api.switches.limits.search, String(call.user.id)) ?? page(call);
}

/** Nothing of the answer is to be kept; what the page itself says about that wins. */
export function noStore<C extends Call>(page: (call: C) => Reply): (call: C) => Reply {
  return (call) => {
    const reply = page(call);
    return { ...reply, headers: { ...noStoreHeaders, ...reply.headers } };
  };
}

/** For those who are logged in: by bearer token, or by access token with or without `Bearer`. */
export function asUser(page: (call: UserCall) => Reply): Page {
  return (call) => {
    const identity = identify(call);
    if ('status' in identity) return identity;
    return withHeaders(page({ ...call, ...identity }), authVersion);
  };
}

/** For everyone; a login that is there shows in the headers. */
export function asVisitor(page: Page): Page {
  return (call) => {
    const identity = identify(call);
    return 'status' in identity ? page(call) : withHeaders(page(call), authVersion);
  };
}

/**
 * The operator's pages, of which there are none here: users are turned away, an operator finds
 * nothing.
 */
export function asOperator(page: Page): Page {
  return (call) => {
    const identity = identify(call);
    if ('status' in identity) return identity;
    if (identity.user.role >= rootRole) return page(call);
    return authFailure(403, 'AUTH_INSUFFICIENT_PRIVILEGE', 'Unauthorized, insufficient privileges');
  };
}

type Identity = { user: User; session: LoginSession | undefined };

function identify({ api, request }: Call): Identity | Reply {
  const credential = bearerOf(request.headers.authorization);
  const owned = sessionOfBearer(api, credential);
  if (!owned) return identifyByAccessToken(api, credential);
  const { session, isExpired } = owned;
  const notLoggedIn = 'Unauthorized, not logged in and no access token provided';
  if (isExpired) return authFailure(401, 'AUTH_TOKEN_EXPIRED', notLoggedIn);
  const user = userOfSession(api, session);
  return user ? { user, session } : authFailure(401, 'AUTH_SESSION_REVOKED', notLoggedIn);
}

function identifyByAccessToken(api: NewApi, credential: string): Identity | Reply {
  const user = api.switches.state.users.find(
    ({ access_token }) => access_token !== undefined && access_token === credential,
  );
  if (!user) return authFailure(401, 'AUTH_UNAUTHORIZED', 'Unauthorized, invalid access token');
  if (user.status !== 1) return authFailure(401, 'AUTH_USER_DISABLED', 'User has been banned');
  return { user, session: undefined };
}
