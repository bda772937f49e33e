import type { Handlers } from '../../lib/core/protocol.ts';
import { newWorkerState } from '../../lib/workflows/worker.ts';
import type { VirtualClock } from '../stand-ins/clock.ts';
import { handlersOf, startUp } from './actions.ts';
import type { Claims } from './claims.ts';
import type { Findings } from './findings.ts';
import type { Ledger } from './ledger.ts';
import { createLife, type Life } from './life.ts';
import { createModelEdges, type EdgeParts } from './model-edges.ts';
import type { ModelServer } from './model-server.ts';
import type { Schedule } from './schedule.ts';
import { perform } from './steps.ts';

export interface PersonParts {
  clock: VirtualClock;
  findings: Findings;
  ledger: Ledger;
  claims: Claims;
  servers: readonly ModelServer[];
  schedule: Schedule;
  storage: EdgeParts['storage'];
  fetchAs(life: number): EdgeParts['fetch'];
  isHasty: boolean;
  newId(): string;
  /** Every worker that there was, by number. */
  lives: Life[];
}

/** A worker that lives, and what the person started in it. */
interface Session {
  life: Life;
  handlers: Handlers;
  underWay: Set<Promise<unknown>>;
}

/** Between two steps of a person who waits for each. */
const PAUSE_MS = 5000;

/** Does all steps of a schedule, one after the other, with a new worker wherever one was ended. */
export async function live(parts: PersonParts): Promise<void> {
  const { clock, schedule, findings } = parts;
  let session = startWorker(parts);
  for (const { action, next, rest = 0 } of schedule.steps) {
    if (session.life.isOver()) session = await nextWorker(parts);
    findings.trace(() => `person: ${JSON.stringify(action)}`);
    if (session.underWay.size > 0) parts.ledger.disturbed();
    const { handlers, underWay } = session;
    const isAlone = underWay.size === 0;
    const done = setOff(session, perform(action, { ...parts, handlers, isAlone }), findings);
    await Promise.race([next === 'at-end' ? done : clock.sleep(next), session.life.over]);
    await clock.sleep(action.kind === 'pause' ? PAUSE_MS : rest);
  }
  // Also the last worker is followed by one that finds what it left.
  for (;;) {
    const ended = await Promise.race([Promise.all(session.underWay), session.life.over]);
    if (ended !== 'over') return;
    session = await nextWorker(parts);
  }
}

/** Work that goes on by itself until it is done. The result only tells when. */
function setOff(session: Session, work: Promise<unknown>, findings: Findings): Promise<unknown> {
  const { underWay } = session;
  const noted = work
    .catch((thrown: unknown) => findings.violate('crashed', String(thrown)))
    .finally(() => underWay.delete(noted));
  underWay.add(noted);
  return noted;
}

async function nextWorker(parts: PersonParts): Promise<Session> {
  await parts.clock.sleep(parts.schedule.restartMs);
  return startWorker(parts);
}

function startWorker(parts: PersonParts): Session {
  const { lives, schedule, findings, fetchAs } = parts;
  parts.ledger.disturbed();
  const life = createLife(lives.length, schedule.deaths[lives.length], findings);
  lives.push(life);
  const { someoneLooks } = schedule;
  const edges = createModelEdges({
    ...parts,
    life,
    fetch: fetchAs(life.number),
    someoneLooks,
  });
  const worker = { edges, state: newWorkerState() };
  findings.trace(() => `worker ${life.number} starts`);
  const session: Session = { life, handlers: handlersOf(worker), underWay: new Set() };
  void setOff(session, startUp(worker), findings);
  return session;
}
