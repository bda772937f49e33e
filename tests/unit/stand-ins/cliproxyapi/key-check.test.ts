import { expect, it } from 'vitest';
import { createCliproxyapi } from '../../../stand-ins/cliproxyapi/cliproxyapi.ts';
import { createVirtualClock } from '../../../stand-ins/clock.ts';

const config = 'remote-management:\n  secret-key: from-the-file\n';
const env = { MANAGEMENT_PASSWORD: 'env-pass' };

async function millisecondsFor(key: string, requests: number): Promise<number> {
  const clock = createVirtualClock();
  const switches = { keyCheckMs: 60 };
  const server = createCliproxyapi({ version: '7.2.140', config, env, clock, switches });
  const start = clock.now();
  const request = {
    method: 'GET',
    path: '/v0/management/debug',
    headers: { 'x-management-key': key },
  };
  const all = Array.from({ length: requests }, () => server.handle(request));
  const answers = await clock.runUntil(Promise.all(all));
  expect(answers.map((answer) => answer.status)).toEqual(all.map(() => 200));
  return clock.now() - start;
}

it('checks the key from the file for one request after the other', async () => {
  expect(await millisecondsFor('from-the-file', 5)).toBe(300);
});

it('needs no time for the password of the environment', async () => {
  expect(await millisecondsFor('env-pass', 5)).toBe(0);
});
