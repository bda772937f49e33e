import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type HttpRequest,
  parseJson,
  sendRequest,
  somethingAnswers,
} from '../../../lib/edges/http.ts';

const MB = 1024 * 1024;

let server: Server;
let url: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: IncomingMessage[];

beforeEach(async () => {
  asked = [];
  answer = (_, response) => response.end('hello');
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const send = (over: Partial<HttpRequest> = {}) => sendRequest({ url, timeoutMs: 5000, ...over });

/** The options with which `fetch` was called. */
async function optionsOf(request: Partial<HttpRequest>): Promise<RequestInit> {
  let seen: RequestInit = {};
  await sendRequest({ url, timeoutMs: 5000, ...request }, async (_, options = {}) => {
    seen = options;
    return new Response('');
  });
  return seen;
}

describe('a request', () => {
  it('gives status, headers and text, whatever the status', async () => {
    answer = (_, response) => response.writeHead(418, { 'X-Tea': 'green' }).end('short and stout');
    const sent = await send();
    expect(sent).toMatchObject({ value: { status: 418, text: 'short and stout' } });
    expect(sent.ok && sent.value.headers.get('X-Tea')).toBe('green');
  });

  it('carries nothing of the browser’s and follows no redirect', async () => {
    expect(await optionsOf({})).toMatchObject({
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
  });

  it('sends a body as JSON, and no body where there is none', async () => {
    expect(await optionsOf({ method: 'PUT', body: { items: [] } })).toMatchObject({
      body: '{"items":[]}',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(await optionsOf({})).not.toHaveProperty('body');
    expect((await optionsOf({})).headers).toEqual({});
  });

  it('does not go to where a redirect points', async () => {
    answer = (_, response) => response.writeHead(302, { Location: '/elsewhere' }).end();
    expect(await send()).toEqual({ ok: false, failure: 'unreadable' });
    expect(asked.map((request) => request.url)).toEqual(['/']);
  });

  it('is unreadable where nobody listens', async () => {
    expect(await send({ url: 'http://127.0.0.1:1/' })).toEqual({
      ok: false,
      failure: 'unreadable',
    });
  });

  it('is unreadable where the answer breaks off', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('half');
      response.socket?.end();
    };
    expect(await send()).toEqual({ ok: false, failure: 'unreadable' });
  });

  it('keeps characters whole that arrive in two pieces', async () => {
    const bytes = Buffer.from('密钥');
    answer = (_, response) => {
      response.write(bytes.subarray(0, 4));
      setImmediate(() => response.end(bytes.subarray(4)));
    };
    expect(await send()).toMatchObject({ value: { text: '密钥' } });
  });
});

describe('the time limit of a request', () => {
  it('holds for the answer', async () => {
    answer = () => {};
    expect(await send({ timeoutMs: 30 })).toEqual({ ok: false, failure: 'timeout' });
  });

  it('holds for the body too', async () => {
    answer = (_, response) => void response.write('the beginning, and no end');
    expect(await send({ timeoutMs: 100 })).toEqual({ ok: false, failure: 'timeout' });
  });
});

describe('a cancelled request', () => {
  it('ends while it waits for the answer', async () => {
    const cancel = new AbortController();
    answer = () => cancel.abort();
    expect(await send({ signal: cancel.signal })).toEqual({ ok: false, failure: 'cancelled' });
  });

  it('ends while the body comes', async () => {
    const cancel = new AbortController();
    answer = (_, response) => {
      response.write('the beginning', () => cancel.abort());
    };
    expect(await send({ signal: cancel.signal })).toEqual({ ok: false, failure: 'cancelled' });
  });

  it('is not sent at all if it was cancelled before', async () => {
    expect(await send({ signal: AbortSignal.abort() })).toEqual({
      ok: false,
      failure: 'cancelled',
    });
    expect(asked).toEqual([]);
  });
});

describe('the size of an answer', () => {
  it('may be 10 MB', async () => {
    answer = (_, response) => response.end(Buffer.alloc(10 * MB, 'a'));
    const sent = await send();
    expect(sent.ok && sent.value.text).toHaveLength(10 * MB);
  });

  it('may not be more, and the rest is not read', async () => {
    let closed: Promise<unknown> = Promise.reject(new Error('never asked'));
    closed.catch(() => {});
    answer = (_, response) => {
      closed = once(response, 'close');
      const more = () => {
        while (response.write(Buffer.alloc(MB, 'a')));
      };
      response.on('drain', more);
      more();
    };
    expect(await send()).toEqual({ ok: false, failure: 'too-large' });
    await expect(closed).resolves.toBeDefined();
  });
});

describe('a look whether anything answers', () => {
  it('reads nothing, carries nothing, and needs no permission of the other side', async () => {
    let seen: RequestInit = {};
    await somethingAnswers({ url, timeoutMs: 5000 }, async (_, options = {}) => {
      seen = options;
      return new Response('');
    });
    expect(seen).toMatchObject({ mode: 'no-cors', credentials: 'omit', cache: 'no-store' });
    expect(seen).not.toHaveProperty('headers');
  });

  it('tells an answer from none', async () => {
    answer = (_, response) => response.writeHead(500).end();
    expect(await somethingAnswers({ url, timeoutMs: 5000 })).toBe(true);
    expect(await somethingAnswers({ url: 'http://127.0.0.1:1/', timeoutMs: 5000 })).toBe(false);
  });

  it('ends in its time', async () => {
    answer = () => {};
    expect(await somethingAnswers({ url, timeoutMs: 30 })).toBe(false);
  });
});

describe('text that should be JSON', () => {
  it('is parsed, and nothing is made of text that is none', () => {
    expect(parseJson('[1]')).toEqual([1]);
    expect(parseJson('<html>')).toBeUndefined();
    expect(parseJson('')).toBeUndefined();
  });
});
