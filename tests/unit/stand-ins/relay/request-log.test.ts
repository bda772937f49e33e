import { describe, expect, it } from 'vitest';
import { createRelay } from '../../../stand-ins/relay/create-relay.ts';
import { getUser } from '../../../stand-ins/relay/new-api/state.ts';

const models = { method: 'GET', path: '/v1/models' };

describe('the log of a relay', () => {
  it('says what was asked, with which key, and what was answered', async () => {
    const relay = createRelay({ site: 'plain', keys: ['sk-first', 'sk-second'] });
    await relay.handle({ ...models, headers: { Authorization: 'Bearer sk-second' } });
    await relay.handle({ ...models, headers: { Authorization: 'Bearer sk-unknown-0000' } });
    await relay.handle({ ...models, headers: { Authorization: 'Bearer sk-short' } });
    await relay.handle({ ...models, path: '/nowhere?page=1' });
    expect(relay.log).toEqual([
      { ...models, key: 'key 1', status: 200 },
      { ...models, key: 'sk-u**********0000', status: 401 },
      { ...models, key: '********', status: 401 },
      { method: 'GET', path: '/nowhere?page=1', key: 'none', status: 404 },
    ]);
  });

  it('calls tokens and logins of New API by name', async () => {
    const relay = createRelay({ site: 'new-api' });
    const { state } = relay.switches;
    getUser(state, 'alice').access_token = 'testAccessToken';
    await relay.handle({ ...models, headers: { 'x-goog-api-key': `sk-${state.tokens[0]?.key}` } });
    await relay.handle({ ...models, headers: { Authorization: 'testAccessToken' } });
    expect(relay.log.map(({ key }) => key)).toEqual(['token 1', 'access token of alice']);
  });

  it('keeps no secret that stands in an address', async () => {
    const relay = createRelay({ site: 'new-api' });
    const key = relay.switches.state.tokens[0]?.key;
    await relay.handle({ ...models, path: `/v1beta/models?key=sk-${key}` });
    await relay.handle({ ...models, path: '/api/token/search?keyword=a&token=sk-unknown-0000' });
    expect(relay.log.map(({ path }) => path)).toEqual([
      '/v1beta/models?key=token+1',
      '/api/token/search?keyword=a&token=sk-u**********0000',
    ]);
    expect(JSON.stringify(relay.log)).not.toContain(key);
  });
});
