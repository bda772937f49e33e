import type { VirtualClock } from '../stand-ins/clock.ts';
import type { Findings } from './findings.ts';
import type { ModelServer } from './model-server.ts';
import type { Heard, SentRequest } from './watched.ts';

/** How many requests go out, and when. */
export interface Traffic {
  sent(server: ModelServer, request: SentRequest, isShrinking: boolean): void;
  answered(server: ModelServer, request: SentRequest, reply: Heard['reply']): void;
  keyEntered(server: ModelServer): void;
  /** What servers refused is stored now. */
  refusalsSaved(): void;
  /** Something goes wrong, or somebody else does something: no number of requests is promised. */
  disturbed(): void;
  /** Nothing else is under way, and one import begins. */
  beginAlone(server: ModelServer): void;
  /** The outcome of an import was told. */
  claimed(): void;
}

/** What one server was asked. */
interface Line {
  /** Of the workers that asked, by request. */
  open: Map<number, number>;
  answeredAt: number;
  write?: { life: number; sentAt: number; endedAt: number };
  refusal?: { life: number; path: string; isSaved: boolean; until: number };
}

const GAP_MS = 300;
/** Before something is taken out. */
const REST_MS = 3000;
const BAN_MS = 30 * 60_000;

/** GET, write, GET, and three more reads where the server is still reloading by then. */
const promisedBy = ({ generation }: ModelServer) => ({
  reads: generation.startsAfterMs === 0 ? 2 : 5,
  writes: 1,
});

export function createTraffic({
  clock,
  findings,
}: {
  clock: VirtualClock;
  findings: Findings;
}): Traffic {
  const lines = new Map<ModelServer, Line>();
  let alone: { server: ModelServer; reads: number; writes: number } | undefined;

  function lineOf(server: ModelServer): Line {
    const line = lines.get(server) ?? { open: new Map(), answeredAt: Number.NEGATIVE_INFINITY };
    lines.set(server, line);
    return line;
  }

  function checkWrite(line: Line, { life }: SentRequest, isShrinking: boolean) {
    const now = clock.now();
    if (line.answeredAt !== now) {
      findings.violate('stale-list', `the last answer came ${now - line.answeredAt} ms before`);
    }
    const since = line.write ? now - Math.max(line.write.sentAt, line.write.endedAt) : REST_MS;
    const whose = line.write?.life === life ? 'its own' : 'an earlier worker’s';
    if (isShrinking && since < REST_MS) {
      findings.violate('early-shrink', `${since} ms after ${whose} last write`);
    }
    if (since < GAP_MS) {
      findings.violate('too-close', `${since} ms after ${whose} last write`);
    }
    line.write = { life, sentAt: now, endedAt: now };
  }

  function checkRefusal({ refusal }: Line, { life, path, number }: SentRequest) {
    if (!refusal || refusal.until < clock.now()) return;
    // A worker that ended before it could store the refusal has told nobody.
    if (refusal.life !== life && !refusal.isSaved) return;
    findings.violate('after-refusal', `#${number} ${path}, refused was ${refusal.path}`);
  }

  return {
    sent(server, request, isShrinking) {
      if (request.path === 'v1/models') return;
      const line = lineOf(server);
      const isWrite = request.method !== 'GET' && request.path !== 'api-call';
      if ([...line.open.values()].includes(request.life)) {
        findings.violate('two-at-once', `#${request.number} ${request.path}`);
      }
      checkRefusal(line, request);
      if (isWrite) checkWrite(line, request, isShrinking);
      line.open.set(request.number, request.life);
      if (alone?.server === server && isWrite) alone.writes += 1;
      if (alone?.server === server && request.path.endsWith(OPENAI)) alone.reads += isWrite ? 0 : 1;
    },

    answered(server, request, reply) {
      const line = lineOf(server);
      line.open.delete(request.number);
      line.answeredAt = clock.now();
      const isWrite = request.method !== 'GET' && request.path !== 'api-call';
      if (isWrite && line.write) line.write.endedAt = clock.now();
      if (reply?.status === 401) line.refusal = refusalOf(request, Number.POSITIVE_INFINITY);
      if (reply?.status === 403) line.refusal = refusalOf(request, clock.now() + BAN_MS - 1000);
    },

    keyEntered(server) {
      const line = lineOf(server);
      // A ban is not over by that.
      if (line.refusal?.until === Number.POSITIVE_INFINITY) delete line.refusal;
    },

    refusalsSaved() {
      for (const { refusal } of lines.values()) if (refusal) refusal.isSaved = true;
    },

    disturbed() {
      alone = undefined;
    },

    beginAlone(server) {
      alone = { server, reads: 0, writes: 0 };
    },

    claimed() {
      if (!alone) return;
      const { server, reads, writes } = alone;
      const promised = promisedBy(server);
      alone = undefined;
      findings.count('an undisturbed import whose requests were counted');
      if (reads > promised.reads || writes > promised.writes) {
        findings.violate('too-many-requests', `${reads} reads and ${writes} writes`);
      }
    },
  };
}

const OPENAI = 'openai-compatibility';

const refusalOf = ({ life, path }: SentRequest, until: number) => ({
  life,
  path,
  isSaved: false,
  until,
});
