import type { VirtualClock } from '../stand-ins/clock.ts';
import type { Findings } from './findings.ts';
import type { Ledger } from './ledger.ts';
import type { Life } from './life.ts';
import type { ModelReply, ModelServer } from './model-server.ts';
import type { Random } from './random.ts';
import type { Beside, Fault, RelaySetup, Schedule, ServerSetup, Trouble } from './schedule.ts';
import { createTeller } from './trace.ts';
import type { VirtualSignal } from './virtual-timeouts.ts';
import type { SentRequest } from './watched.ts';

export interface NetworkParts {
  clock: VirtualClock;
  random: Random;
  findings: Findings;
  ledger: Ledger;
  servers: readonly ModelServer[];
  schedule: Schedule;
  /** Every worker that there was, by number. */
  lives: readonly Life[];
  /** Carries out what happens beside a request. */
  happen(trouble: Beside, server: ModelServer): void;
}

/** What arrives of an answer: `endless` has a head and a body that never ends. */
interface Arrived extends Pick<ModelReply, 'status' | 'text' | 'list'> {
  contentType?: string;
  isEndless?: boolean;
}

const failed = () => new TypeError('Failed to fetch');

/** The network between a worker and the model's servers and relays, with the troubles of a schedule. */
export function createNetwork(parts: NetworkParts) {
  const { clock, servers, schedule } = parts;
  const troubles = Map.groupBy(schedule.troubles, ({ on, nth }) => `${on} ${nth}`);
  const counts = { request: 0, write: 0 };
  const teller = createTeller();

  /** The troubles of the request that is just being sent. */
  function troublesOf({ number, method, path }: SentRequest): readonly Trouble[] {
    const own = troubles.get(`request ${number}`) ?? [];
    if (method === 'GET' || path === 'api-call') return own;
    counts.write += 1;
    return [...own, ...(troubles.get(`write ${counts.write}`) ?? [])];
  }

  /** A request of the worker that has this number. */
  function fetchAs(life: number) {
    return async (url: string, init: RequestInit): Promise<Response> => {
      const server = servers.find(({ managementBaseUrl }) =>
        url.startsWith(rootOf(managementBaseUrl)),
      );
      const signal = init.signal as unknown as VirtualSignal;
      if (!server) return responseOf(await askRelay(url, schedule.relays, clock), signal);
      const path = pathOf(url);
      if (path === '') return probe(server);
      const headers = init.headers as Record<string, string>;
      counts.request += 1;
      const request: SentRequest = {
        number: counts.request,
        life,
        method: init.method ?? 'GET',
        path,
        key: headers['X-Management-Key'],
        body: (init.body as string | undefined) ?? '',
        sentAt: clock.now(),
      };
      return exchange(request, server, signal);
    };
  }

  async function probe(server: ModelServer): Promise<Response> {
    if (server.isDown()) throw failed();
    return responseOf({ status: 200, text: '' });
  }

  const describe = ({ path }: SentRequest, server: ModelServer, arrived: Arrived) =>
    teller.answer(path, arrived, portOf(server));

  async function exchange(
    request: SentRequest,
    server: ModelServer,
    signal: VirtualSignal,
  ): Promise<Response> {
    const { ledger, findings } = parts;
    const own = troublesOf(request);
    findings.trace(
      () => `#${request.number} -> ${portOf(server)} ${teller.request(request, portOf(server))}`,
    );
    ledger.sent(server, request);
    for (const trouble of own) {
      if (!('afterMs' in trouble)) continue;
      clock.setTimeout(() => parts.happen(trouble, server), trouble.afterMs);
    }
    const fault = own.find((trouble): trouble is Trouble & Fault => !('afterMs' in trouble));
    if (fault) {
      ledger.unsettle(server);
      findings.count(`trouble: ${fault.do}`);
    }
    try {
      const arrived = await withinTime(signal, travel(request, server, { fault, signal }));
      const reply = arrived.isEndless ? undefined : arrived;
      ledger.answered(server, request, {
        reply,
        isHeard: parts.lives[request.life]?.isOver() === false,
      });
      findings.trace(
        () =>
          `#${request.number} <- ${describe(request, server, arrived)}${fault ? ` (${fault.do})` : ''}`,
      );
      return responseOf(arrived, signal);
    } catch (thrown) {
      ledger.answered(server, request, { reply: undefined, isHeard: true });
      findings.trace(() => `#${request.number} <- nothing (${fault?.do ?? 'no connection'})`);
      throw thrown;
    }
  }

  async function travel(
    request: SentRequest,
    server: ModelServer,
    { fault, signal }: { fault: Fault | undefined; signal: VirtualSignal },
  ): Promise<Arrived> {
    const setup = schedule.servers[servers.indexOf(server)] as ServerSetup;
    const latency = () => clock.sleep(parts.random.int(...setup.latencyMs));
    const carryOut = () => carriedOut(request, server);
    await latency();
    if (fault?.do === 'refuse') throw failed();
    if (fault?.do === 'apply-late') {
      clock.setTimeout(carryOut, fault.ms);
      throw failed();
    }
    if (fault?.do === 'hang') {
      if (fault.applied === 'yes') carryOut();
      if (fault.applied === 'late') {
        void givenUp(request, signal).then(() => clock.setTimeout(carryOut, fault.lateMs));
      }
      return new Promise(() => {});
    }
    if (fault && 'applied' in fault && !fault.applied) {
      await latency();
      return misanswer(fault, '');
    }
    const reply = carryOut();
    if (!reply) throw failed();
    await latency();
    if (fault?.do === 'lose-answer' || reply.status === 0) throw failed();
    return fault ? misanswer(fault, reply.text) : reply;
  }

  /** When the client lets a request go: its time is over, or the worker is, and its connection with it. */
  const givenUp = ({ life }: SentRequest, signal: VirtualSignal) =>
    Promise.race([parts.lives[life]?.over, new Promise((resolve) => signal.onExpired(resolve))]);

  /** Nothing where nobody answers. */
  function carriedOut(request: SentRequest, server: ModelServer): ModelReply | undefined {
    if (server.isDown()) return undefined;
    request.served = server.lists();
    const relayed = upstreamOf(request, schedule.relays);
    const reply = server.answer(request);
    if (reply?.applied) parts.ledger.applied(server, request, reply.applied);
    return relayed && reply?.status === 400 ? relayed : reply;
  }

  return { fetchAs };
}

/** After the management base URL, else after the root. */
const pathOf = (url: string) => new URL(url).pathname.replace('/v0/management/', '/').slice(1);
const portOf = ({ managementBaseUrl }: ModelServer) => new URL(managementBaseUrl).port;
const rootOf = (managementBaseUrl: string) => managementBaseUrl.replace('/v0/management', '');

function misanswer(fault: Fault, text: string): Arrived {
  if (fault.do === 'error-500') return { status: 500, text: '{"error":"internal"}' };
  if (fault.do === 'html') return { status: 200, text: '<html>Sign in</html>' };
  if (fault.do === 'empty-object') return { status: 200, text: '{}' };
  if (fault.do === 'hang-body') return { status: 200, text, isEndless: true };
  return { status: 200, text: text.slice(0, Math.floor(text.length / 2)) };
}

/** What the server itself gets of a relay, where a request asks it to (`api-call`). */
function upstreamOf(
  { path, body }: SentRequest,
  relays: readonly RelaySetup[],
): ModelReply | undefined {
  if (path !== 'api-call' || body === '{}') return undefined;
  const { url } = JSON.parse(body) as { url: string };
  const relay = relays[relayNumber(url)];
  if (!relay || relay.answers === 'nobody')
    return { status: 502, text: '{"error":"request failed"}' };
  const answer = {
    status_code: 200,
    header: { 'Content-Type': ['application/json'] },
    body: modelsText(relay),
  };
  return { status: 200, text: JSON.stringify(answer) };
}

const relayNumber = (url: string) => Number(/relay-(\d+)/.exec(url)?.[1] ?? -1);
const modelsText = ({ models }: RelaySetup) =>
  JSON.stringify({ data: models.map((id) => ({ id })) });

async function askRelay(
  url: string,
  relays: readonly RelaySetup[],
  clock: VirtualClock,
): Promise<Arrived> {
  await clock.sleep(20);
  const relay = relays[relayNumber(url)];
  if (relay?.answers !== 'everybody') throw failed();
  return { status: 200, text: modelsText(relay), contentType: 'application/json' };
}

/** As much of a `Response` as the edges read. A real one would cost more than all the rest of a run. */
function responseOf(arrived: Arrived, signal?: VirtualSignal): Response {
  const response = {
    status: arrived.status,
    headers: new Map([['Content-Type', arrived.contentType ?? 'application/json']]),
    body: null,
    text: () =>
      arrived.isEndless && signal
        ? withinTime(signal, new Promise<string>(() => {}))
        : Promise.resolve(arrived.text),
  };
  return response as unknown as Response;
}

/** Gives up when the time of a request is over. */
function withinTime<Value>(signal: VirtualSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = signal.onExpired(reject);
    work.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (thrown: unknown) => {
        cancel();
        reject(thrown);
      },
    );
  });
}
