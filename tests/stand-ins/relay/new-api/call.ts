import type { RelayRequest } from '../http.ts';
import type { CommonSwitches } from '../troubles.ts';
import type { Limits, RateLimiter } from './rate-limit.ts';
import type { LoginSession, State, Token, User } from './state.ts';

/** What can be changed while a New API site runs. */
export interface NewApiSwitches extends CommonSwitches {
  limits: Limits;
  /** Whether the channels behind the site answer. */
  upstream: 'answers' | 'unreachable';
  state: State;
}

/** A running site, as its pages see it. */
export interface NewApi {
  switches: NewApiSwitches;
  limiter: RateLimiter;
  /** Milliseconds. */
  now: () => number;
}

/** A request on its way to a page. */
export interface Call {
  request: RelayRequest;
  url: URL;
  /** What stands in the path where the route has a `:name`. */
  params: Readonly<Record<string, string>>;
  requestId: string;
  api: NewApi;
}

/** A request of somebody who is logged in; without a session if by access token. */
export interface UserCall extends Call {
  user: User;
  session: LoginSession | undefined;
}

/** A request with a token that may be used; `group` decides which channels serve it. */
export interface TokenCall extends Call {
  token: Token;
  owner: User;
  group: string;
}

/** The time in seconds, as the site writes it down. */
export function seconds(api: NewApi): number {
  return Math.floor(api.now() / 1000);
}
