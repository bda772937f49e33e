import { expect, it } from 'vitest';
import { createCliproxyapi } from '../../../stand-ins/cliproxyapi/cliproxyapi.ts';
import { createVirtualClock } from '../../../stand-ins/clock.ts';

const config = `
openai-compatibility:
  - name: relay
    base-url: http://relay.example/v1
    api-key-entries: [{ api-key: k }]
    models: [{ name: m, alias: "" }]
`;
const OPENAI_401 = { error: { type: 'invalid_request_error', code: 'invalid_api_key' } };
const NEW_API_401 = { error: { type: 'new_api_error', code: '' } };

/** A server whose relay answers with `relay.status` and `relay.body`. */
function start(version: string) {
  const clock = createVirtualClock();
  const relay = { status: 200, body: {}, calls: 0 };
  const fetch = async () => {
    relay.calls += 1;
    return Response.json(relay.body, { status: relay.status });
  };
  const server = createCliproxyapi({ version, config, clock, fetch });
  const chat = async () => {
    const request = { method: 'POST', path: '/v1/chat/completions', body: '{"model":"m"}' };
    return (await server.handle(request)).status;
  };
  const models = async () => (await server.handle({ method: 'GET', path: '/v1/models' })).body;
  return { clock, relay, chat, models };
}

it.each([
  ['7.2.140', OPENAI_401, [401, 401]],
  ['7.2.140', NEW_API_401, [401, 503]],
  ['7.1.76', OPENAI_401, [401, 503]],
  ['6.5.65', OPENAI_401, [401, 500]],
])('%s, whose relay refuses a key with %j, answers %j', async (version, body, answers) => {
  const { relay, chat } = start(version);
  Object.assign(relay, { status: 401, body });
  expect([await chat(), await chat()]).toEqual(answers);
});

it('uses a refused key again after half an hour, and lists its model when it answers', async () => {
  const { clock, relay, chat, models } = start('7.1.76');
  Object.assign(relay, { status: 401, body: NEW_API_401 });
  await chat();
  expect(await models()).not.toContain('"m"');
  relay.status = 200;
  await clock.advance(30 * 60_000 - 1);
  expect(await chat()).toBe(503);
  await clock.advance(1);
  expect(await chat()).toBe(200);
  expect(await models()).toContain('"m"');
});

it('lets a key cool down for twice as long after each 429', async () => {
  const { clock, relay, chat } = start('7.2.140');
  relay.status = 429;
  await chat();
  await clock.advance(1000);
  await chat();
  await clock.advance(1999);
  await chat();
  expect(relay.calls).toBe(2);
  await clock.advance(1);
  await chat();
  expect(relay.calls).toBe(3);
});
