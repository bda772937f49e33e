import type { Handler } from '../server.ts';
import { callRelay, type RelayRequest } from './relay.ts';
import { notTranslated, type Rotation } from './rotation.ts';

/** POST /v1/chat/completions. A stream is answered in one piece. Recorded in all versions, scenarios e2e-*. */
export function createChat(rotation: Rotation): Handler {
  return async ({ body }, server) => {
    const request = JSON.parse(body) as RelayRequest;
    const asksForUsage = request.stream && server.features.has('stream-usage');
    const usage = asksForUsage && { stream_options: { include_usage: true } };
    return rotation(request.model, server, async (route, model) =>
      route.channel === 'openai-compatibility'
        ? callRelay(route, { ...request, ...model, ...usage }, server)
        : notTranslated('a chat', route.channel),
    );
  };
}
