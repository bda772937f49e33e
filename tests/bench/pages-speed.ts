import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findWorker, launch, stopWorker } from '../e2e/chromium.ts';
import { Keyferry } from '../e2e/keyferry.ts';
import { multiplyCards } from '../e2e/many-cards.ts';
import { configYaml, startServer } from '../e2e/server-under-test.ts';
import { buildWithEmptyPage, EMPTY_PAGE } from './extension-build.ts';
import { type Visit, visit } from './page-visit.ts';
import { median, type Report, type Row, round, type Target } from './report.ts';

const COUNTS = [0, 100, 1_000, 10_000];
const ROUNDS = 7;
const VERSION = '7.2.140';
const POPUP = { width: 420, height: 600 };
const TAB = { width: 1280, height: 800 };
/** The cards of the options page are its servers: no key is on it. */
const PAGES = [
  { path: 'popup.html', size: POPUP, card: '[data-place]' },
  { path: 'options.html', size: TAB, card: '.side-list li' },
] as const;

/** A page with so many keys on cards, opened often. */
interface Measured {
  page: string;
  keys: number;
  worker: 'running' | 'stopped';
  visits: readonly Visit[];
}

/** How the popup and the options page start, beside an empty React page in the same browser. */
export async function pagesSpeed(): Promise<Report> {
  await using cleanup = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'keyferry-bench-'));
  cleanup.defer(() => rm(directory, { recursive: true, force: true }));
  const extension = join(directory, 'extension');
  await buildWithEmptyPage(extension);
  const server = await startServer(VERSION, configYaml());
  cleanup.defer(() => server.close());
  const context = await launch(join(directory, 'profile'), {}, extension);
  cleanup.defer(() => context.close());
  const root = `chrome-extension://${new URL((await findWorker(context)).url()).host}`;

  const open = async (path: string) => {
    const page = await context.newPage();
    await page.goto(`${root}/${path}`);
    return page;
  };
  const keyferry = new Keyferry({ open }, server, { url: 'https://relay.example' });
  const popup = await keyferry.openPopup();
  // The Settings, which a fresh profile opens by itself: they would share the process of what is measured.
  await keyferry.closeOthers(popup);
  await keyferry.connect(popup);
  await context.newPage();
  await popup.close();

  const empty = { url: `${root}/${EMPTY_PAGE}`, size: POPUP, card: 'p' };
  const emptyVisits: Visit[] = [];
  const measured: Measured[] = [];
  for (const keys of COUNTS) {
    await putCards(keyferry, keys);
    for (const { path, ...page } of PAGES) {
      for (const worker of ['running', 'stopped'] as const) {
        const visits: Visit[] = [];
        const there = { ...page, url: `${root}/${path}` };
        // Not counted: it wakes the worker.
        await visit(context, there);
        for (let nth = 0; nth < ROUNDS; nth += 1) {
          // In turns with the empty page, so that both have the machine at its best and at its worst.
          emptyVisits.push(await visit(context, empty));
          if (worker === 'stopped') await stopWorker(context);
          visits.push(await visit(context, there));
        }
        measured.push({ page: path, keys, worker, visits });
      }
    }
  }
  return reportOf(measured, emptyVisits);
}

/** The first time one card is made as a person would, then as many as wanted of it. */
async function putCards(keyferry: Keyferry, keys: number): Promise<void> {
  if (keys === 0) return;
  const popup = await keyferry.openPopup();
  if (keys === COUNTS.find((count) => count > 0)) await keyferry.addKey(popup, { name: 'key 0' });
  await multiplyCards(popup, keys);
  await popup.close();
}

function reportOf(measured: readonly Measured[], emptyVisits: readonly Visit[]): Report {
  const of = (visits: readonly Visit[], figure: keyof Visit) =>
    round(median(visits.map((one) => one[figure])));
  const firstPaint = median(emptyVisits.map((one) => one.firstPaint));
  const ratio = (visits: readonly Visit[]) =>
    round(median(visits.map((one) => one.firstCard)) / firstPaint);
  const rowOf = (visits: readonly Visit[]): Row => ({
    'first paint': of(visits, 'firstPaint'),
    'first card': of(visits, 'firstCard'),
    'of empty paint': ratio(visits),
    settled: of(visits, 'settled'),
    script: of(visits, 'script'),
    'heap MB': of(visits, 'heapMb'),
    nodes: of(visits, 'nodes'),
  });
  const rows = [
    { page: 'empty', keys: 0, worker: 'running', ...rowOf(emptyVisits) },
    ...measured.map(({ visits, ...what }) => ({ ...what, ...rowOf(visits) })),
  ];
  const targets = measured.flatMap(({ page, keys, worker, visits }): Target[] => {
    if (keys < 10_000 || worker === 'stopped') return [];
    const what = `${page} with ${keys} keys`;
    return [
      {
        what: `${what}, first card in first paints of the empty page`,
        found: ratio(visits),
        most: 2.5,
      },
      { what: `${what}, DOM nodes`, found: of(visits, 'nodes'), most: 2_000 },
      { what: `${what}, heap in MB`, found: of(visits, 'heapMb'), most: 40 },
    ];
  });
  const title = `Start of the pages, ms since the tab was told to open them (medians of ${ROUNDS})`;
  return { tables: [{ title, rows }], targets };
}
