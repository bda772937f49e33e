import { afterEach, describe, expect, it } from 'vitest';
import type { PlainOptions } from '../../../stand-ins/relay/plain/create-plain.ts';
import { type RunningRelay, startRelay } from '../../../stand-ins/relay/start-relay.ts';

let running: RunningRelay<'plain'> | undefined;

async function start(options: PlainOptions = {}) {
  running = await startRelay({ site: 'plain', ...options });
  return running;
}

afterEach(async () => {
  await running?.close();
  running = undefined;
});

const headers = { Authorization: 'Bearer sk-a' };

describe('a relay on a port', () => {
  it('is found at its address', async () => {
    const { url, port, log } = await start({ models: ['m'] });
    const reply = await fetch(`${url}/v1/models`, { headers });
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await reply.json()).toMatchObject({ data: [{ id: 'm' }] });
    expect(log).toMatchObject([{ path: '/v1/models', status: 200 }]);
  });

  it('streams a chat to its end', async () => {
    const { url } = await start({ models: ['m'] });
    const body = JSON.stringify({ model: 'm', stream: true });
    const reply = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body });
    expect(await reply.text()).toMatch(/^data: {.*\n\ndata: \[DONE\]\n\n$/s);
  });

  it('breaks the connection in the middle of an answer', async () => {
    const { url } = await start({ trouble: { kind: 'truncated' } });
    const reply = await fetch(`${url}/v1/models`, { headers });
    expect(reply.status).toBe(200);
    await expect(reply.text()).rejects.toThrow('terminated');
  });

  it('can be closed while a request hangs', async () => {
    const relay = await start();
    const arrived = new Promise<void>((resolve) => {
      relay.switches.trouble = () => {
        resolve();
        return { kind: 'hang' };
      };
    });
    const reply = fetch(`${relay.url}/v1/models`, { headers }).catch((error: Error) => error);
    await arrived;
    await relay.close();
    running = undefined;
    expect(await reply).toBeInstanceOf(TypeError);
  });

  it('can be a New API site, where a browser logs in', async () => {
    const relay = await startRelay({ site: 'new-api' });
    const body = JSON.stringify({ username: 'alice', password: 'alicepass' });
    const reply = await fetch(`${relay.url}/api/user/login`, { method: 'POST', body });
    await relay.close();
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^new_api_refresh=\S+; Path=\/api\/user\/auth; .*SameSite=Strict$/),
    ]);
  });
});
