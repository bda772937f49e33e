import type { BrowserContext, CDPSession } from '@playwright/test';

/** One start of a page. Times are in milliseconds since the browser was told to open it. */
export interface Visit {
  firstPaint: number;
  /** When the first card had been drawn; nothing where there is none. */
  firstCard: number;
  /** When the page changed for the last time. */
  settled: number;
  /** How long scripts ran in all. */
  script: number;
  /** What the page holds in memory, once what nobody needs any more was collected. */
  heapMb: number;
  /** Of the document, texts included. */
  nodes: number;
}

export interface PageToVisit {
  url: string;
  size: { width: number; height: number };
  /** A selector of what counts as a card. */
  card: string;
}

/** So long has nothing to happen on a page that has settled. */
const QUIET_MS = 500;

/** Opens a page in a tab of its own, and measures how it starts. */
export async function visit(
  context: BrowserContext,
  { url, size, card }: PageToVisit,
): Promise<Visit> {
  const page = await context.newPage();
  await page.setViewportSize(size);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await page.addInitScript(observe, card);
  await page.goto(url);
  const times = await page.evaluate(untilQuiet, QUIET_MS);
  const script = await metricsOf(session);
  await session.send('HeapProfiler.collectGarbage');
  const memory = await metricsOf(session);
  await page.close();
  return {
    ...times,
    firstCard: times.firstCard ?? Number.NaN,
    script: (script.get('ScriptDuration') ?? Number.NaN) * 1000,
    heapMb: (memory.get('JSHeapUsedSize') ?? Number.NaN) / 2 ** 20,
    nodes: memory.get('Nodes') ?? Number.NaN,
  };
}

async function metricsOf(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}

/** What is noted in the page itself. */
interface Noted {
  firstCard?: number;
  lastChange: number;
}

declare global {
  var noted: Noted | undefined;
}

/** Runs in the page, before its own scripts. */
function observe(card: string): void {
  const seen: Noted = { lastChange: 0 };
  globalThis.noted = seen;
  let isFound = false;
  const look = () => {
    seen.lastChange = performance.now();
    if (isFound || !document.querySelector(card)) return;
    isFound = true;
    // The frame with it is drawn after this callback; a message comes after that.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        seen.firstCard = performance.now();
      };
      port2.postMessage(undefined);
    });
  };
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(look).observe(document, everything);
}

/** Runs in the page. Resolves once nothing on it has changed for a while. */
async function untilQuiet(quietMs: number) {
  const lastChange = () => globalThis.noted?.lastChange ?? 0;
  while (performance.now() - lastChange() < quietMs) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return {
    firstPaint: paint?.startTime ?? Number.NaN,
    firstCard: globalThis.noted?.firstCard,
    settled: lastChange(),
  };
}
