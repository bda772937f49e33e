import { type Cliproxyapi, createCliproxyapi } from '../stand-ins/cliproxyapi/cliproxyapi.ts';
import { createVirtualClock, type VirtualClock } from '../stand-ins/clock.ts';
import { type Compared, compareLines, differencesOf, looseLines } from './cliproxyapi-compare.ts';
import type { Ask, Scenario } from './cliproxyapi-recording.ts';
import { createFakeRelay, type FakeRelay } from './cliproxyapi-relay.ts';

/** What stands in the recording for what was different at each run. */
const FILLED: Record<string, string> = {
  PORT: '8317',
  UPSTREAM_PORT: '18001',
  DEAD_PORT: '18002',
  DIR: '/srv/cliproxyapi',
  SECRET: 'mgmt-secret-1',
  CLIENT_KEY: 'client-key-1',
};

const DEFAULT_SETTLE_MS = 500;
/** How long the recorder waited after an edit by hand, on top of the usual. */
const EDIT_SETTLE_MS = 700;

interface Run {
  cliproxyapi: Cliproxyapi;
  relay: FakeRelay;
  clock: VirtualClock;
  settleMs: number;
  /** The bodies of earlier answers, by step. */
  bodies: unknown[];
}

/** Plays `scenario` with the stand-in of `version`; says where it answers otherwise, one difference a line. */
export async function replay(scenario: Scenario, version: string): Promise<string[]> {
  const { id, config, env = {}, settleMs = DEFAULT_SETTLE_MS, steps, after } = fill(scenario);
  const clock = createVirtualClock();
  const relay = createFakeRelay(`127.0.0.1:${FILLED.UPSTREAM_PORT}`);
  const cliproxyapi = createCliproxyapi({ version, config, env, clock, fetch: relay.fetch });
  const run: Run = { cliproxyapi, relay, clock, settleMs, bodies: [] };
  const words = new Map<string, string>();
  const differences: string[] = [];
  for (const [at, { ask, answer }] of steps.entries()) {
    const actual = await play(ask, run);
    const found = answer ? differencesOf(answer, actual, words) : [];
    const step = `${id}, step ${at} ${ask.method ?? ''} ${ask.path ?? ask.file ?? ''}`;
    differences.push(...found.map((difference) => `${step}: ${difference}`));
  }
  const atEnd = after ? compareLines(after, looseLines(cliproxyapi.configText())) : [];
  return [...differences, ...atEnd.map((difference) => `${id}, config.yaml: ${difference}`)];
}

async function play(ask: Ask, run: Run): Promise<Compared> {
  await run.clock.advance(ask.waitMs ?? 0);
  if (ask.file)
    return remember(run, undefined, { lines: looseLines(run.cliproxyapi.configText()) });
  if (ask.writeFile) {
    run.cliproxyapi.editConfig(ask.content ?? '');
    await run.clock.advance(run.settleMs + EDIT_SETTLE_MS);
    return remember(run, undefined, {});
  }
  if (ask.target === 'upstream') {
    const body = structuredClone(run.relay.log);
    return remember(run, body, {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body,
    });
  }
  return send(ask, run);
}

async function send(ask: Ask, run: Run): Promise<Compared> {
  const { method = 'GET', path = '/', headers = {} } = ask;
  const answer = await run.cliproxyapi.handle({ method, path, headers, body: bodyText(ask, run) });
  const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(method) && answer.status < 300;
  if (isWrite && !ask.noSettle) await run.clock.advance(run.settleMs);
  const body = parsed(answer.body);
  const recorded = { status: answer.status, headers: recordedHeaders(answer.headers) };
  if (answer.headers['content-type']?.startsWith('application/yaml')) {
    return remember(run, body, { ...recorded, lines: looseLines(answer.body) });
  }
  return remember(run, body, { ...recorded, body: shortened(sortedModels(body), ask) });
}

function remember(run: Run, body: unknown, compared: Compared): Compared {
  run.bodies.push(body);
  return compared;
}

function bodyText({ body }: Ask, run: Run): string | undefined {
  if (body === undefined) return undefined;
  const special = (body ?? {}) as {
    $raw?: string;
    $fromStep?: number;
    path?: string;
    wrap?: string;
  };
  if (special.$raw !== undefined) return special.$raw;
  if (special.$fromStep === undefined) return JSON.stringify(body);
  const earlier = run.bodies[special.$fromStep];
  const value = special.path ? (earlier as Record<string, unknown>)[special.path] : earlier;
  if (typeof value === 'string') return value;
  return JSON.stringify(special.wrap ? { [special.wrap]: value } : value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const RECORDED_HEADERS =
  /^(content-type|location|retry-after|cache-control|content-disposition|vary|allow|www-authenticate|x-content-type-options|x-cpa-.*|access-control-.*)$/;

function recordedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const names = Object.keys(headers).filter((name) => RECORDED_HEADERS.test(name));
  return Object.fromEntries(names.sort().map((name) => [name, headers[name] ?? '']));
}

/** The server lists models in random order; they were recorded sorted. */
function sortedModels(body: unknown): unknown {
  const { data } = (body ?? {}) as { data?: { id: string }[] };
  if (!Array.isArray(data)) return body;
  return { ...(body as object), data: data.toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
}

/** `body` as the recorder shortened it. */
function shortened(body: unknown, { summarize, trim }: Ask): unknown {
  let result = body;
  for (const [name, length] of Object.entries(trim ?? {})) {
    const list = (result as Record<string, unknown[]>)[name] ?? [];
    result = {
      ...(result as object),
      [name]: list.slice(0, length),
      [`${name}#count`]: list.length,
    };
  }
  return summarize ? summary(result) : result;
}

function summary(value: unknown): unknown {
  if (Array.isArray(value)) {
    if (value.length <= 8) return value.map(summary);
    return { '#array': value.length, first: summary(value[0]), last: summary(value.at(-1)) };
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, summary(item)]));
}

function fill<Value>(value: Value): Value {
  const text = JSON.stringify(value).replaceAll(
    /\{\{(\w+)\}\}/g,
    (placeholder, name: string) => FILLED[name] ?? placeholder,
  );
  return JSON.parse(text) as Value;
}
