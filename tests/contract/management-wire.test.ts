import { describe, expect, it } from 'vitest';
import { PROVIDER_KINDS, type ProviderKind } from '../../lib/core/changes/provider.ts';
import type { ServerFailure } from '../../lib/core/failures/failure.ts';
import { failureOf } from '../../lib/edges/management-failures.ts';
import {
  parseClientKeys,
  parseOffers,
  parseProviders,
  parseServedModels,
  parseUpstreamReply,
} from '../../lib/edges/management-wire.ts';
import {
  type Ask,
  type RecordedAnswer,
  readScenarios,
  recordedVersions,
} from './cliproxyapi-recording.ts';

const MANAGEMENT = '/v0/management/';
const NOW = 1_790_000_000_000;

interface Answered {
  scenario: string;
  /** Below the management base URL; for the other side the whole path. */
  path: string;
  ask: Ask;
  status: number;
  body: unknown;
}

/** All recorded answers of one version, as far as they are known whole. */
function answersOf(version: string): Answered[] {
  return readScenarios(version).flatMap(({ id, steps }) =>
    steps.flatMap(({ ask, answer }) => (isWhole(ask, answer) ? [answered(id, ask, answer)] : [])),
  );
}

const isWhole = (ask: Ask, answer?: RecordedAnswer): answer is RecordedAnswer =>
  answer?.status !== undefined && ask.target !== 'upstream' && !ask.summarize && !ask.trim;

const answered = (scenario: string, ask: Ask, { status = 0, body }: RecordedAnswer): Answered => ({
  scenario,
  ask,
  path: (ask.path ?? '').replace(MANAGEMENT, ''),
  status,
  body,
});

/** With a time in the place of the one that was different at each run. */
const textOf = (body: unknown) =>
  (typeof body === 'string' ? body : JSON.stringify(body ?? '')).replace(
    '{{BAN_REMAINING}}',
    '29m59s',
  );

const failureIn = ({ ask, path, status, body }: Answered): ServerFailure => {
  const reply = { status, headers: new Headers(), text: textOf(body) };
  return failureOf(reply, { method: ask.method ?? 'GET', path }, NOW);
};

describe.each(recordedVersions())('what CLIProxyAPI %s answered', (version) => {
  const answers = answersOf(version);
  const read = (path: string) =>
    answers.filter((a) => a.path === path && a.status === 200 && (a.ask.method ?? 'GET') === 'GET');
  const refused = answers.filter(
    ({ ask, status }) => (ask.path ?? '').startsWith(MANAGEMENT) && status >= 400,
  );

  it.each(PROVIDER_KINDS)(
    'to GET %s is understood, with nothing lost or added',
    (kind: ProviderKind) => {
      const lists = read(kind);
      expect(lists).not.toEqual([]);
      const understood = lists.map(({ scenario, body }) => [scenario, parseProviders(kind, body)]);
      expect(understood).toEqual(
        lists.map(({ scenario, body }) => {
          const entries = (body as Record<string, unknown>)[kind];
          return [
            scenario,
            { ok: true, value: { entries: entries ?? [], wasNull: entries === null } },
          ];
        }),
      );
    },
  );

  it.each([
    ['api-keys', parseClientKeys],
    ['config', parseOffers],
    ['/v1/models', parseServedModels],
  ] as const)('to GET %s is understood', (path, parse) => {
    const bodies = read(path).filter(({ ask }) => !isForAnthropic(ask));
    expect(bodies).not.toEqual([]);
    const odd = bodies.filter(({ body }) => !parse(body).ok);
    expect(odd.map(({ scenario }) => scenario)).toEqual([]);
  });

  it('about a relay that it asked for us is understood', () => {
    for (const { body } of answers.filter((a) => a.path === 'api-call' && a.status === 200)) {
      expect(parseUpstreamReply(body)).toMatchObject({ ok: true });
    }
  });

  it('to a request that it refused has its own failure', () => {
    expect(refused.length).toBeGreaterThan(50);
    const odd = refused.filter((answer) => failureIn(answer).code === 'server/unexpected-reply');
    expect(odd.map(({ scenario }) => scenario)).toEqual([]);
  });

  it.each<[string, Partial<ServerFailure>]>([
    ['missing management key', { code: 'server/wrong-management-key' }],
    ['invalid management key', { code: 'server/wrong-management-key' }],
    ['remote management disabled', { code: 'server/remote-management-off' }],
    ['remote management key not set', { code: 'server/management-key-unset' }],
    ['item not found', { code: 'server/item-gone' }],
    ['invalid body', { code: 'server/refused-write', said: 'invalid body' }],
  ])('with “%s” is told as that, wherever it was said', (said, failure) => {
    const found = refused.filter(({ body }) => (body as { error?: string } | null)?.error === said);
    expect(found.map(failureIn)).toEqual(found.map(() => expect.objectContaining(failure)));
    expect(found.length > 0 || !SAID_BY_ALL.has(said)).toBe(true);
  });

  it('about a ban tells its end', () => {
    const bans = refused.filter(({ body }) => /banned/.test(textOf(body)));
    const until = NOW + (29 * 60 + 59) * 1000;
    expect(bans.map(failureIn)).toEqual(bans.map(() => ({ code: 'server/banned', until })));
    expect(bans.length > 0).toBe(!WITHOUT_BANS.has(version));
  });

  it('where management is off is told as that', () => {
    const off = refused.filter(
      ({ scenario, path }) => scenario === 'auth-disabled' && path === 'debug',
    );
    expect(off).not.toEqual([]);
    expect(off.map(failureIn)).toEqual(off.map(() => ({ code: 'server/management-off' })));
  });
});

/** The others ban who knocks too often with a wrong key. */
const WITHOUT_BANS: ReadonlySet<string> = new Set([
  '6.4.1',
  '6.5.65',
  '6.6.109',
  '6.7.53',
  '6.8.55',
]);

/** Sentences that every recorded version was made to say. */
const SAID_BY_ALL: ReadonlySet<string> = new Set([
  'missing management key',
  'invalid management key',
  'item not found',
  'invalid body',
]);

/** Then ids are disguised, so Keyferry never asks like that. */
const isForAnthropic = ({ headers = {} }: Ask) =>
  Object.keys(headers).some((name) => /^(anthropic-version|user-agent)$/i.test(name));
