import type { Violation } from './findings.ts';
import { credentialsIn, type Entries, keysOf } from './lists.ts';
import { plannedBy } from './planned-by.ts';
import type { Look, SentRequest } from './watched.ts';
import { type Asked, objectionsTo } from './write-rules.ts';

interface Known {
  /** The last looks at the list that is written. */
  looks: readonly Look[];
  isPartial: boolean;
  asked: Asked;
}

export interface JudgedPlan {
  violations: Violation[];
  /** Keys that it adds. */
  added: readonly string[];
  /** It takes entries or keys out, so it has to wait until the server is at rest. */
  isShrinking: boolean;
}

/** What is wrong with a write, as far as it and the looks before it tell. */
export function judgePlan(request: SentRequest, { looks, isPartial, asked }: Known): JudgedPlan {
  const look = looks.at(-1);
  if (!look) {
    const violation: Violation = { rule: 'stale-list', words: 'it was never read' };
    return { added: [], isShrinking: false, violations: [violation] };
  }
  const plan = plannedBy(request, look.entries, isPartial);
  const entries = 'entries' in plan ? plan.entries : look.entries;
  const [was, is] = [keysOf(look.entries), keysOf(entries)];
  const held = new Set(was);
  const added = is.filter((key) => !held.has(key));
  const left = new Set(is);
  const isShrinking = entries.length < look.entries.length || was.some((key) => !left.has(key));
  const violations: Violation[] = [
    ...judgeEmpty(entries, asked),
    ...(isShrinking ? judgeRest(look) : []),
    ...judgeIntent(request, { looks, isPartial, asked }),
  ];
  return { violations, added, isShrinking };
}

const judgeEmpty = (entries: Entries, { remove }: Asked): Violation[] =>
  entries.length === 0 && remove.size === 0
    ? [{ rule: 'empty-list', words: 'although nothing is to be taken out' }]
    : [];

/** Every key that can show that it is loaded does, on servers that show it at all. */
function judgeRest({ entries, loaded }: Look): Violation[] {
  if (!loaded || [...credentialsIn(entries)].every((id) => loaded.has(id))) return [];
  return [{ rule: 'early-shrink', words: 'some keys were not loaded yet' }];
}

function judgeIntent(request: SentRequest, { looks, isPartial, asked }: Known): Violation[] {
  const objectionsOn = ({ entries }: Look) => {
    const plan = plannedBy(request, entries, isPartial);
    return 'objection' in plan ? [plan.objection] : objectionsTo(plan.entries, entries, asked);
  };
  const last = looks.at(-1) as Look;
  const objections = objectionsOn(last);
  if (objections.length === 0) return [];
  const meant = looks.findLast((look) => objectionsOn(look).length === 0);
  if (!meant) return objections.map((words) => ({ rule: 'intent', words }));
  const words = `it was planned on #${meant.number}, and #${last.number} was read since`;
  return [{ rule: 'stale-list', words }];
}
