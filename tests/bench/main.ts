import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { backToBackInRealTime } from './back-to-back-run.ts';
import { importSpeed } from './import-speed.ts';
import { pagesSpeed } from './pages-speed.ts';
import { planningSpeed } from './planning-speed.ts';
import { isReached, printed, type Report, round } from './report.ts';

/** What `npm run bench` measures, in this order. */
const PARTS: Readonly<Record<string, { title: string; measure(): Promise<Report> }>> = {
  planning: { title: 'Planning', measure: planningSpeed },
  import: { title: 'Import', measure: importSpeed },
  pages: { title: 'Start of the pages', measure: pagesSpeed },
  'back-to-back': { title: 'Imports back to back, in real time', measure: backToBackInRealTime },
};

const RESULTS = 'bench-results.json';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(' or ')}. There are: ${Object.keys(PARTS).join(', ')}.`,
  );
  process.exitCode = 1;
} else {
  await measure(names.length > 0 ? names : Object.keys(PARTS));
}

async function measure(wanted: readonly string[]): Promise<void> {
  const processors = cpus();
  const machine = {
    at: new Date().toISOString(),
    node: process.version,
    processor: processors[0]?.model ?? '',
    processors: processors.length,
    // Much more than none: others use the machine too, and times say little.
    loadBefore: round(loadavg()[0] ?? 0),
  };
  console.log(
    `${machine.processors} x ${machine.processor}, Node ${machine.node}, load ${machine.loadBefore}`,
  );
  const parts: Record<string, Report> = {};
  for (const [name, part] of Object.entries(PARTS).filter(([name]) => wanted.includes(name))) {
    console.log(`\n${part.title}\n`);
    const report = await part.measure();
    parts[name] = {
      ...report,
      targets: report.targets.map((target) => ({ ...target, isReached: isReached(target) })),
    };
    console.log(printed(report));
  }
  writeFileSync(RESULTS, `${JSON.stringify({ ...machine, parts }, null, 2)}\n`);
  console.log(`\nAlso in ${RESULTS}.`);
}
