import { describe, expect, it } from 'vitest';
import type { ServerFailure } from '../../../lib/core/failures/failure.ts';
import type { Answer } from '../../../lib/core/ports.ts';
import { fail, ok } from '../../../lib/core/result.ts';
import type { Secret } from '../../../lib/core/secrets.ts';
import { type Asker, type Attempts, NO_ATTEMPTS } from '../../../lib/core/server/attempts.ts';
import { type Gate, guardApi } from '../../../lib/workflows/guard-api.ts';
import { fakeServer } from '../fakes/fake-server.ts';
import { virtualClock } from '../fakes/virtual-clock.ts';

const WRONG_KEY = { code: 'server/wrong-management-key' } as const;
const MINUTE = 60_000;

/** A server whose answers to `checkKey` are given one after the other; then it accepts the key. */
function setUp(asker: Asker = 'itself', attempts: Attempts = NO_ATTEMPTS) {
  const clock = virtualClock();
  const { api } = fakeServer(clock);
  const answers: ServerFailure[] = [];
  let sent = 0;
  api.checkKey = async () => {
    sent += 1;
    const failure = answers.shift();
    return failure ? fail(failure) : ok({});
  };
  const kept: Attempts[] = [];
  const gate: Gate = {
    attempts,
    save: async (changed) => void kept.push(changed),
    turn: Promise.resolve(),
  };
  const as = (other: Asker) => guardApi(api, gate, other, clock);
  return { api, clock, gate, kept, answers, as, guarded: as(asker), sent: () => sent };
}

describe('a guarded API', () => {
  it('sends one request at a time, in the order in which they were asked for', async () => {
    const { api, as } = setUp();
    const log: string[] = [];
    const slow = (name: string) => async (): Answer<never> => {
      log.push(`${name} begins`);
      await new Promise((done) => setImmediate(done));
      log.push(`${name} ends`);
      return fail({ code: 'server/unreachable' });
    };
    api.readProviders = slow('list');
    api.readClientKeys = slow('keys');
    await Promise.all([
      as('itself').readProviders('openai-compatibility'),
      as('person').readClientKeys(),
    ]);
    expect(log).toEqual(['list begins', 'list ends', 'keys begins', 'keys ends']);
  });

  it('goes on after a request that ended in an exception', async () => {
    const { api, guarded } = setUp();
    api.readProviders = () => Promise.reject(new Error('a bug'));
    await expect(guarded.readProviders('openai-compatibility')).rejects.toThrow('a bug');
    expect(await guarded.checkKey()).toEqual(ok({}));
  });

  it('sends nothing by itself after one refusal', async () => {
    const { guarded, answers, sent } = setUp();
    answers.push(WRONG_KEY);
    expect(await guarded.checkKey()).toEqual(fail(WRONG_KEY));
    expect(await guarded.readProviders('openai-compatibility')).toEqual(
      fail({ code: 'server/held' }),
    );
    expect(await guarded.checkKey()).toEqual(fail({ code: 'server/held' }));
    expect(sent()).toBe(1);
  });

  it('holds back also what had been asked for before the refusal came', async () => {
    const { guarded, answers, sent } = setUp();
    answers.push(WRONG_KEY);
    const all = await Promise.all([guarded.checkKey(), guarded.checkKey(), guarded.checkKey()]);
    expect(all.map((answer) => !answer.ok && answer.failure.code)).toEqual([
      'server/wrong-management-key',
      'server/held',
      'server/held',
    ]);
    expect(sent()).toBe(1);
  });

  it('lets a look and the client side pass: they count for no ban', async () => {
    const held = { refusedAt: [virtualClock().now()], held: true };
    const { guarded } = setUp('itself', held);
    expect(await guarded.findService()).toMatchObject({ ok: true });
    expect(await guarded.readServedModels('client-key' as Secret)).toMatchObject({ ok: true });
  });

  it('asks a person after a second refusal, and refuses after a fourth', async () => {
    const { as, answers, clock, sent } = setUp();
    const from = clock.now();
    answers.push(WRONG_KEY, WRONG_KEY, WRONG_KEY, WRONG_KEY);
    await as('person').checkKey();
    await as('person').checkKey();
    expect(await as('person').checkKey()).toEqual(fail({ code: 'server/few-tries', triesLeft: 3 }));
    await as('insists').checkKey();
    await as('insists').checkKey();
    expect(await as('person').checkKey()).toEqual(
      fail({ code: 'server/last-try', until: from + 30 * MINUTE }),
    );
    expect(sent()).toBe(4);
    expect(await as('insists').checkKey()).toEqual(ok({}));
  });

  it('waits for the end of a ban, and sends again after it', async () => {
    const { as, answers, clock, sent } = setUp('person');
    const until = clock.now() + 30 * MINUTE;
    answers.push({ code: 'server/banned', until });
    await as('person').checkKey();
    expect(await as('person').checkKey()).toEqual(fail({ code: 'server/banned', until }));
    expect(await as('itself').checkKey()).toEqual(fail({ code: 'server/banned', until }));
    await clock.sleep(30 * MINUTE);
    expect(await as('person').checkKey()).toEqual(ok({}));
    expect(sent()).toBe(2);
  });

  it('keeps what was counted, and forgets it when a key was accepted', async () => {
    const { as, answers, kept, clock } = setUp();
    answers.push(WRONG_KEY);
    await as('itself').checkKey();
    expect(kept).toEqual([{ refusedAt: [clock.now()], held: true }]);
    await as('person').checkKey();
    expect(kept.at(-1)).toEqual(NO_ATTEMPTS);
    await as('itself').checkKey();
    expect(kept).toHaveLength(2);
  });

  it.each([
    { code: 'server/timeout', seconds: 15 },
    { code: 'server/error', status: 500 },
    { code: 'server/unreachable' },
  ] as const)('counts nothing that says nothing of the key: %o', async (failure) => {
    const { guarded, answers, kept, sent } = setUp();
    answers.push(failure, failure);
    await guarded.checkKey();
    await guarded.checkKey();
    expect(kept).toEqual([]);
    expect(sent()).toBe(2);
  });
});
