import { expect, it } from 'vitest';
import { createCliproxyapi } from '../../../stand-ins/cliproxyapi/cliproxyapi.ts';
import { createVirtualClock } from '../../../stand-ins/clock.ts';

const config = 'remote-management:\n  secret-key: right\n  allow-remote: true\n';

function start() {
  const clock = createVirtualClock();
  const server = createCliproxyapi({ version: '7.2.140', config, clock });
  const ask = (key: string, remoteAddress?: string) =>
    server.handle({
      method: 'GET',
      path: '/v0/management/debug',
      headers: { 'x-management-key': key },
      remoteAddress,
    });
  return { clock, ask };
}

it('ends a ban after 30 minutes and says how long it still lasts', async () => {
  const { clock, ask } = start();
  for (let failure = 0; failure < 5; failure += 1) await ask('wrong');
  await clock.advance(60_000);
  expect((await ask('right')).body).toContain('Try again in 29m0s');
  await clock.advance(29 * 60_000);
  expect((await ask('right')).status).toBe(200);
});

it('bans one address and not the others', async () => {
  const { ask } = start();
  for (let failure = 0; failure < 5; failure += 1) await ask('wrong', '192.0.2.1');
  expect((await ask('right', '192.0.2.1')).status).toBe(403);
  expect((await ask('right', '192.0.2.2')).status).toBe(200);
});
