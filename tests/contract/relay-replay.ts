import { createRelay, type Relay } from '../stand-ins/relay/create-relay.ts';
import type { Reply } from '../stand-ins/relay/http.ts';
import { addUser, getUser, type User } from '../stand-ins/relay/new-api/state.ts';
import { createVocabulary, withRecordedTimes } from './recorded-words.ts';
import type { Answer, Exchange } from './relay-recording.ts';

/**
 * Asks a stand-in what was asked of the real New API, at the same times and in the same order. The
 * answers come in the words of the recording: see `README.md` for what that changes.
 */
export async function replayNewApi(exchanges: readonly Exchange[]): Promise<Answer[]> {
  // The recorded program had been started a few seconds before the first request.
  let now = 1_795_217_021_000;
  const relay = createRelay({
    site: 'new-api',
    users: [],
    upstream: 'unreachable',
    now: () => now,
  });
  const vocabulary = createVocabulary();
  const steps = unrecordedSteps(relay, vocabulary.toStandIn);

  const answers: Answer[] = [];
  for (const exchange of exchanges) {
    await steps.get(exchange.name)?.();
    steps.delete(exchange.name);
    now = timeOf(exchange) ?? now;
    const reply = await ask(relay, exchange, vocabulary.toStandIn);
    const recorded = recordedAnswer(exchange);
    vocabulary.learn(exchange, recorded, answerOf(reply));
    answers.push(withRecordedTimes(vocabulary.toRecorded(answerOf(reply)), recorded) as Answer);
  }
  return answers;
}

/**
 * The answer to compare with: all of it but `Transfer-Encoding`, which no client of `fetch` can
 * see.
 */
export function recordedAnswer({ response }: Exchange): Answer {
  const { 'Transfer-Encoding': _, ...headers } = response.headers;
  const id = response.id === undefined ? {} : { 'X-Oneapi-Request-Id': response.id };
  return { status: response.status, headers: { ...headers, ...id }, body: response.body };
}

/** What the recorder did in between without writing it down, by the exchange that came next. */
function unrecordedSteps(relay: Relay<'new-api'>, toStandIn: <T>(value: T) => T) {
  const { state } = relay.switches;
  const changeAlice = (change: Partial<User>) => Object.assign(getUser(state, 'alice'), change);
  const headers = { Authorization: 'Bearer testheader.testpayloadalice2.testsignature' };

  return new Map<string, () => unknown>([
    ['login as a normal user', () => addUser(state, aliceAsRecorded, state.startedAt)],
    [
      'refresh with the cookie: a new access token and a rotated cookie',
      () => changeAlice({ quota: 5_000_000 }),
    ],
    [
      'reveal keys in one call',
      async () => {
        for (const body of bulkTokens) {
          await relay.handle({
            method: 'POST',
            path: '/api/token/',
            headers: toStandIn(headers),
            body,
          });
        }
      },
    ],
    ['self of a banned user (bearer token of an old session)', () => changeAlice({ status: 2 })],
    [
      'global API rate limit reached',
      async () => {
        const { global } = relay.switches.limits;
        for (let asked = 0; asked < global; asked += 1) {
          await relay.handle({ method: 'GET', path: '/api/status' });
        }
      },
    ],
  ]);
}

const aliceAsRecorded = {
  username: 'alice',
  password: 'alicepass',
  display_name: 'Alice',
  aff_code: 'nioI',
};

const bulkTokens = Array.from({ length: 12 }, (_, index) =>
  JSON.stringify({
    name: `bulk-${String(index + 1).padStart(2, '0')}`,
    remain_quota: 500_000,
    expired_time: -1,
    unlimited_quota: true,
  }),
);

function ask(
  relay: Relay<'new-api'>,
  { request }: Exchange,
  toStandIn: <T>(value: T) => T,
): Promise<Reply> {
  const { method, path, headers = {}, body } = toStandIn(request);
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return relay.handle({ method, path, headers, ...(text !== undefined && { body: text }) });
}

function answerOf({ status, headers, body }: Reply): Answer {
  const isJson = headers['Content-Type']?.startsWith('application/json') === true;
  return { status, headers: { ...headers }, body: isJson ? JSON.parse(body) : body };
}

/** A request id begins with the time to the nanosecond, in UTC. */
function timeOf({ response }: Exchange): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})/.exec(response.id ?? '');
  if (!parts) return undefined;
  const [year = 0, month = 0, ...rest] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, ...rest);
}
