import type { VirtualClock } from '../stand-ins/clock.ts';
import type { Findings } from './findings.ts';
import { type Entries, OPENAI, timesIn } from './lists.ts';
import type { ModelServer } from './model-server.ts';
import type { Cause } from './server-state.ts';
import type { Look, SentRequest } from './watched.ts';

/** What History says of one key on one server. */
export interface Claim {
  apiKey: string;
  server: ModelServer;
  /** `open`: it says itself that it does not know, or that some of it may be there. */
  says: 'there' | 'gone' | 'nothing-written' | 'open';
  /** From when to when the import ran. */
  from: number;
  at: number;
  /** Of the worker that says so. */
  life: number;
  words: string;
}

/** A claim that stands, and what was read since. */
interface Standing extends Claim {
  /** The last look before it that showed the key. */
  look: Look | undefined;
  /** When it was stored. */
  madeAt: number;
  /** The first later look that does not show the key, while we still watch over it. */
  missed?: Look | undefined;
}

/** A write of ours that adds a key. */
interface Sent {
  request: number;
  /** Of which worker. */
  life: number;
  at: number;
  isApplied: boolean;
}

/** Whether History tells the truth. */
export interface Claims {
  /** A write that adds these keys was sent. */
  written(server: ModelServer, request: SentRequest, keys: readonly string[]): void;
  /** The server has carried it out. */
  applied(request: number): void;
  /** A list was delivered. */
  looked(server: ModelServer, look: Look): void;
  /** A claim was stored. */
  made(claim: Claim): void;
  /** The person was told that something is missing on that server. */
  lossTold(server: ModelServer): void;
  /** The person has started an import of this key. */
  asked(server: ModelServer, apiKey: string): void;
  /** The person takes it back: what was said of it before holds no more. */
  takingBack(server: ModelServer, apiKey: string): void;
  /** The import ended in a dialog, as if nothing had been written. */
  leftToDialog(server: ModelServer, apiKey: string): void;
  /** At the end, with everything at rest. `isWhole`: no worker was ended. `canStore`: the storage never was full. */
  judge(run: { isWhole: boolean; canStore: boolean }): void;
}

/** How long a key that we wrote is ours to watch over. */
const WATCH_MS = 30_000;

export function createClaims({
  clock,
  findings,
}: {
  clock: VirtualClock;
  findings: Findings;
}): Claims {
  /** By server and key: what is said last, and when a write with the key went out. */
  const standing = new Map<string, Standing>();
  const writes = new Map<string, Sent[]>();
  const writesOf = (server: ModelServer, apiKey: string) => writes.get(idOf(server, apiKey)) ?? [];
  const looks = new Map<ModelServer, Look[]>();
  const imports = new Map<string, { apiKey: string; asks: number; isInDialog?: boolean }>();
  const idOf = (server: ModelServer, apiKey: string) => `${server.managementBaseUrl} ${apiKey}`;

  function judgeThere(
    claim: Standing,
    { isWhole, canStore }: { isWhole: boolean; canStore: boolean },
  ) {
    const { server, apiKey, look, words } = claim;
    if (timesIn(server.lists()[OPENAI], apiKey) > 0) return;
    const cause = vanished(server, apiKey, look);
    if (claim.missed && isWhole && canStore && cause === 'race') {
      const isInDialog = imports.values().some((each) => each.isInDialog);
      const end = isInDialog ? ', and an import ended in a dialog' : '';
      findings.violate('unsaid-loss', `${words}; #${claim.missed.number} did not show it${end}`);
    }
    if (cause === undefined)
      findings.violate('untrue-success', `${words}; it never was in service`);
    else if (cause === 'ours' && canStore)
      findings.violate('key-lost', `${words}; a write of ours took it out`);
    else findings.count(`a reported key was lost: ${cause}`);
  }

  function judgeGone({ server, apiKey, look, words }: Standing) {
    if (timesIn(server.lists()[OPENAI], apiKey) === 0) return;
    const cause = appeared(server, apiKey, look);
    if (cause === 'foreign') findings.count('a key that was taken back came again: foreign');
    else if (cause === 'ours' || !cause) findings.violate('untrue-undo', `${apiKey} ${words}`);
    else findings.count(`a key that was taken back came again: ${cause}`);
  }

  function judgeNotWritten({ server, apiKey, from, at, life, words }: Standing) {
    const sent = writesOf(server, apiKey).find(
      (each) => each.isApplied && each.at >= from && each.at <= at,
    );
    if (!sent || timesIn(server.lists()[OPENAI], apiKey) === 0) return;
    const who = sent.life === life ? '' : ', taken up by a later worker';
    findings.violate('untrue-failure', `${words}; the key is there${who}`);
  }

  return {
    takingBack(server, apiKey) {
      const claim = standing.get(idOf(server, apiKey));
      if (claim) claim.says = 'open';
    },

    leftToDialog(server, apiKey) {
      const begun = imports.get(idOf(server, apiKey));
      if (begun) begun.isInDialog = true;
    },

    asked(server, apiKey) {
      const { asks = 0 } = imports.get(idOf(server, apiKey)) ?? {};
      imports.set(idOf(server, apiKey), { apiKey, asks: asks + 1 });
    },

    written(server, { number: request, life }, keys) {
      for (const apiKey of keys) {
        const sent = { request, life, at: clock.now(), isApplied: false };
        writes.set(idOf(server, apiKey), [...writesOf(server, apiKey), sent]);
      }
    },

    applied(request) {
      for (const sent of [...writes.values()].flat()) {
        if (sent.request === request) sent.isApplied = true;
      }
    },

    looked(server, look) {
      looks.set(server, [...(looks.get(server) ?? []), look]);
      for (const claim of standing.values()) {
        if (claim.server !== server || claim.says !== 'there') continue;
        const last = writesOf(server, claim.apiKey).at(-1);
        if (!last || look.at > last.at + WATCH_MS) continue;
        const isMissing = timesIn(look.entries, claim.apiKey) === 0;
        claim.missed = isMissing ? (claim.missed ?? look) : undefined;
      }
    },

    lossTold(server) {
      for (const claim of standing.values()) if (claim.server === server) claim.missed = undefined;
    },

    made(claim) {
      const { server, apiKey, says, from, words } = claim;
      const own = (looks.get(server) ?? []).filter(({ at }) => at >= from);
      const isShown = ({ entries }: Look) => timesIn(entries, apiKey) > 0 === (says !== 'gone');
      const look = own.findLast(isShown);
      if (says === 'there' && !look) {
        findings.violate('untrue-success', `${words}; no read has shown it`);
      }
      if (says === 'gone' && !look) {
        findings.violate('untrue-undo', `${apiKey} ${words}; every read has shown it`);
      }
      findings.count(`receipt: ${words}`);
      const id = idOf(server, apiKey);
      const before = standing.get(id);
      // Another import of the same key has told its end meanwhile: what it wrote is its own.
      if (says === 'nothing-written' && before && before.madeAt >= from) return;
      standing.set(id, { ...claim, look, madeAt: clock.now() });
    },

    judge({ isWhole, canStore }) {
      for (const claim of standing.values()) {
        if (claim.says === 'there') judgeThere(claim, { isWhole, canStore });
        if (claim.says === 'gone' && canStore) judgeGone(claim);
        if (claim.says === 'nothing-written') judgeNotWritten(claim);
      }
      for (const [id, { apiKey, asks, isInDialog }] of imports) {
        const isWritten = writes.get(id)?.some(({ isApplied }) => isApplied);
        if (canStore && !standing.has(id) && isWritten) {
          const unknown =
            asks > 1 ? 'nobody knows, although it was asked for again' : 'nobody knows';
          const end = isInDialog ? 'a dialog asks as if nothing were written' : unknown;
          findings.violate('no-receipt', `${apiKey} was written, and ${end}`);
        }
      }
    },
  };
}

/** What took a key out of service after a look had shown it; nothing if it was not in service since. */
function vanished(server: ModelServer, apiKey: string, look: Look | undefined): Cause | undefined {
  const holds = (entries: Entries) => timesIn(entries, apiKey) > 0;
  const from = server.changes.findLastIndex(({ lists }) => lists === look?.served);
  const since = server.changes.slice(Math.max(0, from));
  const last = since.findLastIndex(({ lists }) => holds(lists[OPENAI]));
  return last < 0 ? undefined : since[last + 1]?.cause;
}

/** What brought a key into service after a look had not shown it. */
function appeared(server: ModelServer, apiKey: string, look: Look | undefined): Cause | undefined {
  const from = server.changes.findLastIndex(({ lists }) => lists === look?.served);
  const since = server.changes.slice(from + 1);
  return since.findLast(({ lists }, at) => {
    const before = since[at - 1]?.lists ?? look?.served;
    return timesIn(lists[OPENAI], apiKey) > 0 && timesIn(before?.[OPENAI] ?? [], apiKey) === 0;
  })?.cause;
}
