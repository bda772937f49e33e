import { describe, expect, it } from 'vitest';
import type { ImportAnswers } from '../../../lib/core/changes/import.ts';
import { apiKeysOf, nameOf, type ProviderEntry } from '../../../lib/core/changes/provider.ts';
import { ok } from '../../../lib/core/result.ts';
import { newServerMemory } from '../../../lib/workflows/server-memory.ts';
import { type Change, writeChange } from '../../../lib/workflows/write-change.ts';
import type { Stage } from '../../../lib/workflows/write-deps.ts';
import { type FakeServer, fakeServer } from '../fakes/fake-server.ts';
import { planOne } from '../fakes/plan-one.ts';
import { virtualClock } from '../fakes/virtual-clock.ts';

const provider = (name: string, keys: string[], over: ProviderEntry = {}): ProviderEntry => ({
  name,
  'base-url': `https://${name.toLowerCase()}.example/v1`,
  'api-key-entries': keys.map((key) => ({ 'api-key': key, weight: 2 })),
  models: [{ name: 'm', alias: 'm' }],
  ...over,
});

/** A change that brings one key to the relay of that name. */
function importKey(apiKey: string, relay: string, answers: ImportAnswers = {}): Change {
  const models = [{ upstream: 'm', alias: 'm' }];
  const draft = {
    apiKey,
    name: relay,
    baseUrl: `https://${relay.toLowerCase()}.example/v1`,
    models,
  };
  return {
    id: `import of ${apiKey}`,
    kind: 'openai-compatibility',
    planOn: (entries) => {
      const planned = planOne(entries, [draft], answers, { takesOverCodex: false });
      return planned.status === 'ready' ? planned.plan : undefined;
    },
  };
}

function setUp(start: ProviderEntry[]) {
  const clock = virtualClock();
  const server = fakeServer(clock, start);
  const stages: Stage[] = [];
  const memory = newServerMemory();
  memory.traits = { patch: 'partial' };
  const deps = {
    api: server.api,
    clock,
    memory,
    onStage: (stage: Stage) => void stages.push(stage),
    witness: { beforeWrite: async () => ok(undefined), afterWrite: async () => {} },
  };
  return { clock, server, deps, memory, stages };
}

const keysOn = (server: FakeServer, name: string) =>
  server.list().flatMap((entry) => (nameOf(entry) === name ? apiKeysOf(entry) : []));

const READ = 'GET openai-compatibility';
const start = [provider('Other', ['o1']), provider('Relay', ['r1'])];

describe('writing a change', () => {
  it('[M-21] reads, writes once, and reads back: three requests', async () => {
    const { server, deps, stages } = setUp(start);
    const written = await writeChange(importKey('new', 'Relay'), deps);
    expect(written).toMatchObject({ value: { outcome: 'saved', repeats: 0, gone: [] } });
    expect(server.log).toEqual([READ, 'PATCH Relay', READ]);
    expect(stages).toEqual(['reading', 'writing', 'verifying']);
    expect(keysOn(server, 'Relay')).toEqual(['r1', 'new']);
  });

  it('creates a provider by one PUT of the whole list', async () => {
    const { server, deps } = setUp(start);
    await writeChange(importKey('new', 'Fresh'), deps);
    expect(server.log).toEqual([READ, 'PUT', READ]);
    expect(server.list().map(nameOf)).toEqual(['Other', 'Relay', 'Fresh']);
  });

  it('writes nothing where all stands already', async () => {
    const { server, deps } = setUp(start);
    expect(await writeChange(importKey('r1', 'Relay'), deps)).toMatchObject({
      value: { outcome: 'nothing' },
    });
    expect(server.log).toEqual([READ]);
  });

  it('writes nothing where somebody has to decide', async () => {
    const { server, deps } = setUp([
      provider('Relay', []),
      provider('Relay', [], { name: 'Twin' }),
    ]);
    expect(await writeChange(importKey('new', 'Relay'), deps)).toMatchObject({
      value: { status: 'undecided' },
    });
    expect(server.log).toEqual([READ]);
  });

  it('asks once how PATCH behaves, and carries the whole entry where it replaces', async () => {
    const { server, deps, memory } = setUp(start);
    server.patch = 'whole';
    memory.traits = {};
    await writeChange(importKey('new', 'Relay'), deps);
    await writeChange(importKey('more', 'Relay'), deps);
    expect(server.log.filter((entry) => entry === 'POST api-call')).toHaveLength(1);
    expect(server.list()[1]).toMatchObject({ name: 'Relay', models: [{ name: 'm' }] });
    expect(keysOn(server, 'Relay')).toEqual(['r1', 'new', 'more']);
  });

  it('leaves 300 ms between two writes', async () => {
    const { server, deps, memory } = setUp(start);
    memory.traits = { patch: 'partial', showsLoaded: true };
    server.reloadMs = 0;
    for (const key of ['a', 'b', 'c']) await writeChange(importKey(key, 'Relay'), deps);
    const gaps = server.writesAt.slice(1).map((at, nth) => at - (server.writesAt[nth] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(300);
  });

  it('waits until the server has loaded the key, and says so where it takes too long', async () => {
    const slow = setUp(start);
    slow.server.reloadMs = 700;
    expect(await writeChange(importKey('new', 'Relay'), slow.deps)).toMatchObject({
      value: { outcome: 'saved' },
    });
    expect(slow.server.log).toHaveLength(5);
    const slower = setUp(start);
    slower.server.reloadMs = 5000;
    expect(await writeChange(importKey('new', 'Relay'), slower.deps)).toMatchObject({
      value: { outcome: 'loading' },
    });
  });

  it('reads once, a second later, on servers that do not show what they loaded', async () => {
    const { server, deps, clock, memory } = setUp(start);
    server.showsLoaded = false;
    memory.traits = { patch: 'partial' };
    const from = clock.now();
    await writeChange(importKey('new', 'Relay'), deps);
    expect(server.log).toEqual([READ, 'PATCH Relay', READ]);
    expect(clock.now() - from).toBe(1000);
  });

  it('writes again what a reload dropped', async () => {
    const { server, deps } = setUp(start);
    server.dropWrites = 2;
    expect(await writeChange(importKey('new', 'Relay'), deps)).toMatchObject({
      value: { outcome: 'saved', repeats: 2 },
    });
    expect(keysOn(server, 'Relay')).toEqual(['r1', 'new']);
  });

  it('takes along what it wrote a moment ago, should a reload have dropped that', async () => {
    const { server, deps } = setUp(start);
    await writeChange(importKey('first', 'Relay'), deps);
    server.edit((entries) =>
      entries.map((e) => (nameOf(e) === 'Relay' ? provider('Relay', ['r1']) : e)),
    );
    await writeChange(importKey('second', 'Other'), deps);
    expect(keysOn(server, 'Relay')).toEqual(['r1', 'first']);
    expect(keysOn(server, 'Other')).toEqual(['o1', 'second']);
  });

  it('takes along also a provider that it created a moment ago', async () => {
    const { server, deps } = setUp(start);
    await writeChange(importKey('first', 'Fresh'), deps);
    server.edit((entries) => entries.filter((e) => nameOf(e) !== 'Fresh'));
    expect(await writeChange(importKey('second', 'Other'), deps)).toMatchObject({
      value: { outcome: 'saved', gone: [] },
    });
    expect(keysOn(server, 'Fresh')).toEqual(['first']);
    expect(keysOn(server, 'Other')).toEqual(['o1', 'second']);
  });

  it('notices when its own write made the server drop what it wrote a moment ago', async () => {
    const { server, deps, clock } = setUp(start);
    await writeChange(importKey('first', 'Relay'), deps);
    clock.at(clock.now() + 100, () =>
      server.edit((entries) =>
        entries.map((e) => (nameOf(e) === 'Relay' ? provider('Relay', ['r1']) : e)),
      ),
    );
    expect(await writeChange(importKey('second', 'Other'), deps)).toMatchObject({
      value: { outcome: 'saved', repeats: 1 },
    });
    expect(keysOn(server, 'Relay')).toEqual(['r1', 'first']);
    expect(keysOn(server, 'Other')).toEqual(['o1', 'second']);
  });

  it('calls a change saved that stands, also where an older one cannot be brought back', async () => {
    const { server, deps } = setUp(start);
    await writeChange(importKey('first', 'Relay'), deps);
    const { patchProvider } = server.api;
    server.api.patchProvider = async (kind, name, value) => {
      const done = await patchProvider(kind, name, value);
      server.edit((entries) =>
        entries.map((e) => (nameOf(e) === 'Relay' ? provider('Relay', ['r1']) : e)),
      );
      return done;
    };
    expect(await writeChange(importKey('second', 'Other'), deps)).toMatchObject({
      value: { outcome: 'saved' },
    });
    expect(keysOn(server, 'Other')).toEqual(['o1', 'second']);
  });

  it('leaves alone what somebody removed later than that', async () => {
    const { server, deps, clock } = setUp(start);
    await writeChange(importKey('first', 'Relay'), deps);
    await clock.sleep(31_000);
    server.edit((entries) =>
      entries.map((e) => (nameOf(e) === 'Relay' ? provider('Relay', ['r1']) : e)),
    );
    await writeChange(importKey('second', 'Other'), deps);
    expect(keysOn(server, 'Relay')).toEqual(['r1']);
  });

  it('gives up after three repeats, and says how much is missing', async () => {
    const { server, deps } = setUp(start);
    server.dropWrites = 99;
    expect(await writeChange(importKey('new', 'Relay'), deps)).toEqual({
      ok: false,
      failure: { code: 'import/not-saved', missing: 1, written: 0 },
    });
    expect(server.log.filter((entry) => entry.startsWith('PATCH'))).toHaveLength(4);
  });

  it('does not write on a list that lost providers, and goes on when it was only a torn read', async () => {
    const { server, deps, memory } = setUp(start);
    memory.seen.set('openai-compatibility', start);
    server.torn = [[], []];
    expect(await writeChange(importKey('new', 'Relay'), deps)).toMatchObject({
      value: { outcome: 'saved' },
    });
    expect(server.log.slice(0, 4)).toEqual([READ, READ, READ, 'PATCH Relay']);
  });

  it('goes back to the person when the providers stay away, and then believes it', async () => {
    const { server, deps, memory } = setUp(start);
    memory.seen.set('openai-compatibility', start);
    server.edit((entries) => entries.slice(1));
    expect(await writeChange(importKey('new', 'Relay'), deps)).toEqual({
      ok: false,
      failure: { code: 'import/server-changed', gone: ['Other'] },
    });
    expect(server.writesAt).toEqual([]);
    expect(await writeChange(importKey('new', 'Relay'), deps)).toMatchObject({
      value: { outcome: 'saved' },
    });
  });

  it('does not make it permanent that the list comes back without others after the write', async () => {
    const { server, deps } = setUp(start);
    server.dropWrites = 1;
    server.torn = [start, ...Array.from({ length: 12 }, () => [])];
    expect(await writeChange(importKey('new', 'Relay'), deps)).toEqual({
      ok: false,
      failure: { code: 'import/list-lost', gone: ['Other', 'Relay'] },
    });
    expect(server.writesAt).toHaveLength(1);
    expect(server.list()).toHaveLength(2);
  });

  it('waits for the list to be whole before it writes again', async () => {
    const { server, deps } = setUp(start);
    server.dropWrites = 1;
    server.torn = [start, [], [], []];
    expect(await writeChange(importKey('new', 'Relay'), deps)).toMatchObject({
      value: { outcome: 'saved', repeats: 1, gone: [] },
    });
    expect(keysOn(server, 'Other')).toEqual(['o1']);
    expect(keysOn(server, 'Relay')).toEqual(['r1', 'new']);
  });

  it('[H-16] plans again when the provider is not in the list any more', async () => {
    const { server, deps } = setUp(start);
    server.faults.write = [{ before: { code: 'server/item-gone' } }];
    await writeChange(importKey('new', 'Relay'), deps);
    expect(keysOn(server, 'Relay')).toEqual(['r1', 'new']);
    expect(server.log.filter((entry) => entry.startsWith('PATCH'))).toHaveLength(2);
  });

  it('tells of providers that somebody else lost meanwhile', async () => {
    const { server, deps, clock } = setUp(start);
    clock.at(clock.now() + 100, () =>
      server.edit((entries) => entries.filter((e) => nameOf(e) !== 'Other')),
    );
    expect(await writeChange(importKey('new', 'Relay'), deps)).toMatchObject({
      value: { outcome: 'saved', gone: ['Other'] },
    });
  });
});

describe('a write without an answer', () => {
  const LOST = { code: 'server/timeout', seconds: 15 } as const;

  it('is found where it was applied, and not sent again', async () => {
    const { server, deps } = setUp(start);
    server.faults.write = [{ after: LOST }];
    expect(await writeChange(importKey('new', 'Relay'), deps)).toMatchObject({
      value: { outcome: 'saved', repeats: 0 },
    });
    expect(server.writesAt).toHaveLength(1);
  });

  it('is waited for, because the server may work on after we gave up', async () => {
    const { server, deps } = setUp(start);
    server.faults.write = [{ late: LOST, afterMs: 2500 }];
    await writeChange(importKey('new', 'Relay'), deps);
    expect(server.writesAt).toHaveLength(1);
    expect(keysOn(server, 'Relay')).toEqual(['r1', 'new']);
  });

  it('is planned again only after the last read did not show it', async () => {
    const { server, deps } = setUp(start);
    server.faults.write = [{ before: LOST }];
    await writeChange(importKey('new', 'Relay'), deps);
    expect(server.writesAt).toHaveLength(2);
    expect((server.writesAt[1] ?? 0) - (server.writesAt[0] ?? 0)).toBeGreaterThanOrEqual(7300);
    expect(keysOn(server, 'Relay')).toEqual(['r1', 'new']);
  });

  it('is not called a failure where nobody can tell', async () => {
    const { server, deps } = setUp(start);
    server.faults.write = [{ after: { code: 'server/error', status: 500 } }];
    const away = { before: { code: 'server/unreachable' } } as const;
    server.faults.GET = [undefined, away, away, away, away];
    expect(await writeChange(importKey('new', 'Relay'), deps)).toEqual({
      ok: false,
      failure: { code: 'import/unknown-outcome' },
    });
  });

  it.each([
    { code: 'server/wrong-management-key' } as const,
    { code: 'server/refused-write', status: 400, said: 'invalid body' } as const,
  ])('is none when the server refused it: %o', async (failure) => {
    const { server, deps } = setUp(start);
    server.faults.write = [{ before: failure }];
    expect(await writeChange(importKey('new', 'Relay'), deps)).toEqual({ ok: false, failure });
    expect(server.log).toHaveLength(2);
  });
});
