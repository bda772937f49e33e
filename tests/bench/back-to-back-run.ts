import { realClock } from '../stand-ins/clock.ts';
import { type BackToBackOptions, prepareBackToBack } from './back-to-back.ts';
import { keyferryWriter } from './keyferry-writer.ts';
import {
  naiveWriter,
  readBackAfter,
  trustTheAnswer,
  untilFileHasKey,
  untilModelIsServed,
} from './naive-writers.ts';
import { median, type Report, type Row, round } from './report.ts';

const COUNT = 200;
/** Enough for a way to write that is known to lose. */
const FEWER = 60;
/** A request to a server that is at rest. */
const LATENCY_MS = 4;
const VERSIONS = ['7.2.140', '7.1.76'];

/** The ways of WRITING.md sections 2 and 3 that lost keys on real servers. */
const REJECTED = {
  'trust the 200': trustTheAnswer,
  'read back at once': readBackAfter(0),
  'read back after 300 ms': readBackAfter(300),
  'until the model is served': untilModelIsServed,
  'until config.yaml has the key': untilFileHasKey,
};

/** The experiment of WRITING.md section 2 in real time: imports one after the other, each of one key, and what is left of them. */
export async function backToBackInRealTime(): Promise<Report> {
  const rows: Row[] = [];
  const targets = [];
  for (const version of VERSIONS) {
    const ours = await importMany(COUNT, keyferryWriter, version);
    rows.push({ version, writer: 'Keyferry', imports: COUNT, ...ours });
    const what = `${COUNT} imports on ${version}`;
    targets.push({ what: `${what}, not saved`, found: COUNT - ours.saved, most: 0 });
    targets.push({ what: `${what}, lost`, found: ours.lost + ours['lost in file'], most: 0 });
    for (const [writer, confirm] of Object.entries(REJECTED)) {
      const theirs = await importMany(FEWER, naiveWriter(confirm), version);
      rows.push({ version, writer, imports: FEWER, ...theirs });
    }
  }
  const title = 'Imports of one key each into five providers, each started when the last is told';
  return { tables: [{ title, rows }], targets };
}

async function importMany(
  count: number,
  openWriter: Parameters<typeof prepareBackToBack>[0],
  version: string,
) {
  const server: BackToBackOptions['server'] = {
    version,
    switches: { reload: 'recorded', crashesOnShrink: true, latencyMs: LATENCY_MS },
  };
  const { run } = await prepareBackToBack(openWriter, { clock: realClock, server, count });
  const { saved, lost, lostInFile, othersGone, doubled, requests, tookMs } = await run();
  return {
    saved,
    lost,
    'lost in file': lostInFile,
    'others gone': othersGone,
    doubled,
    'requests each': round(requests / count),
    'median ms': round(median(tookMs)),
  };
}
