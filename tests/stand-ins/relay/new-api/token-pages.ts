import { z } from 'zod';
import { type Reply, readJson } from '../http.ts';
import { maskKey } from '../mask-key.ts';
import { type Call, seconds, type UserCall } from './call.ts';
import { done, failure, success } from './replies.ts';
import { addToken, type Token } from './state.ts';

/** A page of the user's tokens, newest first. */
export function listTokens(call: UserCall): Reply {
  return success(pageOf(ownTokens(call), call.url.searchParams));
}

/** Whole names and keys only, unless `%` stands for any text (recorded; `%` by source). */
export function searchTokens(call: UserCall): Reply {
  const { searchParams } = call.url;
  const keyword = searchParams.get('keyword') ?? '';
  const key = (searchParams.get('token') ?? '').replace(/^sk-/, '');
  const found = ownTokens(call).filter(
    (token) => isLike(token.name, keyword) && isLike(token.key, key),
  );
  return success(pageOf(found, searchParams));
}

export function showToken(call: UserCall): Reply {
  return withToken(call, call.params.id, (token) => success(tokenView(token)));
}

/** The key in clear; `POST` only. */
export function revealKey(call: UserCall): Reply {
  return withToken(call, call.params.id, ({ key }) => success({ key }));
}

/** Up to 100 keys in clear; those of others are left out without a word. */
export function revealKeys(call: UserCall): Reply {
  const batch = tokenBatch.safeParse(readJson(call.request));
  if (!batch.success || batch.data.ids.length === 0) return failure('Invalid parameters');
  const { ids } = batch.data;
  if (ids.length > 100) return failure('Too many items in batch request, maximum is 100');
  const asked = ownTokens(call).filter(({ id }) => ids.includes(id));
  return success({ keys: Object.fromEntries(asked.map(({ id, key }) => [id, key])) });
}

/** Says only that it was done: neither the id nor the key. */
export function createToken(call: UserCall): Reply {
  const wanted = readTokenFields(call);
  if ('refused' in wanted) return wanted.refused;
  const { id: _id, status: _status, ...fields } = wanted;
  // The database's own default.
  if (fields.expired_time === 0) fields.expired_time = -1;
  addToken(call.api.switches.state, call.user, fields, seconds(call.api));
  return done();
}

/** All fields of a token, or with `status_only` its status. */
export function updateToken(call: UserCall): Reply {
  const wanted = readTokenFields(call);
  if ('refused' in wanted) return wanted.refused;
  const { id, status, ...fields } = wanted;
  const isStatusOnly = call.url.searchParams.get('status_only');
  return withToken(call, String(id), (token) => {
    const refused = status === 1 ? refusedEnabling(token, seconds(call.api)) : undefined;
    if (refused) return refused;
    Object.assign(token, isStatusOnly ? { status } : fields);
    return success(tokenView(token));
  });
}

export function deleteToken(call: UserCall): Reply {
  return withToken(call, call.params.id, (token) => {
    token.DeletedAt = new Date(call.api.now()).toISOString();
    return done();
  });
}

/** What the owner may set. What is not sent is zero, as in Go. */
const tokenFields = z.object({
  id: z.int().default(0),
  status: z.int().default(0),
  name: z.string().default(''),
  expired_time: z.int().default(0),
  remain_quota: z.int().default(0),
  unlimited_quota: z.boolean().default(false),
  model_limits_enabled: z.boolean().default(false),
  model_limits: z.string().default(''),
  allow_ips: z.string().default(''),
  group: z.string().default(''),
});

const tokenBatch = z.object({ ids: z.array(z.int()) });

function readTokenFields({ request }: Call): z.infer<typeof tokenFields> | { refused: Reply } {
  const fields = tokenFields.safeParse(readJson(request));
  // Go's words for a body that ends too soon; other broken bodies get them here too.
  if (!fields.success) return { refused: failure('unexpected EOF') };
  const { name, unlimited_quota, remain_quota } = fields.data;
  if (Buffer.byteLength(name) > 50) return { refused: failure('Token name is too long') };
  if (!unlimited_quota && remain_quota < 0) {
    return { refused: failure('Quota value cannot be negative') };
  }
  return fields.data;
}

function ownTokens({ api, user }: UserCall): Token[] {
  const isOwn = ({ user_id, DeletedAt }: Token) => user_id === user.id && DeletedAt === null;
  return api.switches.state.tokens.filter(isOwn).reverse();
}

function withToken(call: UserCall, id = '', page: (token: Token) => Reply): Reply {
  if (!/^\d+$/.test(id)) return failure(`strconv.Atoi: parsing "${id}": invalid syntax`);
  const token = ownTokens(call).find((candidate) => candidate.id === Number(id));
  return token ? page(token) : failure('record not found');
}

/**
 * Pages count from 1, and 0 is 1 too; a negative number is said back and shows the first page
 * (recorded).
 */
function pageOf(tokens: readonly Token[], query: URLSearchParams): object {
  const number = (name: string) => Number.parseInt(query.get(name) ?? '', 10) || 0;
  const page = number('p') || 1;
  const size = Math.min(number('page_size') || number('ps') || number('size') || 10, 100);
  const start = Math.max(0, (page - 1) * size);
  const items = tokens.slice(start, start + size).map(tokenView);
  return { page, page_size: size, total: tokens.length, items };
}

function tokenView(token: Token): Token {
  return { ...token, key: maskKey(token.key) };
}

/** SQL's LIKE, as far as it goes here: an empty pattern does not ask. */
function isLike(text: string, pattern: string): boolean {
  if (pattern === '') return true;
  const literals = pattern.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literals.join('.*')}$`, 'is').test(text);
}

/**
 * A token that is expired (recorded) or exhausted (source) is not enabled before that is mended.
 */
function refusedEnabling(token: Token, now: number): Reply | undefined {
  const { status, expired_time, remain_quota, unlimited_quota } = token;
  if (status === 3 && expired_time !== -1 && expired_time <= now) {
    return failure(
      'Token has expired and cannot be enabled. Please modify the expiration time or set it to never expire',
    );
  }
  if (status === 4 && remain_quota <= 0 && !unlimited_quota) {
    return failure(
      'Token quota is exhausted and cannot be enabled. Please modify the remaining quota or set it to unlimited',
    );
  }
  return undefined;
}
