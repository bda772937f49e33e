import type { Plan } from '../core/changes/plan.ts';
import type { ProviderEntry } from '../core/changes/provider.ts';
import { type ReadBack, readBack } from '../core/changes/read-back.ts';
import { type ReadDeps, readList } from './read-list.ts';
import { type FreshChange, planFresh } from './server-memory.ts';

/** What was sent: a plan, and the list on which it was made. */
export interface Sent {
  before: readonly ProviderEntry[];
  /** What of it is the change itself; the rest brings back what a reload dropped. */
  own: FreshChange;
  plan: Plan;
  /** Without an answer the request may still be waiting inside the server. */
  answered: boolean;
}

/** What the reads after a write showed. `lost`: not there, or somebody else's went with it. */
export type Settled =
  | { state: 'saved' | 'loading'; entries: readonly ProviderEntry[] }
  | { state: 'lost' }
  /** Not one read came through. */
  | { state: 'unknown' };

const FIRST_READ_MS = 300;
/** For servers that do not show what they have loaded: their reload is over by then. */
const BLIND_READ_MS = 1000;
/** Up to 1.4 s passed until a write whose answer was lost appeared (`docs/writing.md`). */
const LATER_READS_MS = [1000, 2000, 4000];
const LOADING_READS_MS = [300, 600, 1200];

/** Reads a write back until it is proved saved, proved lost, or there is no use in reading on. */
export async function settle(sent: Sent, deps: ReadDeps): Promise<Settled> {
  const { clock, memory } = deps;
  const first = memory.traits.showsLoaded === false ? BLIND_READ_MS : FIRST_READ_MS;
  let wasRead = false;
  for (const wait of [first, ...LATER_READS_MS]) {
    await clock.sleep(wait);
    const look = await lookBack(sent, deps);
    if (!look) continue;
    if (look.isThere) return settleLoaded(look, sent, deps);
    // An answered write that does not show was dropped; an unanswered one may still come.
    if (sent.answered) return { state: 'lost' };
    wasRead = true;
  }
  return { state: wasRead ? 'lost' : 'unknown' };
}

interface Look {
  entries: readonly ProviderEntry[];
  shown: ReadBack;
  /** Our changes of the last 30 seconds are all there, and nothing of others went. */
  isThere: boolean;
}

async function lookBack({ before, plan, own }: Sent, deps: ReadDeps): Promise<Look | undefined> {
  const read = await readList(plan.kind, deps);
  if (!read.ok) return undefined;
  const shown = readBack(read.value, { before, plan });
  const left = planFresh(deps.memory, plan.kind, read.value, { now: deps.clock.now(), own });
  const isThere = shown.isThere && left.plan.steps.length === 0 && shown.gone.length === 0;
  return { entries: read.value, shown, isThere };
}

/** Waits until the server shows the keys as loaded: only then has its reload taken them for good. */
async function settleLoaded(found: Look, sent: Sent, deps: ReadDeps): Promise<Settled> {
  let look = found;
  for (const wait of LOADING_READS_MS) {
    const loaded = look.shown.loadingKeys === 0 || deps.memory.traits.showsLoaded === false;
    if (loaded) return { state: 'saved', entries: look.entries };
    await deps.clock.sleep(wait);
    look = (await lookBack(sent, deps)) ?? look;
    if (!look.isThere) return { state: 'lost' };
  }
  const loaded = look.shown.loadingKeys === 0;
  return { state: loaded ? 'saved' : 'loading', entries: look.entries };
}
