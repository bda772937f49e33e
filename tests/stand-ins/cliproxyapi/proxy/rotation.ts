import { type Answer, refusal } from '../messages.ts';
import type { Server } from '../server.ts';
import type { Features } from '../versions.ts';
import { coolingDown, noKeyLeft, proxyError, unknownModel } from './errors.ts';
import { askedModel, relayModel } from './model-ids.ts';
import type { Relayed } from './relay.ts';
import { isRequestFault } from './request-fault.ts';
import type { Route } from './route.ts';
import { routesOf } from './routes.ts';

/** What of a client's request differs from route to route. */
type RelayModel = ReturnType<typeof relayModel>;

type Send = (route: Route, model: RelayModel) => Promise<Relayed | Answer>;

/** Answers a request for the model `name` over one of its routes; an Answer of `send` is not from a relay. */
export type Rotation = (name: string, server: Server, send: Send) => Promise<Answer>;

/** Takes the routes of a model in turn, starting with the first. Scenario e2e-round-robin; the server starts anywhere. */
export function createRotation(): Rotation {
  const turns = new Map<string, number>();
  return async (name, server, send) => {
    const { store, features } = server;
    const served = routesOf(store.served(), features);
    const { id, suffix } = askedModel(name, (one) => served.has(one), features);
    const routes = served.get(id) ?? [];
    if (routes.length === 0) return unknownModel(name, features);
    if (suffix !== '' && id.endsWith(')') && features.has('suffixed-ids-fail')) {
      return proxyError(500, 'auth_not_found: no auth available', features);
    }
    const turn = (turns.get(id) ?? 0) % routes.length;
    turns.set(id, turn + 1);
    const inTurn = [...routes.slice(turn), ...routes.slice(0, turn)];
    return tryRoutes(inTurn, id, server, (route) =>
      send(route, relayModel(route.upstreamModel, suffix, features)),
    );
  };
}

/** Goes on to the next key when a relay refuses one. Recorded v7.1.76, scenario e2e-401-two. */
async function tryRoutes(
  routes: readonly Route[],
  id: string,
  server: Server,
  send: (route: Route) => Promise<Relayed | Answer>,
): Promise<Answer> {
  const { features, health, usage } = server;
  let refused: Answer | undefined;
  for (const route of routes) {
    const keyId = route.credential.id;
    if (health.pauseOf(keyId, id)) continue;
    const relayed = await send(route);
    if (!('outcome' in relayed)) return relayed;
    const isSuccess = relayed.outcome.status >= 200 && relayed.outcome.status < 300;
    usage.count(keyId, isSuccess);
    if (isSuccess) health.noteSuccess(keyId, id);
    if (isSuccess || isRequestFault(relayed.outcome, features)) return relayed.answer;
    health.noteFailure(keyId, id, relayed.outcome);
    refused = relayed.answer;
  }
  return refused ?? nobodyLeft(routes, id, server);
}

function nobodyLeft(routes: readonly Route[], id: string, { features, health }: Server): Answer {
  const pauses = routes.map(({ credential }) => health.pauseOf(credential.id, id));
  const providers = [...new Set(routes.map((route) => providerName(route, features)))];
  if (!pauses.every((pause) => pause?.isQuota)) return noKeyLeft(id, providers, features);
  const leftMs = Math.min(...pauses.map((pause) => pause?.leftMs ?? 0));
  return coolingDown(id, providers, leftMs, features);
}

/** A provider as errors name it. Scenario e2e-403-500. */
function providerName({ channel, credential }: Route, features: Features): string {
  const { provider } = credential;
  const isPrefixed = features.has('provider-identity') && provider !== 'openai-compatibility';
  return channel === 'claude' || !isPrefixed ? provider : `openai-compatible-${provider}`;
}

/** The stand-in does not translate between all kinds of requests. */
export function notTranslated(from: string, to: string): Answer {
  return refusal(501, `the stand-in does not translate ${from} to ${to}`);
}
