import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRelay } from '../../../stand-ins/relay/create-relay.ts';
import { getUser } from '../../../stand-ins/relay/new-api/state.ts';
import {
  notFoundReply,
  serverErrorReply,
  type TroubleSwitch,
} from '../../../stand-ins/relay/troubles.ts';

const extension = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

function troubled(trouble: TroubleSwitch) {
  const relay = createRelay({ site: 'plain', trouble });
  const headers = { Authorization: 'Bearer sk-a', Origin: extension };
  return {
    ...relay,
    list: () => relay.handle({ method: 'GET', path: '/v1/models', headers }),
    preflight: () => relay.handle({ method: 'OPTIONS', path: '/v1/models', headers }),
  };
}

describe('a troubled relay', () => {
  it.each([200, 403, 503] as const)('hides behind a bot check with status %i', async (status) => {
    const { list, preflight } = troubled({ kind: 'bot-check', status });
    for (const reply of [await list(), await preflight()]) {
      expect(reply).toMatchObject({ status, headers: { 'cf-mitigated': 'challenge' } });
      expect(reply.body).toMatch(/^<!DOCTYPE html>/);
      expect(reply.headers).not.toHaveProperty('Access-Control-Allow-Origin');
    }
  });

  it('sends elsewhere', async () => {
    const { list } = troubled({ kind: 'redirect', to: 'https://elsewhere.example/', status: 302 });
    expect(await list()).toMatchObject({
      status: 302,
      headers: { Location: 'https://elsewhere.example/' },
    });
  });

  it('gives another answer, which pages of other origins may read as before', async () => {
    const { list } = troubled({ kind: 'other-reply', reply: notFoundReply });
    expect(await list()).toMatchObject({
      status: 404,
      headers: { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/plain; charset=utf-8' },
      body: '404 page not found',
    });
  });

  it('has done what it was asked before it fails with a 500', async () => {
    const relay = createRelay({ site: 'new-api' });
    getUser(relay.switches.state, 'alice').access_token = 'test';
    relay.switches.trouble = { kind: 'other-reply', reply: serverErrorReply };
    const created = await relay.handle({
      method: 'POST',
      path: '/api/token/',
      headers: { Authorization: 'test' },
      body: JSON.stringify({ name: 'made all the same' }),
    });
    expect(created).toMatchObject({ status: 500 });
    expect(relay.switches.state.tokens.at(-1)).toMatchObject({ name: 'made all the same' });
  });

  it('breaks off in the middle and has promised more', async () => {
    const { list } = troubled({ kind: 'truncated' });
    const whole = await troubled(undefined).list();
    const { headers, body } = await list();
    expect(body).not.toBe('');
    expect(whole.body.startsWith(body)).toBe(true);
    expect(headers['Content-Length']).toBe(String(Buffer.byteLength(whole.body)));
  });

  it('has its trouble for some requests only, if told so', async () => {
    const { list, switches, log } = troubled(undefined);
    const isSecond = () => log.length === 2;
    switches.trouble = () =>
      isSecond() ? { kind: 'other-reply', reply: serverErrorReply } : undefined;
    const replies = [await list(), await list(), await list()];
    expect(replies.map(({ status }) => status)).toEqual([200, 500, 200]);
  });
});

describe('a slow relay', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('answers when its latency is over', async () => {
    vi.useFakeTimers();
    const { list, switches, log } = troubled(undefined);
    switches.latencyMs = 5000;
    const reply = list();
    await vi.advanceTimersByTimeAsync(4999);
    expect(log).toMatchObject([{ status: 'unanswered' }]);
    await vi.advanceTimersByTimeAsync(1);
    expect(log).toMatchObject([{ status: 200 }]);
    expect(await reply).toMatchObject({ status: 200 });
  });

  it('never answers while it hangs, but passes a preflight', async () => {
    vi.useFakeTimers();
    const { list, preflight, log } = troubled({ kind: 'hang' });
    void list();
    await vi.advanceTimersByTimeAsync(24 * 3600 * 1000);
    expect(log).toMatchObject([{ status: 'unanswered' }]);
    expect(await preflight()).toMatchObject({ status: 204 });
  });
});
