import type { ProviderEntry } from '../../lib/core/changes/provider.ts';
import type { JsonObject } from '../../lib/core/json.ts';
import type { Generation } from './generations.ts';
import { LEFT_OUT } from './known.ts';
import { type Lists, OPENAI } from './lists.ts';
import type { Random } from './random.ts';

export const RELAYS = 6;

/** A relay's base URL as people write it. */
export const relayUrl = (relay: number, random: Random): string =>
  `https://relay-${relay}.example${random.pick(['/v1', '/v1', '/v1', '/v1/', ''])}`;

export const relayName = (relay: number): string => `Relay ${relay}`;

/** What a server has to begin with. */
export function startingLists(random: Random, generation: Generation): Lists {
  const length = random.weighted([
    [8, 0],
    [69, random.int(1, 5)],
    [20, random.int(6, 12)],
    [2.6, random.int(13, 50)],
    [0.4, random.int(100, 200)],
  ]);
  const isHuge = random.chance(0.001);
  const providers = Array.from({ length }, (_, at) => provider(at, random, generation));
  const huge = isHuge ? [provider(length, random, generation, 3000)] : [];
  return {
    [OPENAI]: [...providers, ...huge],
    'claude-api-key': keyList('claude', random),
    'gemini-api-key': keyList('gemini', random),
    'codex-api-key': keyList('codex', random),
  };
}

function provider(at: number, random: Random, { showsLoaded }: Generation, keys?: number) {
  const isRelay = random.chance(0.35);
  const relay = random.int(0, RELAYS - 1);
  const count =
    keys ??
    random.weighted([
      [10, 0],
      [60, 1],
      [20, 3],
      [2, 12],
    ]);
  const keyEntries = Array.from({ length: count }, (_, n) => keyEntry(`${at}-${n}`, random));
  const needsName = LEFT_OUT.namelessWithoutKeys && count === 0;
  const entry: ProviderEntry = {
    name: nameAt(at, isRelay ? relay : undefined, random) || (needsName ? `Provider ${at}` : ''),
    ...(random.chance(0.2) && { priority: random.int(1, 9) }),
    ...(showsLoaded && { disabled: random.chance(0.1) }),
    ...(random.chance(0.1) && { prefix: `team-${at}` }),
    'base-url': isRelay ? relayUrl(relay, random) : `https://other-${at}.example/v1`,
    ...(count > 0 && { 'api-key-entries': keyEntries }),
    ...(random.chance(0.85) && { models: models(at, random) }),
    ...(random.chance(0.15) && { headers: { 'X-Team': `team ${at}` } }),
    ...(random.chance(0.25) && { 'field-of-tomorrow': { depth: [at, { deep: true }] } }),
  };
  return entry;
}

/** Most names are as they should be; some are empty, doubled, or differ in their case only. */
function nameAt(at: number, relay: number | undefined, random: Random): string {
  return random.weighted([
    [70, relay === undefined ? `Provider ${at}` : `${relayName(relay)} at ${at}`],
    [8, relayName(random.int(0, RELAYS - 1))],
    [6, relayName(random.int(0, RELAYS - 1)).toUpperCase()],
    [6, 'Twin'],
    [5, ''],
    [3, `Größe ${at} “q” 键`],
    [2, 'codex'],
  ]);
}

const keyEntry = (name: string, random: Random): JsonObject => ({
  'api-key': `sk-start-${name}`,
  ...(random.chance(0.2) && { weight: random.int(1, 9) }),
  ...(random.chance(0.2) && { 'proxy-url': `http://proxy-${name}.example:8080` }),
  ...(random.chance(0.1) && { 'field-of-tomorrow': name }),
});

function models(at: number, random: Random): JsonObject[] {
  const own = { name: `model-${at}`, alias: `model-${at}` };
  const shared = { name: random.chance(0.7) ? 'shared' : `else-${at}`, alias: 'shared' };
  const odd = { name: `odd-${at}`, alias: '', 'field-of-tomorrow': [at] };
  return random.weighted([
    [60, [own]],
    [25, [own, shared]],
    [15, [odd, own]],
  ]);
}

const keyList = (kind: string, random: Random): ProviderEntry[] =>
  Array.from(
    {
      length: random.weighted([
        [70, 0],
        [20, 1],
        [10, 3],
      ]),
    },
    (_, at) => ({
      'api-key': `sk-${kind}-${at}`,
      'base-url': `https://${kind}.example`,
      models: [{ name: `${kind}-${at}`, alias: '' }],
    }),
  );
