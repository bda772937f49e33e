import { type ImportRun, runImport, type Shape } from './import-run.ts';
import { median, type Report, type Row, round } from './report.ts';

const COUNTS = [1, 20, 100, 500];
const LATENCIES_MS = [0, 50];
const SHAPES: readonly Shape[] = ['one provider', 'N providers', 'N new providers'];
const ROUNDS = 3;

/** What an import of N keys costs up to "Imported", on a server whose key check costs what the real one's does. */
export async function importSpeed(): Promise<Report> {
  // So that the first row does not pay for the compiler.
  await runImport({ count: 20, latencyMs: 0, shape: 'N providers' });
  const rows: Row[] = [];
  const targets = [];
  for (const latencyMs of LATENCIES_MS) {
    for (const shape of SHAPES) {
      for (const count of COUNTS) {
        const runs: ImportRun[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          runs.push(await runImport({ count, latencyMs, shape }));
        }
        const of = (column: keyof ImportRun) => round(median(runs.map((run) => run[column])));
        rows.push({
          'latency ms': latencyMs,
          into: shape,
          keys: count,
          requests: of('requests'),
          'sent bytes': of('sentBytes'),
          'imported ms': of('importedMs'),
          'server ms': of('serverMs'),
          'cpu ms': of('cpuMs'),
          'told ms': of('toldMs'),
          'requests in all': of('requestsInAll'),
        });
        if (count !== 500 || latencyMs !== 50) continue;
        const what = `500 keys into ${shape.replace('N', '500')} at 50 ms latency`;
        targets.push({ what: `${what}, requests`, found: of('requests'), most: 3 });
        targets.push({ what: `${what}, ms`, found: of('importedMs'), most: 1500 });
      }
    }
  }
  return {
    tables: [
      {
        title: `Keys imported with one click, medians of ${ROUNDS}`,
        rows,
        notes: [
          'All API Hub 3.58.0, 500 keys without latency: 1,000 requests, 80,000 ms (issue 4).',
        ],
      },
    ],
    targets,
  };
}
