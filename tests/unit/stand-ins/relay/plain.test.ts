import { describe, expect, it } from 'vitest';
import { createRelay } from '../../../stand-ins/relay/create-relay.ts';
import type { PlainOptions } from '../../../stand-ins/relay/plain/create-plain.ts';
import type { KeyState } from '../../../stand-ins/relay/plain/keys.ts';

const extension = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

function upstream(options: PlainOptions = {}) {
  const relay = createRelay({ site: 'plain', ...options });
  const ask = (method: string, path: string, headers: Record<string, string>, body?: object) =>
    relay.handle({ method, path, headers, ...(body && { body: JSON.stringify(body) }) });
  return {
    ...relay,
    list: (key = 'sk-a', path = '/v1/models') =>
      ask('GET', path, { Authorization: `Bearer ${key}`, Origin: extension }),
    chat: (body: object, key = 'sk-a') =>
      ask('POST', '/v1/chat/completions', { Authorization: `Bearer ${key}` }, body),
    preflight: () =>
      ask('OPTIONS', '/v1/models', {
        Origin: extension,
        'Access-Control-Request-Headers': 'authorization',
      }),
  };
}

describe('a plain upstream', () => {
  it.each([
    ['/v1', '/v1/models', 200],
    ['/v1', '/models', 404],
    ['/api/v3', '/api/v3/models', 200],
    ['/api/v3', '/api/v3/v1/models', 404],
    ['', '/models', 200],
    ['', '/v1/models', 404],
  ])('with the base path %j answers %s with %i', async (base, path, status) => {
    expect(await upstream({ basePaths: [base] }).list('sk-a', path)).toMatchObject({ status });
  });

  it('can stand at several base paths at once', async () => {
    const relay = upstream({ basePaths: ['', '/v1'] });
    expect(await relay.list('sk-a', '/models')).toEqual(await relay.list('sk-a', '/v1/models'));
  });

  it('lists as many generated models as it is told', async () => {
    const { body } = await upstream({ models: 5000 }).list();
    const ids = JSON.parse(body).data.map(({ id }: { id: string }) => id);
    expect(ids).toHaveLength(5000);
    expect(new Set(ids).size).toBe(5000);
  });

  it('takes changes while it runs', async () => {
    const relay = upstream({ models: ['old'], keys: ['sk-a'] });
    relay.switches.models = ['new'];
    relay.switches.keys = ['sk-b'];
    expect(await relay.list('sk-a')).toMatchObject({ status: 401 });
    expect(JSON.parse((await relay.list('sk-b')).body).data).toMatchObject([{ id: 'new' }]);
  });

  it('takes a key only as a bearer', async () => {
    const { handle } = upstream();
    const ask = (headers: Record<string, string>) =>
      handle({ method: 'GET', path: '/v1/models', headers });
    expect(await ask({})).toMatchObject({ status: 401 });
    expect(await ask({ Authorization: 'sk-a' })).toMatchObject({ status: 401 });
    expect(await ask({ 'x-api-key': 'sk-a' })).toMatchObject({ status: 401 });
    expect(await ask({ authorization: 'bearer sk-a' })).toMatchObject({ status: 200 });
  });

  it.each<[KeyState, number, number]>([
    ['good', 200, 200],
    ['refused', 401, 401],
    ['malformed', 401, 401],
    ['exhausted', 200, 429],
    ['rate-limited', 429, 429],
  ])('lists for a key that is %s with %i and calls with %i', async (state, listed, called) => {
    const relay = upstream({ models: ['m'], keys: [{ key: 'sk-a', state }] });
    expect(await relay.list()).toMatchObject({ status: listed });
    expect(await relay.chat({ model: 'm' })).toMatchObject({ status: called });
  });

  it('shows a public list to everyone and refuses a wrong key elsewhere', async () => {
    const relay = upstream({ vendor: 'openrouter', keys: ['sk-a'] });
    const status = async (key: string, path: string) => (await relay.list(key, path)).status;
    expect(await status('sk-wrong', '/v1/models')).toBe(200);
    expect(await status('sk-wrong', '/v1/key')).toBe(401);
    expect(await status('sk-a', '/v1/key')).toBe(200);
  });
});

describe('a chat with a plain upstream', () => {
  it('is answered by the model that was asked for', async () => {
    const reply = await upstream({ models: ['m'] }).chat({ model: 'm', messages: [] });
    expect(JSON.parse(reply.body)).toMatchObject({
      object: 'chat.completion',
      model: 'm',
      choices: [{ message: { role: 'assistant', content: 'Hello from m' } }],
    });
  });

  it('streams the same answer', async () => {
    const reply = await upstream({ models: ['m'] }).chat({ model: 'm', stream: true });
    const events = reply.body.split('\n\n').filter((event) => event !== '');
    const words = events
      .slice(0, -1)
      .map((event) => JSON.parse(event.replace('data: ', '')).choices[0].delta.content ?? '');
    expect(reply.headers).toMatchObject({ 'Content-Type': 'text/event-stream' });
    expect(words.join('')).toBe('Hello from m');
    expect(events.at(-1)).toBe('data: [DONE]');
  });

  it('fails for a model it has not, and for a body it cannot read', async () => {
    const relay = upstream({ models: ['m'] });
    expect(await relay.chat({ model: 'other' })).toMatchObject({ status: 404 });
    expect(await relay.chat({})).toMatchObject({ status: 400 });
  });
});

describe('a plain upstream and pages of other origins', () => {
  it('lets them read answers and refusals, and send a key', async () => {
    const relay = upstream({ keys: ['sk-a'] });
    const open = { 'Access-Control-Allow-Origin': '*' };
    expect(await relay.list()).toMatchObject({ headers: open });
    expect(await relay.list('sk-wrong')).toMatchObject({ status: 401, headers: open });
    expect(await relay.preflight()).toMatchObject({
      status: 204,
      headers: { ...open, 'Access-Control-Allow-Headers': 'authorization' },
    });
  });

  it('keeps them out if told to', async () => {
    const relay = upstream({ cors: false });
    for (const reply of [await relay.list(), await relay.preflight()]) {
      expect(reply.headers).not.toHaveProperty('Access-Control-Allow-Origin');
    }
  });
});
