import { bearerOf, jsonReply, type Reply } from '../http.ts';
import { type Call, seconds, type TokenCall } from './call.ts';
import { relayFailure } from './replies.ts';
import type { Page } from './routes.ts';
import { rootRole, type State, type Token } from './state.ts';

/** Where the stand-in's clients come from, as far as `allow_ips` can see. */
const clientAddress = '127.0.0.1';

/**
 * For those with a token that may be used. Generation 4 gives no reason for a token that may not;
 * the order of the checks is that of its source.
 */
export function asTokenHolder(page: (call: TokenCall) => Reply): Page {
  return (call) => {
    const { state } = call.api.switches;
    const key = keyOf(call);
    const token = findByKey(state, key);
    if (!token || !isUsable(token, seconds(call.api))) {
      return relayFailure(call, 401, 'Invalid token');
    }
    if (!isAddressAllowed(token)) {
      const message = '您的 IP 不在令牌允许访问的列表中';
      return relayFailure(call, 403, message, { code: 'access_denied' });
    }
    const owner = state.users.find(({ id }) => id === token.user_id);
    if (owner?.status !== 1) return relayFailure(call, 403, 'User has been banned');
    if (token.group !== '' && !(token.group in state.groups)) {
      return relayFailure(call, 403, `无权访问 ${token.group} 分组`);
    }
    if (keyParts(key).length > 1 && owner.role < rootRole) {
      return relayFailure(call, 403, '普通用户不支持指定渠道');
    }
    return page({ ...call, token, owner, group: token.group || owner.group });
  };
}

/** For those with a token, also one that is expired or exhausted: pages that only tell about it. */
export function asTokenReader(page: (call: Call, token: Token) => Reply): Page {
  return (call) => {
    const { authorization } = call.request.headers;
    if (!authorization) return refused('Token not provided');
    const token = findByKey(call.api.switches.state, bearerOf(authorization));
    if (!token) return refused('Invalid token');
    if (token.status === 2) return refused('This token status is unavailable');
    return page(call, token);
  };
}

/** The token that a client's key opens. */
export function findByKey(state: State, key: string): Token | undefined {
  const [stored] = keyParts(key);
  return state.tokens.find(({ key: known, DeletedAt }) => known === stored && DeletedAt === null);
}

/** A key without its `sk-`, and the number of a channel, if an operator put one behind it. */
function keyParts(key: string): string[] {
  return key.replace(/^sk-/, '').split('-');
}

/** Under each vendor's own header, as its clients send it. */
function keyOf({ request, url }: Call): string {
  const { headers } = request;
  const isModels = /^\/v1(beta)?\/models/.test(url.pathname);
  const google = isModels ? (headers['x-goog-api-key'] ?? url.searchParams.get('key')) : undefined;
  const takesAnthropic = /^\/v1\/(models|messages)/.test(url.pathname);
  const anthropic = takesAnthropic ? headers['x-api-key'] : undefined;
  return google ?? anthropic ?? bearerOf(headers.authorization);
}

/**
 * Writes down that a token is expired (3) or exhausted (4) when it is used after the fact, not
 * before.
 */
function isUsable(token: Token, now: number): boolean {
  if (token.status !== 1) return false;
  if (token.expired_time !== -1 && token.expired_time < now) token.status = 3;
  else if (!token.unlimited_quota && token.remain_quota <= 0) token.status = 4;
  return token.status === 1;
}

/** Ranges of addresses are not understood here. */
function isAddressAllowed({ allow_ips }: Token): boolean {
  const allowed = allow_ips.split(/[\s,]+/).filter((address) => address !== '');
  return allowed.length === 0 || allowed.includes(clientAddress);
}

function refused(message: string): Reply {
  return jsonReply(401, { message, success: false });
}
