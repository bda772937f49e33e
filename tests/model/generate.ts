import { type Generation, V65, V71, V72 } from './generations.ts';
import { LEFT_OUT } from './known.ts';
import { type Random, randomFrom } from './random.ts';
import type {
  Action,
  Beside,
  Death,
  Edit,
  Fault,
  KeySetup,
  RelaySetup,
  Schedule,
  ServerSetup,
  Step,
  Trouble,
} from './schedule.ts';
import { RELAYS, relayName, relayUrl, startingLists } from './starting-lists.ts';

/** The schedule of a seed: always the same. */
export function scheduleOf(seed: number): Schedule {
  const random = randomFrom(seed);
  const servers = Array.from(
    {
      length: random.weighted([
        [85, 1],
        [15, 2],
      ]),
    },
    () => serverSetup(random),
  );
  const length = random.weighted([
    [80, random.int(1, 4)],
    [12, random.int(5, 12)],
    [0.15, 150],
  ]);
  const keys = Array.from({ length }, (_, at) => keySetup(at, random));
  const steps = stepsOf(keys.length, servers.length, random);
  // Some runs are left in peace: they show that nothing gets lost then.
  const hasUndo = steps.some(({ action }) => action.kind === 'undo');
  const mayDie = !(hasUndo && LEFT_OUT.deathsBesideUndo);
  const troubles = random.weighted([
    [15, 0],
    [30, 1],
    [25, 2],
    [20, 3],
    [10, 5],
  ]);
  const lastRequest = 4 + steps.length * 8;
  return {
    seed,
    servers,
    relays: Array.from({ length: RELAYS }, (_, at) => relaySetup(at, random)),
    keys,
    steps,
    troubles: Array.from({ length: troubles }, () => troubleOf(lastRequest, random)),
    deaths: mayDie && random.chance(0.3) ? deathsOf(random) : [],
    fullAt: random.chance(0.06)
      ? [
          {
            save: random.int(1, 30),
            times: random.weighted([
              [60, 1],
              [40, 40],
            ]),
          },
        ]
      : [],
    restartMs: random.pick([10, 100, 400, 2000, 60_000]),
    someoneLooks: random.chance(0.5),
  };
}

function serverSetup(random: Random): ServerSetup {
  const generation: Generation = random.weighted([
    [50, V72],
    [30, V71],
    [20, V65],
  ]);
  return {
    generation,
    start: startingLists(random, generation),
    clientKeys: random.chance(0.8) ? ['client-key'] : [],
    // With MANAGEMENT_PASSWORD, with bcrypt, and with bcrypt on a busy machine (FACTS section 8).
    latencyMs: random.weighted([
      [60, [1, 4]],
      [30, [30, 45]],
      [10, [35, 200]],
    ]),
  };
}

const relaySetup = (at: number, random: Random): RelaySetup => ({
  answers: random.weighted([
    [75, 'everybody'],
    [15, 'servers'],
    [10, 'nobody'],
  ]),
  models: random.weighted([
    [50, [`relay-model-${at}`]],
    [45, [`relay-model-${at}`, 'shared']],
    [5, []],
  ]),
});

function keySetup(at: number, random: Random): KeySetup {
  // Few relays, so that keys meet in one provider.
  const relay = random.int(0, RELAYS - 1) % random.pick([1, 2, RELAYS]);
  return {
    relay,
    name: random.chance(0.7) ? relayName(relay) : `Key ${at}`,
    baseUrl: relayUrl(relay, random),
    apiKey: `sk-ours-${at}-0123456789`,
  };
}

function stepsOf(keys: number, servers: number, random: Random): Step[] {
  const length = random.weighted([
    [35, 1],
    [30, 2],
    [20, 3],
    [10, 4],
    [5, 5],
  ]);
  return Array.from({ length }, () => {
    const action = actionOf(keys, servers, random);
    if (action.kind === 'undo' && LEFT_OUT.importsAfterUndo) {
      // Until the undo is not watched over any more.
      return { action, next: 'at-end', rest: 35_000 };
    }
    const isQuick = action.kind === 'import' && random.chance(0.3);
    return { action, next: isQuick ? random.pick([0, 20, 350, 900, 2500]) : 'at-end' };
  });
}

function actionOf(keys: number, servers: number, random: Random): Action {
  const server = random.int(0, servers - 1);
  const some = (count: number) =>
    Array.from({ length: count }, (_, at) => at).filter(() => random.chance(0.6));
  const answers = random.chance(0.7);
  const one: Action = {
    kind: 'import',
    keys: [random.int(0, keys - 1)],
    servers: [server],
    answers,
  };
  const several = [some(keys), some(servers)] as const;
  const many: Action = {
    kind: 'import',
    keys: several[0].length > 0 ? several[0] : [0],
    servers: several[1].length > 0 ? several[1] : [server],
    answers,
  };
  return random.weighted<Action>([
    [45, one],
    [20, many],
    [18, { kind: 'undo', server, resolve: random.pick(['ask', 'ask', 'theirs']) }],
    [8, { kind: 'look', server }],
    [5, { kind: 'enter-key', server }],
    [4, { kind: 'pause' }],
  ]);
}

function troubleOf(lastRequest: number, random: Random): Trouble {
  const what = random.chance(0.5) ? faultOf(random) : besideOf(random);
  const on = random.chance(0.45) ? 'write' : 'request';
  return { on, nth: random.int(1, on === 'write' ? 4 : lastRequest), ...what };
}

function faultOf(random: Random): Fault {
  const applied = random.chance(0.5);
  return random.weighted<Fault>([
    [10, { do: 'refuse' }],
    [20, { do: 'lose-answer' }],
    // Up to 1.4 s was seen (`contract/WRITING.md` section 7).
    [15, { do: 'apply-late', ms: random.int(5, 1400) }],
    [10, { do: 'error-500', applied }],
    [10, { do: 'hang', applied: random.pick(['no', 'yes', 'late']), lateMs: random.int(1, 1400) }],
    [5, { do: 'hang-body' }],
    [10, { do: 'cut-json' }],
    [10, { do: 'html', applied }],
    [10, { do: 'empty-object', applied }],
  ]);
}

const EDITS: readonly (readonly [number, Edit])[] = [
  [15, 'add-provider'],
  [10, 'remove-provider'],
  [10, 'rename'],
  [5, 'move'],
  [8, 'switch'],
  [15, 'set-field'],
  [15, 'add-key'],
  [10, 'remove-key'],
  [8, 'remove-our-key'],
  [5, 'add-our-key'],
  [5, 'other-url'],
  [8, 'reorder'],
  [8, 'stale'],
];

function besideOf(random: Random): Beside {
  const afterMs = random.weighted([
    [50, 0],
    [25, random.int(1, 60)],
    [25, random.int(61, 2500)],
  ]);
  const by = random.chance(0.7) ? 'client' : 'hand';
  return random.weighted<Beside>([
    [5, { do: 'change-key', afterMs }],
    [4, { do: 'ban', afterMs }],
    [10, { do: 'restart', afterMs, downMs: random.pick([50, 800, 4000]) }],
    [22, { do: 'tear', afterMs, keep: random.pick([0, 0, 1, 3]), forMs: tornFor(random) }],
    [60, { do: 'edit', afterMs, by, edit: random.weighted(EDITS), dice: random.int(0, 9999) }],
  ]);
}

const tornFor = (random: Random): number => random.pick([5, 60, 400, 1500]);

const deathsOf = (random: Random): (Death | undefined)[] =>
  Array.from(
    {
      length: random.weighted([
        [75, 1],
        [25, 2],
      ]),
    },
    () => {
      const at = random.weighted<Death['at']>([
        [50, 'save'],
        [30, 'request'],
        [20, 'any'],
      ]);
      const last = { save: 12, request: 12, any: 90 }[at];
      return { at, nth: random.int(1, last), before: random.chance(0.5) };
    },
  );
