import { describe, expect, it } from 'vitest';
import { createRelay } from '../../../stand-ins/relay/create-relay.ts';
import type { NewApiOptions } from '../../../stand-ins/relay/new-api/create-new-api.ts';
import { getUser, type NewToken } from '../../../stand-ins/relay/new-api/state.ts';

const extension = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

/**
 * A site with alice, who has the access token `alice` and `tokens`, and a clock that goes only
 * when told to.
 */
function site(tokens: readonly NewToken[] = [], options: NewApiOptions = {}) {
  let now = 1_800_000_000_000;
  const users = [
    { username: 'alice', password: 'alicepass', quota: 1, access_token: 'alice', tokens },
  ];
  const relay = createRelay({ site: 'new-api', users, now: () => now, ...options });

  const ask = async (
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: object } = {},
  ) => {
    const reply = await relay.handle({
      method,
      path,
      headers: { Authorization: 'alice', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const isJson = reply.headers['Content-Type']?.startsWith('application/json');
    return { ...reply, body: isJson ? JSON.parse(reply.body) : reply.body };
  };

  return { ...relay, ask, pass: (seconds: number) => (now += seconds * 1000) };
}

async function loggedIn(options: NewApiOptions = {}) {
  const relay = site([], options);
  const login = await relay.ask('POST', '/api/user/login', {
    body: { username: 'alice', password: 'alicepass' },
  });
  const cookieOf = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
    headers['Set-Cookie']?.split(';')[0] ?? '';
  return {
    ...relay,
    self: () =>
      relay.ask('GET', '/api/user/self', {
        headers: { Authorization: `Bearer ${login.body.data.access_token}` },
      }),
    cookie: cookieOf(login),
    cookieOf,
    refresh: (cookie: string) =>
      relay.ask('POST', '/api/user/auth/refresh', { headers: { Cookie: cookie } }),
    logOut: (cookie: string) =>
      relay.ask('POST', '/api/user/auth/logout', { headers: { Cookie: cookie } }),
  };
}

describe('a login at New API', () => {
  it('lasts fifteen minutes without a refresh', async () => {
    const { self, pass } = await loggedIn();
    pass(899);
    expect(await self()).toMatchObject({ status: 200 });
    pass(1);
    expect(await self()).toMatchObject({ status: 401, body: { code: 'AUTH_TOKEN_EXPIRED' } });
  });

  it('is ended by a cookie that comes back long after it was replaced', async () => {
    const { refresh, cookie, cookieOf, self, pass } = await loggedIn();
    const next = cookieOf(await refresh(cookie));
    pass(30);
    expect(cookieOf(await refresh(cookie))).toBe(next);
    pass(1);
    expect(await refresh(cookie)).toMatchObject({
      status: 401,
      body: { code: 'AUTH_SESSION_REVOKED' },
    });
    expect(await self()).toMatchObject({ status: 401, body: { code: 'AUTH_SESSION_REVOKED' } });
  });

  it('ends with a logout, and the cookie is deleted', async () => {
    const { logOut, self, cookie } = await loggedIn();
    expect(await logOut(cookie)).toMatchObject({
      status: 200,
      headers: { 'Set-Cookie': expect.stringContaining('Max-Age=0') },
    });
    expect(await self()).toMatchObject({ status: 401, body: { code: 'AUTH_SESSION_REVOKED' } });
  });

  it('is not needed with an access token, which the next one replaces', async () => {
    const { ask } = site();
    const { body } = await ask('GET', '/api/user/token');
    expect(await ask('GET', '/api/user/self')).toMatchObject({ status: 401 });
    const headers = { Authorization: body.data };
    expect(await ask('GET', '/api/user/self', { headers })).toMatchObject({ status: 200 });
  });
});

describe('the limits of New API', () => {
  it('are over when their window has passed', async () => {
    const { ask, pass } = site([], { limits: { critical: 1 } });
    const reveal = () => ask('POST', '/api/token/batch/keys', { body: { ids: [1] } });
    expect(await reveal()).toMatchObject({ status: 200 });
    expect(await reveal()).toMatchObject({ status: 429, headers: { 'Retry-After': '1200' } });
    pass(1200);
    expect(await reveal()).toMatchObject({ status: 200 });
  });

  it('can be drawn tight at any time, and do not hold under /v1', async () => {
    const { ask, switches } = site([{ name: 'a', key: 'testKey', unlimited_quota: true }]);
    switches.limits.global = 0;
    expect(await ask('GET', '/api/status')).toMatchObject({ status: 429, body: '' });
    const headers = { Authorization: 'Bearer sk-testKey' };
    expect(await ask('GET', '/v1/models', { headers })).toMatchObject({ status: 200 });
  });

  it('allow ten searches in a minute', async () => {
    const { ask } = site();
    const search = () => ask('GET', '/api/token/search?keyword=a');
    for (let asked = 0; asked < 10; asked += 1)
      expect(await search()).toMatchObject({ status: 200 });
    expect(await search()).toMatchObject({ status: 429 });
  });
});

describe('the tokens of New API', () => {
  it('are found by part of a name only with a wildcard', async () => {
    const { ask } = site([{ name: 'work' }, { name: 'Workshop' }, { name: 'home' }]);
    const found = async (keyword: string) => {
      const { body } = await ask('GET', `/api/token/search?keyword=${encodeURIComponent(keyword)}`);
      return body.data.items.map(({ name }: { name: string }) => name);
    };
    expect(await found('work')).toEqual(['work']);
    expect(await found('work%')).toEqual(['Workshop', 'work']);
    expect(await found('w.rk')).toEqual([]);
  });

  it('are seen and revealed by their owner only', async () => {
    const { ask } = site([], {
      users: [
        { username: 'alice', password: 'x', access_token: 'alice', tokens: [{ name: 'hers' }] },
        { username: 'bob', password: 'x', tokens: [{ name: 'his', key: 'testKeyOfBob' }] },
      ],
    });
    const list = await ask('GET', '/api/token/');
    const keys = await ask('POST', '/api/token/batch/keys', { body: { ids: [1, 2] } });
    expect(list.body.data).toMatchObject({ total: 1, items: [{ name: 'hers' }] });
    expect(Object.keys(keys.body.data.keys)).toEqual(['1']);
    expect(await ask('POST', '/api/token/2/key')).toMatchObject({ body: { success: false } });
  });

  it('never give the number of a deleted one to a new one', async () => {
    const { ask } = site([{ name: 'old', key: 'testKey', unlimited_quota: true }]);
    await ask('DELETE', '/api/token/1');
    await ask('POST', '/api/token/', { body: { name: 'new' } });
    const { body } = await ask('GET', '/api/token/');
    expect(body.data.items).toMatchObject([{ id: 2, name: 'new', expired_time: -1 }]);
    const headers = { Authorization: 'Bearer sk-testKey' };
    expect(await ask('GET', '/v1/models', { headers })).toMatchObject({ status: 401 });
  });

  it('are not enabled while they are exhausted', async () => {
    const { ask } = site([{ name: 'spent', status: 4 }]);
    const enable = { body: { id: 1, status: 1 } };
    const reply = await ask('PUT', '/api/token/?status_only=true', enable);
    expect(reply.body).toMatchObject({ success: false, message: expect.stringContaining('quota') });
  });
});

describe('a chat through New API', () => {
  const headers = { Authorization: 'Bearer sk-testKey' };
  const token = { name: 'a', key: 'testKey', unlimited_quota: true };
  const body = { model: 'gpt-4o' };

  it('is answered, and seen in the last access to the token', async () => {
    const { ask, pass, switches } = site([token]);
    pass(60);
    const reply = await ask('POST', '/v1/chat/completions', { headers, body });
    expect(reply).toMatchObject({ status: 200, body: { model: 'gpt-4o' } });
    expect(switches.state.tokens).toMatchObject([{ accessed_time: 1_800_000_060 }]);
  });

  it('is refused without balance', async () => {
    const { ask, switches } = site([token]);
    getUser(switches.state, 'alice').quota = 0;
    const reply = await ask('POST', '/v1/chat/completions', { headers, body });
    expect(reply).toMatchObject({
      status: 403,
      body: { error: { code: 'insufficient_user_quota' } },
    });
  });

  it('is refused for a model that the operator took away', async () => {
    const { ask, switches } = site([token], { models: ['gpt-4o', 'gpt-5'] });
    switches.state.models = switches.state.models.filter(({ id }) => id !== 'gpt-4o');
    const reply = await ask('POST', '/v1/chat/completions', { headers, body });
    const list = await ask('GET', '/v1/models', { headers });
    expect(reply).toMatchObject({ status: 503, body: { error: { code: 'model_not_found' } } });
    expect(list.body.data).toMatchObject([{ id: 'gpt-5' }]);
  });

  it('may name a channel behind the key, if the key is an operator’s', async () => {
    const { ask, switches } = site([token]);
    const suffixed = { headers: { Authorization: 'Bearer sk-testKey-12' } };
    expect(await ask('GET', '/v1/models', suffixed)).toMatchObject({ status: 403 });
    getUser(switches.state, 'alice').role = 100;
    expect(await ask('GET', '/v1/models', suffixed)).toMatchObject({ status: 200 });
  });
});

describe('New API and pages of other origins', () => {
  it.each([
    ['/api/token/', undefined],
    ['/api/status', undefined],
    ['/api/usage/token/', '*'],
    ['/v1/models', '*'],
    ['/v1/nosuch', '*'],
  ])('answers %s with the allowed origin %s', async (path, allowed) => {
    const { ask } = site();
    const { headers } = await ask('GET', path, { headers: { Origin: extension } });
    expect(headers['Access-Control-Allow-Origin']).toBe(allowed);
  });
});

describe('a new New API site', () => {
  it('has users with tokens to try it with', async () => {
    const relay = createRelay({ site: 'new-api' });
    const { users, tokens } = relay.switches.state;
    expect(users.map(({ username }) => username)).toEqual(['root', 'alice']);
    expect(tokens.every(({ user_id }) => user_id === 2)).toBe(true);
  });

  it('shows its web page under a path that a careless base URL leads to', async () => {
    const reply = await site().ask('GET', '/models');
    expect(reply).toMatchObject({ status: 200, body: expect.stringContaining('<!doctype html>') });
  });
});
