import { describe, expect, it } from 'vitest';
import { type Cliproxyapi, createCliproxyapi } from '../../../stand-ins/cliproxyapi/cliproxyapi.ts';
import type { Switches } from '../../../stand-ins/cliproxyapi/switches.ts';
import { createVirtualClock, type VirtualClock } from '../../../stand-ins/clock.ts';

// The measurements of the real servers are of 30 PATCHes of 30 providers, one after the other, each answered 200.
const PROVIDERS = 30;
const LIST = '/v0/management/openai-compatibility';
const HEADERS = { 'x-management-key': 'env-pass' };

const config = `openai-compatibility:
${Array.from({ length: PROVIDERS }, (_, at) => `  - name: R${at}\n    base-url: http://r/${at}\n`).join('')}`;

function start(version: string, switches: Partial<Switches>) {
  const clock = createVirtualClock();
  const env = { MANAGEMENT_PASSWORD: 'env-pass' };
  return { clock, server: createCliproxyapi({ version, config, env, clock, switches }) };
}

const patchOf = (name: string, prefix: string) => {
  const body = JSON.stringify({ name, value: { prefix } });
  return { method: 'PATCH', path: LIST, headers: HEADERS, body };
};

/** Gives each provider a prefix, `pauseMs` after the answer before. */
async function patchAll(server: Cliproxyapi, clock: VirtualClock, pauseMs: number) {
  for (let at = 0; at < PROVIDERS; at += 1) {
    const answer = await clock.runUntil(server.handle(patchOf(`R${at}`, `p${at}`)));
    expect(answer.status).toBe(200);
    await clock.advance(pauseMs);
  }
  await clock.advance(4000);
}

interface Shown {
  prefix?: string;
  'auth-index'?: string;
}

async function readList(server: Cliproxyapi, clock: VirtualClock): Promise<Shown[]> {
  const answer = await clock.runUntil(
    server.handle({ method: 'GET', path: LIST, headers: HEADERS }),
  );
  return (JSON.parse(answer.body) as { 'openai-compatibility': Shown[] })['openai-compatibility'];
}

async function lostAfter(version: string, switches: Partial<Switches>, pauseMs: number) {
  const { server, clock } = start(version, switches);
  await patchAll(server, clock, pauseMs);
  const list = await readList(server, clock);
  return list.filter((provider) => provider.prefix === undefined).length;
}

describe('a write during the reload of another one, 7.2.140', () => {
  const fast = { latencyMs: 4, reload: 'recorded' } as const;

  it('is lost although it was answered 200', async () => {
    const lost = await lostAfter('7.2.140', fast, 0);
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan(PROVIDERS);
  });

  it.each([50, 300])('does not happen with a pause of %i ms', async (pauseMs) => {
    expect(await lostAfter('7.2.140', fast, pauseMs)).toBe(0);
  });

  it('is lost in the file as well, with the next write', async () => {
    const { server, clock } = start('7.2.140', fast);
    await patchAll(server, clock, 0);
    await clock.runUntil(server.handle(patchOf('R0', 'last')));
    await clock.advance(4000);
    const shown = (await readList(server, clock)).flatMap(({ prefix }) => prefix ?? []);
    const written = Array.from(server.configText().matchAll(/prefix: (\w+)/g), ([, text]) => text);
    expect(written).toEqual(shown);
    expect(written.length).toBeLessThan(PROVIDERS);
  });
});

describe('a write during the reload by the file watcher, 7.1.76', () => {
  it('is lost although it was answered 200', async () => {
    // On a busy machine a request took 70 to 400 ms: now and then one came while the watcher reloaded.
    expect(await lostAfter('7.1.76', { latencyMs: 160, reload: 'recorded' }, 0)).toBeGreaterThan(0);
  });

  it('stays in the file and out of the list until something else is written', async () => {
    const { server, clock } = start('7.1.76', { reload: 'recorded' });
    await server.handle(patchOf('R0', 'R0'));
    await clock.advance(160);
    await server.handle(patchOf('R1', 'R1'));
    await clock.advance(10_000);
    const shown = (await readList(server, clock)).map((provider) => provider.prefix);
    expect(shown.slice(0, 2)).toEqual(['R0', undefined]);
    expect(server.configText()).toContain('prefix: R1');
  });

  it.each([
    [300, 'happens'],
    [750, 'does not happen'],
  ])('with a pause of %i ms %s', async (pauseMs, what) => {
    const lost = await lostAfter('7.1.76', { latencyMs: 4, reload: 'recorded' }, pauseMs);
    expect(lost > 0 ? 'happens' : 'does not happen').toBe(what);
  });

  it('does not happen when requests are fast, as the watcher waits for the last one', async () => {
    expect(await lostAfter('7.1.76', { latencyMs: 4, reload: 'recorded' }, 0)).toBe(0);
  });
});

describe('without the switch', () => {
  it.each(['7.2.140', '7.1.76'])('nothing is lost, %s', async (version) => {
    expect(await lostAfter(version, { latencyMs: 4 }, 0)).toBe(0);
  });
});

describe('a new credential', () => {
  const body = JSON.stringify([{ name: 'New', 'base-url': 'http://r/new' }]);
  const put = { method: 'PUT', path: LIST, headers: HEADERS, body };

  it.each([
    ['7.2.140', 50],
    ['7.1.76', 750],
  ])('has its auth-index only after the reload, %s', async (version, reloadedAfterMs) => {
    const { server, clock } = start(version, { reload: 'recorded' });
    await server.handle(put);
    expect((await readList(server, clock))[0]?.['auth-index']).toBeUndefined();
    await clock.advance(reloadedAfterMs);
    expect((await readList(server, clock))[0]?.['auth-index']).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is offered to clients before the reload has ended, 7.2.140', async () => {
    const models = [{ name: 'up', alias: 'new-alias' }];
    const { server, clock } = start('7.2.140', { reload: 'recorded' });
    const entry = { name: 'New', 'base-url': 'http://r/new', models };
    await server.handle({ ...put, body: JSON.stringify([entry]) });
    await clock.advance(25);
    expect((await server.handle({ method: 'GET', path: '/v1/models' })).body).toContain(
      'new-alias',
    );
    expect((await readList(server, clock))[0]?.['auth-index']).toBeUndefined();
  });
});
