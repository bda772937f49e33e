import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cliproxyapi, createCliproxyapi } from '../../../stand-ins/cliproxyapi/cliproxyapi.ts';
import { ConnectionLost } from '../../../stand-ins/cliproxyapi/messages.ts';
import type { Switches } from '../../../stand-ins/cliproxyapi/switches.ts';
import { createVirtualClock, type VirtualClock } from '../../../stand-ins/clock.ts';

const LIST = '/v0/management/openai-compatibility';
const headers = { 'x-management-key': 'env-pass' };
const config = `openai-compatibility:
${['A', 'B', 'C', 'D'].map((name) => `  - name: ${name}\n    base-url: http://r/${name}\n`).join('')}`;

const RELOAD_MS = 50;
const reload = { startsAfterMs: 0, takesMs: RELOAD_MS };

function start(switches: Partial<Switches>, seed = 1) {
  const clock = createVirtualClock();
  const env = { MANAGEMENT_PASSWORD: 'env-pass' };
  const options = { version: '7.2.140', config, env, clock, switches, seed };
  return { clock, server: createCliproxyapi(options) };
}

const put = (server: Cliproxyapi, names: readonly string[]) => {
  const body = JSON.stringify(names.map((name) => ({ name, 'base-url': `http://r/${name}` })));
  return server.handle({ method: 'PUT', path: LIST, headers, body });
};

const patch = (server: Cliproxyapi, name: string, prefix: string) => {
  const body = JSON.stringify({ name, value: { prefix } });
  return server.handle({ method: 'PATCH', path: LIST, headers, body });
};

async function namesOn(server: Cliproxyapi): Promise<string[]> {
  const { body } = await server.handle({ method: 'GET', path: LIST, headers });
  const list = (JSON.parse(body) as { 'openai-compatibility': { name: string }[] })[
    'openai-compatibility'
  ];
  return list.map(({ name }) => name);
}

const namesIn = (text: string): string[] =>
  Array.from(text.matchAll(/name: (\w+)/g), ([, name]) => name ?? '');

describe('a torn reload', () => {
  const torn = { reload, tornReloads: 1 };

  it('shows an empty or a short list until it ends, and the whole one then', async () => {
    const lengths = new Set<number>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const { server, clock } = start(torn, seed);
      await patch(server, 'A', 'team');
      const during = await namesOn(server);
      lengths.add(during.length);
      expect(during).toEqual(['A', 'B', 'C', 'D'].slice(0, during.length));
      await clock.advance(RELOAD_MS);
      expect(await namesOn(server)).toEqual(['A', 'B', 'C', 'D']);
    }
    expect(lengths).toEqual(new Set([0, 1, 2, 3]));
  });

  it('makes what was missing gone for good when something is written on top of it', async () => {
    const { server, clock } = start(torn);
    await patch(server, 'A', 'team');
    const [...short] = await namesOn(server);
    await put(server, [...short, 'New']);
    await clock.advance(10_000);
    expect(short).not.toContain('D');
    expect(await namesOn(server)).toEqual([...short, 'New']);
    expect(namesIn(server.configText())).toEqual([...short, 'New']);
  });

  it('is one of those that the switch says, the same ones for the same seed', async () => {
    const lengthsSeen = async (seed: number) => {
      const { server, clock } = start({ reload, tornReloads: 0.5 }, seed);
      const lengths: number[] = [];
      for (let nth = 0; nth < 20; nth += 1) {
        await patch(server, 'A', `p${nth}`);
        lengths.push((await namesOn(server)).length);
        await clock.advance(RELOAD_MS);
      }
      return lengths;
    };
    const lengths = await lengthsSeen(7);
    expect(lengths).toEqual(await lengthsSeen(7));
    expect(lengths).not.toEqual(await lengthsSeen(8));
    const whole = lengths.filter((length) => length === 4).length;
    expect(whole).toBeGreaterThan(4);
    expect(whole).toBeLessThan(16);
  });
});

describe('a list that gets shorter during a reload', () => {
  const shrink = async (seed: number, waitMs: number, names = ['A', 'B']) => {
    const { server, clock } = start({ reload, crashesOnShrink: true }, seed);
    await patch(server, 'A', 'team');
    await clock.advance(waitMs);
    const answer = await put(server, names).catch((error: unknown) => error);
    return { server, clock, answer };
  };

  it('ends the process: no answer, and nobody listens until it is started again', async () => {
    const { server, answer } = await shrink(1, RELOAD_MS - 1);
    expect(answer).toBeInstanceOf(ConnectionLost);
    expect(server.isRunning()).toBe(false);
    await expect(namesOn(server)).rejects.toBeInstanceOf(ConnectionLost);
    server.restart();
    expect(server.isRunning()).toBe(true);
    expect(await namesOn(server)).toEqual(namesIn(server.configText()));
  });

  it('is in the file or not, and comes back as it is there', async () => {
    const held = new Set<string>();
    for (let seed = 1; seed <= 10; seed += 1) {
      const { server } = await shrink(seed, 1);
      server.restart();
      held.add((await namesOn(server)).join(''));
    }
    expect(held).toEqual(new Set(['AB', 'ABCD']));
  });

  it('does no harm after the reload, nor does one that does not get shorter', async () => {
    const after = await shrink(1, RELOAD_MS);
    expect(after.answer).toMatchObject({ status: 200 });
    const same = await shrink(1, 1, ['E', 'F', 'G', 'H']);
    expect(same.answer).toMatchObject({ status: 200 });
  });
});

describe('a process that ends', () => {
  it('answers none of the requests that it had taken, and applies none', async () => {
    const { server, clock } = start({ latencyMs: 10 });
    const answer = put(server, ['New']).catch((error: unknown) => error);
    server.restart();
    await clock.advance(1000);
    expect(await answer).toBeInstanceOf(ConnectionLost);
    expect(namesIn(server.configText())).toEqual(['A', 'B', 'C', 'D']);
  });

  it('forgets what it had in memory and keeps what is in the file', async () => {
    const { server, clock } = start({ reload: { startsAfterMs: 150, takesMs: 400 } });
    await patch(server, 'A', 'first');
    await clock.advance(200);
    await put(server, ['A', 'B', 'C', 'D', 'E']);
    await clock.advance(1000);
    expect(await namesOn(server)).not.toContain('E');
    server.restart();
    expect(await namesOn(server)).toContain('E');
  });
});

describe('one write', () => {
  it('is applied and answered 500, the next one as usual', async () => {
    const { server } = start({ nextWrite: 'saved, answered 500' });
    const answer = await patch(server, 'A', 'team');
    expect(answer).toMatchObject({
      status: 500,
      body: expect.stringMatching(/^\{"error":"failed to save config: /),
    });
    expect(server.configText()).toContain('prefix: team');
    expect(await patch(server, 'A', 'again')).toMatchObject({ status: 200 });
  });

  it('is applied after the client has given up, the next one as usual', async () => {
    const { server, clock } = start({ nextWrite: { appliedAfterMs: 1400 } });
    await expect(patch(server, 'A', 'team')).rejects.toBeInstanceOf(ConnectionLost);
    await clock.advance(1399);
    expect(server.configText()).not.toContain('prefix: team');
    await clock.advance(1);
    expect(server.configText()).toContain('prefix: team');
    expect(await patch(server, 'A', 'again')).toMatchObject({ status: 200 });
  });

  it('that is refused leaves the fault to the next', async () => {
    const { server } = start({ nextWrite: 'saved, answered 500' });
    expect(await patch(server, 'Nobody', 'team')).toMatchObject({ status: 404 });
    expect(await patch(server, 'A', 'team')).toMatchObject({ status: 500 });
  });
});

type Deed =
  | { do: 'put'; names: string[] }
  | { do: 'patch'; name: string; prefix: string }
  | { do: 'wait'; ms: number };

const name = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constant('put' as const), names: fc.uniqueArray(name, { minLength: 1 }) }),
  fc.record({
    do: fc.constant('patch' as const),
    name,
    prefix: fc.constantFrom('one', 'two'),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 400 }) }),
);

async function perform(deeds: readonly Deed[], server: Cliproxyapi, clock: VirtualClock) {
  for (const act of deeds) {
    if (act.do === 'wait') await clock.advance(act.ms);
    else {
      const write = act.do === 'put' ? put(server, act.names) : patch(server, act.name, act.prefix);
      await write.catch(() => server.restart());
    }
  }
  await clock.advance(5000);
}

describe('whatever is done to it, the stand-in', () => {
  const all = { reload: 'recorded', tornReloads: 0.3, crashesOnShrink: true } as const;

  it('does the same for the same seed', async () => {
    const run = async (deeds: readonly Deed[], seed: number) => {
      const { server, clock } = start(all, seed);
      await perform(deeds, server, clock);
      return { shown: await namesOn(server), file: server.configText(), log: server.log };
    };
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 12 }), fc.integer(), async (deeds, seed) => {
        expect(await run(deeds, seed)).toEqual(await run(deeds, seed));
      }),
      { numRuns: 40 },
    );
  });

  it('loses nothing that is written when it has reloaded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(name, { minLength: 1 }), { maxLength: 6 }),
        fc.integer(),
        async (lists, seed) => {
          const { server, clock } = start(all, seed);
          for (const names of lists) {
            await put(server, names);
            await clock.advance(RELOAD_MS);
            expect(await namesOn(server)).toEqual(names);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
