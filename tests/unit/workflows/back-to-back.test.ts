import { describe, expect, it } from 'vitest';
import { type BackToBackOptions, prepareBackToBack } from '../../bench/back-to-back.ts';
import { keyferryWriter } from '../../bench/keyferry-writer.ts';
import {
  naiveWriter,
  readBackAfter,
  trustTheAnswer,
  untilFileHasKey,
  untilModelIsServed,
} from '../../bench/naive-writers.ts';
import type { Switches } from '../../stand-ins/cliproxyapi/switches.ts';
import { createVirtualClock } from '../../stand-ins/clock.ts';

// The experiment of WRITING.md section 2, with the timings of the real servers. 4 ms is a request to a server that
// is at rest, 80 ms one to a server whose machine is busy or that checks the key of its file.

const COUNT = 200;
/** Enough for a way to write that is known to lose. */
const FEWER = 100;
const patience = { timeout: 120_000 };

async function importMany(
  count: number,
  openWriter: Parameters<typeof prepareBackToBack>[0],
  version: string,
  switches: Partial<Switches>,
) {
  const clock = createVirtualClock();
  const server: BackToBackOptions['server'] = {
    version,
    switches: { reload: 'recorded', crashesOnShrink: true, ...switches },
  };
  const { run } = await prepareBackToBack(openWriter, { clock, server, count });
  return clock.runUntil(run());
}

describe('two hundred imports back to back', () => {
  it.each([
    ['7.2.140', 4],
    ['7.1.76', 4],
    ['7.1.76', 80],
  ])(
    'lose no key and no provider of others, version %s at %i ms a request',
    patience,
    async (version, latencyMs) => {
      const switches = { latencyMs, tornReloads: 0.3 };
      expect(await importMany(COUNT, keyferryWriter, version, switches)).toMatchObject({
        saved: COUNT,
        lost: 0,
        lostInFile: 0,
        othersGone: 0,
        doubled: 0,
      });
    },
  );
});

describe('a writer that', () => {
  const writers = {
    'trusts the 200': trustTheAnswer,
    'reads back at once': readBackAfter(0),
    'reads back after 300 ms': readBackAfter(300),
    'waits for the model in /v1/models': untilModelIsServed,
    'waits for the key in config.yaml': untilFileHasKey,
  };
  const lostBy = async (name: keyof typeof writers, version: string, switches: Partial<Switches>) =>
    importMany(FEWER, naiveWriter(writers[name]), version, switches);

  it.each([
    ['trusts the 200', '7.2.140', 4],
    ['reads back at once', '7.2.140', 4],
    ['waits for the model in /v1/models', '7.2.140', 4],
    ['waits for the key in config.yaml', '7.2.140', 4],
    ['trusts the 200', '7.1.76', 80],
    ['reads back at once', '7.1.76', 80],
    ['reads back after 300 ms', '7.1.76', 4],
    ['waits for the key in config.yaml', '7.1.76', 80],
  ] as const)(
    '%s loses keys that it reported as saved, version %s at %i ms a request',
    patience,
    async (name, version, latencyMs) => {
      const { saved, lost } = await lostBy(name, version, { latencyMs });
      expect(lost).toBeGreaterThan(0);
      expect(lost).toBeLessThan(saved);
    },
  );

  it.each([
    ['reads back after 300 ms', '7.2.140', 4],
    ['trusts the 200', '7.1.76', 4],
  ] as const)(
    '%s loses none, version %s at %i ms a request, as measured',
    patience,
    async (name, version, latencyMs) => {
      expect(await lostBy(name, version, { latencyMs })).toMatchObject({ saved: FEWER, lost: 0 });
    },
  );

  it(
    'writes on a list as a torn reload shows it takes away providers of others',
    patience,
    async () => {
      const torn = { latencyMs: 80, tornReloads: 0.3 };
      expect((await lostBy('trusts the 200', '7.1.76', torn)).othersGone).toBeGreaterThan(0);
    },
  );
});
