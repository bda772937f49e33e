import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { type StandIn, startStandIn } from '../../../stand-ins/cliproxyapi/http.ts';
import { plainFetch } from '../../../stand-ins/cliproxyapi/upstream.ts';

const LIST = '/v0/management/openai-compatibility';
const headers = { 'x-management-key': 'right' };
const config = `remote-management:
  secret-key: right
openai-compatibility:
  - name: Relay A # mine
    base-url: http://relay/v1
`;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function start(options: { configPath?: string } = {}): Promise<StandIn> {
  const standIn = await startStandIn({ version: '7.2.140', config, ...options });
  cleanups.push(() => standIn.close());
  return standIn;
}

function configPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cliproxyapi-'));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'config.yaml');
  writeFileSync(path, config);
  return path;
}

async function names({ url }: StandIn): Promise<string[]> {
  const response = await fetch(url + LIST, { headers });
  const body = (await response.json()) as { 'openai-compatibility': { name: string }[] };
  return body['openai-compatibility'].map(({ name }) => name);
}

it('answers over HTTP and keeps a log without secrets', async () => {
  const standIn = await start();
  expect(await names(standIn)).toEqual(['Relay A']);
  await fetch(`${standIn.url}/`);
  expect(standIn.log).toMatchObject([
    { method: 'GET', path: LIST, status: 200, keyed: true },
    { method: 'GET', path: '/', status: 200, keyed: false },
  ]);
  expect(JSON.stringify(standIn.log)).not.toContain('right');
});

it('strips the CORS headers when it is told to', async () => {
  const standIn = await start();
  standIn.switches.cors = false;
  const response = await fetch(standIn.url);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

it('breaks connections when its process has ended, until it is started again', async () => {
  const standIn = await start();
  standIn.switches.crashesOnShrink = true;
  standIn.switches.reload = { startsAfterMs: 0, takesMs: 60_000 };
  const patch = JSON.stringify({ name: 'Relay A', value: { prefix: 'team' } });
  await fetch(standIn.url + LIST, { method: 'PATCH', headers, body: patch });
  const shrink = fetch(standIn.url + LIST, { method: 'PUT', headers, body: '[]' });
  await expect(shrink).rejects.toThrow('fetch failed');
  await expect(names(standIn)).rejects.toThrow('fetch failed');
  standIn.restart();
  expect((await fetch(standIn.url)).status).toBe(200);
});

it('writes into its file and leaves the comments there', async () => {
  const path = configPath();
  const standIn = await start({ configPath: path });
  const body = JSON.stringify({ name: 'Relay A', value: { prefix: 'team' } });
  await fetch(standIn.url + LIST, { method: 'PATCH', headers, body });
  expect(readFileSync(path, 'utf8')).toContain('- name: Relay A # mine');
  expect(readFileSync(path, 'utf8')).toContain('prefix: team');
});

it('takes over what somebody writes into the file by hand', async () => {
  const path = configPath();
  const standIn = await start({ configPath: path });
  writeFileSync(path, config.replace('Relay A', 'By Hand'));
  // Not over HTTP: a request would look at the file.
  const body = async () => (await standIn.handle({ method: 'GET', path: LIST, headers })).body;
  await vi.waitFor(async () => expect(await body()).toContain('By Hand'), 5000);
});

it('calls relays with the given headers and no others', async () => {
  const seen: string[] = [];
  const relay = http.createServer((request, response) => {
    seen.push(...Object.keys(request.headers));
    response.setHeader('x-relay', 'yes').end('hello');
  });
  await new Promise<void>((resolve) => {
    relay.listen(0, '127.0.0.1', resolve);
  });
  cleanups.push(() => relay.close());
  const address = relay.address();
  const port = typeof address === 'object' ? address?.port : '';
  const response = await plainFetch(`http://127.0.0.1:${port}/v1`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk' },
    body: 'ask',
  });
  expect(await response.text()).toBe('hello');
  expect(response.headers.get('x-relay')).toBe('yes');
  expect(seen).toEqual(['host', 'connection', 'authorization', 'content-length']);
});
