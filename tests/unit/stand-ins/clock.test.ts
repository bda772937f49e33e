import { expect, it } from 'vitest';
import { createVirtualClock } from '../../stand-ins/clock.ts';

it('runs what is due in order, at its time', async () => {
  const clock = createVirtualClock(0);
  const seen: string[] = [];
  clock.setTimeout(() => seen.push(`second at ${clock.now()}`), 20);
  clock.setTimeout(() => seen.push(`first at ${clock.now()}`), 10);
  clock.setTimeout(() => seen.push('too late'), 31);
  await clock.advance(30);
  expect(seen).toEqual(['first at 10', 'second at 20']);
  expect(clock.now()).toBe(30);
});

it('runs a task that another one sets on the way', async () => {
  const clock = createVirtualClock(0);
  const seen: number[] = [];
  clock.setTimeout(() => clock.setTimeout(() => seen.push(clock.now()), 5), 10);
  await clock.advance(15);
  expect(seen).toEqual([15]);
});

it('forgets a cancelled task', async () => {
  const clock = createVirtualClock(0);
  const seen: string[] = [];
  const cancel = clock.setTimeout(() => seen.push('ran'), 10);
  cancel();
  await clock.advance(20);
  expect(seen).toEqual([]);
});

it('moves on until work is done, and no further', async () => {
  const clock = createVirtualClock(0);
  const work = async () => {
    await clock.sleep(100);
    await clock.sleep(200);
    return 'done';
  };
  clock.setTimeout(() => {}, 1000);
  expect(await clock.runUntil(work())).toBe('done');
  expect(clock.now()).toBe(300);
});
