import { PROVIDER_KINDS, type ProviderKind } from '../../lib/core/changes/provider.ts';
import type { VirtualClock } from '../stand-ins/clock.ts';
import type { Claims } from './claims.ts';
import type { Findings } from './findings.ts';
import { judgePlan } from './judge-plan.ts';
import { OPENAI, timesIn } from './lists.ts';
import type { ModelReply, ModelServer } from './model-server.ts';
import { createOrders, type Orders } from './orders.ts';
import { createTraffic, type Traffic } from './traffic.ts';
import { type Applied, judgeUndo } from './undo-rule.ts';
import type { Heard, Look, SentRequest } from './watched.ts';
import { countWindow, judgeDouble } from './window.ts';
import { lostOthers } from './write-rules.ts';

/** Watches everything that goes over the network, and knows what the person asked for. */
export interface Ledger extends Omit<Traffic, 'sent' | 'answered'> {
  sent(server: ModelServer, request: SentRequest): void;
  answered(server: ModelServer, request: SentRequest, answer: Heard): void;
  applied(
    server: ModelServer,
    request: SentRequest,
    applied: NonNullable<ModelReply['applied']>,
  ): void;
  ordersOf(server: ModelServer): Orders;
  /** The import of these keys, begun at `from`, was taken back. */
  tookBack(server: ModelServer, apiKeys: readonly string[], from: number): void;
  /** Something did not go as it should: more requests than promised may be needed from now on. */
  unsettle(server: ModelServer): void;
  /** The person was told what is missing on that server, or saw it. */
  told(server: ModelServer): void;
}

/** What is known of one server. */
interface Watch {
  /** The last ones, by kind. */
  looks: Map<ProviderKind, readonly Look[]>;
  /** What was believed last, by kind: looks that lack something of it change nothing. */
  seen: Map<ProviderKind, Look>;
  orders: Orders;
  /** The look on which a write was planned, by its number. */
  planned: Map<number, Look>;
  isUnsettled: boolean;
  writes: Applied[];
}

/** For so long a new worker has to know what the one before it saw. */
const RECALLED_MS = 55_000;

export function createLedger(
  servers: readonly ModelServer[],
  { clock, findings, claims }: { clock: VirtualClock; findings: Findings; claims: Claims },
): Ledger {
  const traffic = createTraffic({ clock, findings });
  const watches = new Map(servers.map((server) => [server, newWatch()]));
  const watchOf = (server: ModelServer) => watches.get(server) as Watch;

  /** Judges a write before it is sent. Whether it takes something out. */
  function judgeWrite(server: ModelServer, request: SentRequest, kind: ProviderKind): boolean {
    const { looks: all, orders, planned, seen } = watchOf(server);
    const { isPartial } = server.generation;
    const looks = all.get(kind) ?? [];
    const judged = judgePlan(request, { looks, isPartial, asked: orders.at(clock.now()) });
    for (const { rule, words } of judged.violations) findings.violate(rule, words);
    const look = looks.at(-1);
    if (!look) return false;
    planned.set(request.number, look);
    const believed = seen.get(kind);
    // What somebody took out long ago nobody can write back: only what was there a moment ago may be torn.
    const isOld = believed && believed.life !== look.life && look.at - believed.at > RECALLED_MS;
    const lost = lostOthers(believed?.entries ?? [], look.entries, orders.ours());
    if (lost.length > 0 && !isOld) {
      const who = believed?.life === look.life ? 'seen' : 'seen by an earlier worker';
      findings.violate('lost-providers', `${lost.length} of ${believed?.entries.length} ${who}`);
    }
    claims.written(server, request, judged.added);
    return judged.isShrinking;
  }

  function heard(server: ModelServer, request: SentRequest, list: NonNullable<ModelReply['list']>) {
    const { kind, entries, loaded } = list;
    const { looks, seen, orders } = watchOf(server);
    const { number, life, served } = request;
    const look = { number, life, entries, loaded, at: clock.now(), served };
    looks.set(kind, [...(looks.get(kind) ?? []).slice(-2), look]);
    const lost = lostOthers(seen.get(kind)?.entries ?? [], entries, orders.ours());
    if (lost.length === 0) seen.set(kind, look);
    if (kind === OPENAI) claims.looked(server, look);
  }

  return {
    ...traffic,
    ordersOf: (server) => watchOf(server).orders,

    beginAlone(server) {
      const { looks, seen, isUnsettled } = watchOf(server);
      const look = looks.get(OPENAI)?.at(-1);
      // What happened since the last look has to be found out first, and may be told twice.
      const isAsSeen = !look || (look.served === server.lists() && look === seen.get(OPENAI));
      if (isAsSeen && server.isAtRest() && !isUnsettled) traffic.beginAlone(server);
    },

    unsettle(server) {
      watchOf(server).isUnsettled = true;
      traffic.disturbed();
    },

    told(server) {
      const watch = watchOf(server);
      watch.isUnsettled = true;
      for (const [kind, looks] of watch.looks) {
        const look = looks.at(-1);
        if (look) watch.seen.set(kind, look);
      }
    },

    tookBack(server, apiKeys, from) {
      const { orders, writes } = watchOf(server);
      for (const apiKey of apiKeys) orders.unwant(apiKey, clock.now());
      judgeUndo(server, { apiKeys, writes, from }, findings);
    },

    sent(server, request) {
      const kind = PROVIDER_KINDS.find((known) => known === request.path);
      const isWrite = kind && request.method !== 'GET';
      traffic.sent(server, request, isWrite ? judgeWrite(server, request, kind) : false);
    },

    answered(server, request, { reply, isHeard }) {
      traffic.answered(server, request, isHeard ? reply : undefined);
      if (isHeard && reply?.list) heard(server, request, reply.list);
    },

    applied(server, request, { kind, before, after }) {
      claims.applied(request.number);
      const { planned: plans, writes, orders } = watchOf(server);
      const look = plans.get(request.number);
      if (!look) return;
      const planned = server.changes.findLastIndex(({ lists }) => lists === look.served);
      writes.push({ kind, before: look.entries, after, at: request.sentAt, change: planned });
      countWindow(server, request, { look, kind, before }, findings);
      for (const apiKey of orders.ours()) {
        if (timesIn(after, apiKey) > 1) judgeDouble(apiKey, { look, before, after }, findings);
      }
    },
  };
}

const newWatch = (): Watch => ({
  looks: new Map(),
  seen: new Map(),
  orders: createOrders(),
  planned: new Map(),
  isUnsettled: false,
  writes: [],
});
