import type { Model } from './model.ts';
import { randomText } from './random.ts';

/**
 * What a site remembers. Tests may change it, as an operator would: ban a user, take a model away.
 */
export interface State {
  /** Unix time in seconds, as all times here. */
  startedAt: number;
  users: User[];
  tokens: Token[];
  sessions: LoginSession[];
  /** Issued bearer tokens and the sessions they belong to. */
  bearers: Map<string, { sid: string; expiresAt: number }>;
  models: Model[];
  /** Groups that every user may choose, with their descriptions. */
  groups: Record<string, string>;
}

export interface User {
  id: number;
  username: string;
  password: string;
  display_name: string;
  /** 1 a user, 100 the root account. */
  role: number;
  /** 1 enabled, 2 banned. */
  status: number;
  group: string;
  quota: number;
  aff_code: string;
  access_token: string | undefined;
}

/** A token as generation 4 keeps it, in the words of its API. */
export interface Token {
  id: number;
  user_id: number;
  key: string;
  /**
   * 1 enabled, 2 disabled, 3 expired, 4 exhausted; 3 and 4 are written at the first use after the
   * fact.
   */
  status: number;
  name: string;
  created_time: number;
  accessed_time: number;
  /** -1 for never. */
  expired_time: number;
  remain_quota: number;
  unlimited_quota: boolean;
  model_limits_enabled: boolean;
  model_limits: string;
  allow_ips: string;
  used_quota: number;
  group: string;
  cross_group_retry: boolean;
  /** Rows are marked, not taken out: an id is never given twice. */
  DeletedAt: string | null;
  auto_groups: null;
}

export interface LoginSession {
  sid: string;
  user_id: number;
  user_agent: string;
  refreshSecret: string;
  /** The secret before the last rotation, and until when it still gets the same successor. */
  previous: { secret: string; until: number } | undefined;
  created_at: number;
  last_active_at: number;
  expires_at: number;
  revoked: boolean;
}

export const rootRole = 100;

/** A user as a test orders one, with tokens of their own. */
export type NewUser = Pick<User, 'username' | 'password'> &
  Partial<Omit<User, 'id'>> & { tokens?: readonly NewToken[] };

/** The fields a creator of a token chooses; a key may be given so that a test knows it. */
export type NewToken = Pick<Token, 'name'> & Partial<Omit<Token, 'id' | 'user_id'>>;

/** The user of that name; throws if there is none. */
export function getUser(state: State, username: string): User {
  const user = state.users.find((candidate) => candidate.username === username);
  if (!user) throw new Error(`no user ${username}`);
  return user;
}

/** Adds a user, and the tokens that come with them. `now` is in seconds. */
export function addUser(state: State, { tokens = [], ...wanted }: NewUser, now: number): User {
  const user: User = {
    id: nextId(state.users),
    display_name: wanted.username,
    role: 1,
    status: 1,
    group: 'default',
    quota: 0,
    aff_code: randomText(4),
    access_token: undefined,
    ...wanted,
  };
  state.users.push(user);
  for (const token of tokens) addToken(state, user, token, now);
  return user;
}

/** Adds a token; what is not chosen has the value that New API gives it. `now` is in seconds. */
export function addToken(state: State, owner: User, wanted: NewToken, now: number): Token {
  const token: Token = {
    id: nextId(state.tokens),
    user_id: owner.id,
    key: randomText(48),
    status: 1,
    created_time: now,
    accessed_time: now,
    expired_time: -1,
    remain_quota: 0,
    unlimited_quota: false,
    model_limits_enabled: false,
    model_limits: '',
    allow_ips: '',
    used_quota: 0,
    group: '',
    cross_group_retry: false,
    DeletedAt: null,
    auto_groups: null,
    ...wanted,
  };
  state.tokens.push(token);
  return token;
}

function nextId(rows: readonly { id: number }[]): number {
  return Math.max(0, ...rows.map(({ id }) => id)) + 1;
}
